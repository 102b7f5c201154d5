#include "services/apigateway/routes.h"

#include <algorithm>
#include <charconv>

#include "core/members.h"
#include "services/apigateway/limits.h"

namespace votemu::apigateway {
namespace {

using core::Json;

std::string text_of(const Json& object, std::string_view name) {
  return core::string_member(object, name).value_or("");
}

int status_of(const Json& response) {
  const std::string text = text_of(response, "statusCode");
  int status = 200;
  std::from_chars(text.data(), text.data() + text.size(), status);
  return status;
}

// 'text' -> text. Mappings from the integration's response have nothing to map from in a mock, and
// a value must not end its header's line.
std::string static_value(const std::string& mapping) {
  if (mapping.find_first_of("\r\n") != std::string::npos) return "";
  if (mapping.size() < 2 || mapping.front() != '\'' || mapping.back() != '\'') return "";
  return mapping.substr(1, mapping.size() - 2);
}

MockResponse make_mock_response(const Json& response) {
  constexpr std::string_view header_prefix = "method.response.header.";
  MockResponse mock;
  mock.selection_pattern = text_of(response, "selectionPattern");
  mock.status = status_of(response);
  if (const Json* parameters = core::find_member(response, "responseParameters")) {
    for (const auto& [name, mapping] : parameters->items()) {
      if (!name.starts_with(header_prefix) || !mapping.is_string()) continue;
      mock.headers.emplace_back(name.substr(header_prefix.size()),
                                static_value(mapping.get<std::string>()));
    }
  }
  if (const Json* templates = core::find_member(response, "responseTemplates")) {
    const auto chosen = templates->contains("application/json")
                            ? templates->find("application/json")
                            : templates->begin();
    if (chosen != templates->end() && chosen->is_string()) {
      mock.content_type = chosen.key();
      mock.body = chosen->get<std::string>();
    }
  }
  return mock;
}

void read_mock(const Json& given, Integration& integration) {
  integration.kind = Integration::Kind::mock;
  integration.passthrough_behavior = text_of(given, "passthroughBehavior");
  if (const Json* templates = core::find_member(given, "requestTemplates")) {
    for (const auto& [content_type, text] : templates->items()) {
      if (text.is_string()) {
        integration.request_templates[content_type] = text.get<std::string>();
      }
    }
  }
  if (const Json* responses = core::find_member(given, "integrationResponses")) {
    for (const Json& response : *responses) {
      integration.responses.push_back(make_mock_response(response));
    }
  }
}

// Only POST invokes a function.
void read_lambda_proxy(const Json& given, Endpoint endpoint, Integration& integration) {
  endpoint.function_arn = function_arn_of(text_of(given, "uri"));
  if (endpoint.function_arn.empty() || text_of(given, "httpMethod") != "POST") return;
  endpoint.has_role = !text_of(given, "credentials").empty();
  endpoint.timeout_ms = static_cast<int>(
      core::integer_member(given, "timeoutInMillis").value_or(limits::default_timeout_ms));
  endpoint.event = EventText(endpoint);
  integration.kind = Integration::Kind::lambda_proxy;
  integration.endpoint = std::make_shared<const Endpoint>(std::move(endpoint));
}

// `endpoint` has what the resource says.
Integration make_integration(const Json& method, Endpoint endpoint) {
  Integration integration;
  integration.authorized_by_iam = endpoint.authorized_by_iam =
      text_of(method, "authorizationType") == "AWS_IAM";
  const Json* given = core::find_member(method, "methodIntegration");
  if (!given) return integration;
  const std::string type = text_of(*given, "type");
  if (type == "AWS_PROXY") read_lambda_proxy(*given, std::move(endpoint), integration);
  if (type == "MOCK") read_mock(*given, integration);
  return integration;
}

// Takes the next segment off a path that begins with '/', or is empty.
std::string_view take_segment(std::string_view& path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

}  // namespace

std::string function_arn_of(std::string_view uri) {
  constexpr std::string_view before = ":lambda:path/2015-03-31/functions/";
  constexpr std::string_view after = "/invocations";
  const auto begin = uri.find(before);
  if (begin == std::string_view::npos || !uri.ends_with(after)) return "";
  std::string_view arn = uri.substr(begin + before.size());
  arn.remove_suffix(after.size());
  return arn.starts_with("arn:") && arn.find(":function:") != std::string_view::npos
             ? std::string(arn)
             : "";
}

Routes::Routes(const Json& resources, const std::shared_ptr<const Stage>& stage) {
  for (const Json& given : resources) {
    const Json* methods = core::find_member(given, "resourceMethods");
    if (!methods || methods->empty()) continue;
    auto resource = std::make_unique<Resource>();
    resource->id = text_of(given, "id");
    resource->path = text_of(given, "path");
    Endpoint endpoint;
    endpoint.stage = stage;
    endpoint.resource_id = resource->id;
    endpoint.resource_path = resource->path;
    for (const auto& [name, method] : methods->items()) {
      resource->methods[name] = make_integration(method, endpoint);
    }
    Node& node = node_for(resource->path);
    node.resource = std::move(resource);
  }
}

Routes::Node& Routes::node_for(std::string_view path) {
  Node* node = &root_;
  while (path.size() > 1) {
    std::string_view segment = take_segment(path);
    std::unique_ptr<Node>* next = nullptr;
    if (segment.starts_with('{') && segment.ends_with("+}")) {
      node->greedy_name = segment.substr(1, segment.size() - 3);
      next = &node->greedy;
    } else if (segment.starts_with('{') && segment.ends_with('}')) {
      node->parameter_name = segment.substr(1, segment.size() - 2);
      next = &node->parameter;
    } else {
      next = &node->literals[std::string(segment)];
    }
    if (!*next) *next = std::make_unique<Node>();
    node = next->get();
  }
  return *node;
}

// Visits each node at most once: a node has one path from the root.
const Resource* Routes::find(const Node& node, std::string_view rest, PathParameters& parameters) {
  if (rest.empty() || rest == "/") return node.resource.get();
  std::string_view after = rest;
  const std::string_view segment = take_segment(after);
  if (const auto literal = node.literals.find(segment); literal != node.literals.end()) {
    if (const Resource* found = find(*literal->second, after, parameters)) return found;
  }
  if (node.parameter && !segment.empty()) {
    parameters.emplace_back(node.parameter_name, segment);
    if (const Resource* found = find(*node.parameter, after, parameters)) return found;
    parameters.pop_back();
  }
  if (node.greedy && node.greedy->resource) {
    std::string_view value = rest.substr(1);
    if (value.ends_with('/')) value.remove_suffix(1);
    parameters.emplace_back(node.greedy_name, value);
    return node.greedy->resource.get();
  }
  return nullptr;
}

std::optional<Match> Routes::match(std::string_view path) const {
  Match match{nullptr, {}};
  match.resource = find(root_, path, match.parameters);
  if (!match.resource) return std::nullopt;
  return match;
}

}  // namespace votemu::apigateway
