#include "services/dynamodb/expression/bindings.h"

#include <algorithm>

#include "services/dynamodb/expression/errors.h"

namespace votemu::dynamodb::expression {
namespace {

bool is_placeholder(std::string_view text, char mark) {
  return text.size() > 1 && text.front() == mark &&
         std::all_of(text.begin() + 1, text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

template <class Map>
void check_placeholders(const Map* map, const char* member, char mark) {
  if (map == nullptr) return;
  if (map->empty()) throw core::validation_error(std::string(member) + " must not be empty");
  for (const auto& [key, value] : *map) {
    if (is_placeholder(key, mark)) continue;
    throw core::validation_error(std::string(member) +
                                 " contains invalid key: Syntax error; key: \"" + key + "\"");
  }
}

template <class Map>
void check_used(const Map* map, const char* member, const std::vector<std::string_view>& used) {
  if (map == nullptr) return;
  std::string unused;
  for (const auto& [key, value] : *map) {
    if (std::find(used.begin(), used.end(), key) != used.end()) continue;
    unused += (unused.empty() ? "" : ", ") + key;
  }
  if (unused.empty()) return;
  throw core::validation_error(std::string("Value provided in ") + member +
                               " unused in expressions: keys: {" + unused + "}");
}

// The map's own copy of the placeholder, or nullptr.
template <class Map>
const std::string* find_bound(const Map* map, const std::string& placeholder) {
  if (map == nullptr) return nullptr;
  const auto found = map->find(placeholder);
  return found == map->end() ? nullptr : &found->first;
}

}  // namespace

Bindings::Bindings(const Names* names, const abi::AttributeMap* values)
    : names_(names), values_(values) {
  check_placeholders(names_, "ExpressionAttributeNames", '#');
  check_placeholders(values_, "ExpressionAttributeValues", ':');
  used_.reserve((names_ ? names_->size() : 0) + (values_ ? values_->size() : 0));
}

void Bindings::require(Role role, const Path& path) {
  for (const auto& step : path) {
    if (step.kind != PathStep::Kind::placeholder) continue;
    const auto* bound = find_bound(names_, step.name);
    if (bound == nullptr) {
      throw invalid_expression(role,
                               "An expression attribute name used in the document path is not "
                               "defined; attribute name: " +
                                   step.name);
    }
    used_.push_back(*bound);
  }
}

void Bindings::require(Role role, const Node& node) {
  if (node.kind == NodeKind::path) require(role, node.path);
  if (node.kind == NodeKind::value) {
    const auto* bound = find_bound(values_, node.text);
    if (bound == nullptr) {
      throw invalid_expression(
          role,
          "An expression attribute value used in expression is not defined; attribute value: " +
              node.text);
    }
    used_.push_back(*bound);
  }
  for (const auto& child : node.children) require(role, child);
}

void Bindings::check_all_used() const {
  check_used(names_, "ExpressionAttributeNames", used_);
  check_used(values_, "ExpressionAttributeValues", used_);
}

const std::string& Bindings::name(const PathStep& step) const {
  return step.kind == PathStep::Kind::placeholder ? names_->find(step.name)->second : step.name;
}

const abi::AttributeValue& Bindings::value(const Node& node) const {
  return values_->find(node.text)->second;
}

std::string Bindings::path_text(const Path& path) const {
  std::string text;
  for (const auto& step : path) {
    if (!text.empty()) text += ", ";
    text +=
        step.kind == PathStep::Kind::index ? "[" + std::to_string(step.index) + "]" : name(step);
  }
  return "[" + text + "]";
}

}  // namespace votemu::dynamodb::expression
