#include "wire/aws_query.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>

#include "core/text.h"
#include "handlers/abi/utf8.h"
#include "wire/http.h"
#include "wire/limits.h"

namespace votemu::wire {
namespace {

using core::AwsError;
using core::Json;

AwsError malformed_query(const std::string& message) {
  return AwsError("MalformedQueryString", message);
}

// Parameters by the components of their names.
struct Node {
  std::optional<std::string_view> value;
  std::map<std::string_view, Node> children;

  const Node* child(std::string_view name) const {
    const auto found = children.find(name);
    return found == children.end() ? nullptr : &found->second;
  }
};

Node build_tree(const QueryParameters& parameters) {
  Node root;
  for (const auto& [name, value] : parameters) {
    if (static_cast<std::size_t>(std::ranges::count(name, '.')) >= limits::max_query_depth) {
      throw malformed_query("A parameter's name has too many parts.");
    }
    Node* node = &root;
    for (std::string_view rest = name;;) {
      const auto dot = rest.find('.');
      node = &node->children[rest.substr(0, dot)];
      if (dot == std::string_view::npos) break;
      rest.remove_prefix(dot + 1);
    }
    if (!node->value) node->value = value;
  }
  return root;
}

// A list's elements are numbered from 1; what matters is their order.
std::vector<const Node*> numbered_children(const Node& node) {
  std::map<std::uint64_t, const Node*> by_number;
  for (const auto& [name, child] : node.children) {
    std::uint64_t number = 0;
    const auto result = std::from_chars(name.data(), name.data() + name.size(), number);
    if (result.ec == std::errc() && result.ptr == name.data() + name.size()) {
      by_number.emplace(number, &child);
    }
  }
  std::vector<const Node*> nodes;
  nodes.reserve(by_number.size());
  for (const auto& [number, child] : by_number) nodes.push_back(child);
  return nodes;
}

Json decode_integer(std::string_view text, std::string_view name) {
  std::int64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) {
    throw AwsError("MalformedInput", "The value of " + std::string(name) + " is not an integer.");
  }
  return number;
}

Json decode_boolean(std::string_view text, std::string_view name) {
  if (text == "true") return true;
  if (text == "false") return false;
  throw AwsError("MalformedInput", "The value of " + std::string(name) + " is not a boolean.");
}

// Null when the parameters have nothing for the shape.
Json decode(const Shape& shape, const Node& node, std::string_view name);

Json decode_structure(const Shape& shape, const Node& node) {
  Json structure;
  for (const auto& member : shape.members) {
    const Node* child = node.child(member.wire());
    if (!child) continue;
    Json value = decode(*member.shape, *child, member.name);
    if (!value.is_null()) structure[std::string(member.name)] = std::move(value);
  }
  return structure;
}

Json decode_list(const Shape& shape, const Node& node, std::string_view name) {
  const Node* elements = shape.flattened ? &node : node.child("member");
  Json list;
  // "Tags=" is an empty list.
  if (!elements && !shape.flattened && node.value) return Json::array();
  if (!elements) return list;
  for (const Node* element : numbered_children(*elements)) {
    Json value = decode(*shape.element, *element, name);
    // An entry that only has members we do not know still counts.
    list.push_back(value.is_null() ? Json::object() : std::move(value));
  }
  return list;
}

Json decode_map(const Shape& shape, const Node& node, std::string_view name) {
  const Node* entries = shape.flattened ? &node : node.child("entry");
  Json map;
  if (!entries) return map;
  for (const Node* entry : numbered_children(*entries)) {
    const Node* key = entry->child(shape.key_name);
    if (!key || !key->value) continue;
    const Node* value = entry->child(shape.value_name);
    map[std::string(*key->value)] = value ? decode(*shape.element, *value, name) : Json();
  }
  return map;
}

Json decode(const Shape& shape, const Node& node, std::string_view name) {
  switch (shape.kind) {
    case ShapeKind::structure:
      return decode_structure(shape, node);
    case ShapeKind::list:
      return decode_list(shape, node, name);
    case ShapeKind::map:
      return decode_map(shape, node, name);
    default:
      break;
  }
  if (!node.value) return {};
  if (shape.kind == ShapeKind::integer) return decode_integer(*node.value, name);
  if (shape.kind == ShapeKind::boolean) return decode_boolean(*node.value, name);
  return std::string(*node.value);
}

}  // namespace

QueryParameters parse_form(std::string_view text) {
  QueryParameters parameters;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    if (pair.empty()) continue;
    if (parameters.size() == limits::max_query_parameters) {
      throw malformed_query("The request has too many parameters.");
    }
    const auto equals = pair.find('=');
    const auto value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
    parameters.emplace_back(core::percent_decode(pair.substr(0, equals), true),
                            core::percent_decode(value, true));
    if (!abi::is_utf8(parameters.back().first) || !abi::is_utf8(parameters.back().second)) {
      throw malformed_query("A parameter is not UTF-8.");
    }
  }
  return parameters;
}

std::optional<std::string_view> parameter(const QueryParameters& parameters,
                                          std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &QueryParameters::value_type::first);
  if (found == parameters.end()) return std::nullopt;
  return found->second;
}

const OperationShape& query_operation(const QueryService& service,
                                      const QueryParameters& parameters) {
  const auto action = parameter(parameters, "Action");
  if (!action || action->empty()) {
    throw AwsError("MissingAction", "The request must contain the parameter Action.");
  }
  const auto found = std::ranges::find(service.operations, *action, &OperationShape::name);
  if (found == service.operations.end()) {
    throw AwsError("InvalidAction",
                   "The action " + std::string(*action) + " is not valid for this endpoint.");
  }
  return *found;
}

Json query_request(const OperationShape& operation, const QueryParameters& parameters) {
  Json request = decode_structure(*operation.request, build_tree(parameters));
  return request.is_null() ? Json::object() : request;
}

}  // namespace votemu::wire
