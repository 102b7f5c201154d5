// A call as the event that a Lambda function gets.
#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "core/text.h"
#include "handlers/abi/base64.h"
#include "handlers/abi/json_text.h"
#include "services/apigateway/gateway_reply.h"
#include "services/apigateway/integration.h"
#include "services/apigateway/media_types.h"
#include "services/apigateway/query.h"
#include "services/apigateway/request_context.h"
#include "services/apigateway/request_path.h"

namespace votemu::apigateway {
namespace {

using abi::append_member;
using abi::append_quoted;

// A name with all its values, in order of first appearance.
struct MultiValue {
  std::string_view name;
  std::string_view last;
  std::vector<std::string_view> before = {};
};

// Headers of the connection, which end at the gateway.
bool is_hop_header(std::string_view name) {
  static constexpr std::array<std::string_view, 9> hop_headers = {
      "Connection", "Content-Length",   "Expect",
      "Keep-Alive", "Proxy-Connection", "Transfer-Encoding",
      "TE",         "Trailer",          "Upgrade"};
  for (const auto hop : hop_headers) {
    if (core::equals_ignoring_case(hop, name)) return true;
  }
  return false;
}

void add_value(std::vector<MultiValue>& grouped, std::string_view name, std::string_view value,
               bool any_case) {
  for (auto& known : grouped) {
    if (any_case ? core::equals_ignoring_case(known.name, name) : known.name == name) {
      known.before.push_back(known.last);
      known.last = value;
      return;
    }
  }
  grouped.push_back({name, value});
}

// The headers that API Gateway itself sets; where one of them extends the client's, it replaces it.
using GatewayHeaders = std::array<std::pair<std::string_view, std::string>, 5>;

GatewayHeaders gateway_headers(const HttpCall& call) {
  const auto* host = find_header(call.headers, "Host");
  const auto* forwarded = find_header(call.headers, "X-Forwarded-For");
  return {{{"Host", host ? *host : call.domain_name},
           {"X-Amzn-Trace-Id", trace_id(call)},
           {"X-Forwarded-For", forwarded ? *forwarded + ", " + call.source_ip : call.source_ip},
           {"X-Forwarded-Port", call.tls ? "443" : "80"},
           {"X-Forwarded-Proto", call.tls ? "https" : "http"}}};
}

std::vector<MultiValue> event_headers(const HttpCall& call, const GatewayHeaders* added) {
  std::vector<MultiValue> headers;
  headers.reserve(call.headers.size() + std::tuple_size_v<GatewayHeaders>);
  const auto is_replaced = [added](std::string_view name) {
    return added && std::any_of(added->begin(), added->end(), [name](const auto& header) {
             return core::equals_ignoring_case(header.first, name);
           });
  };
  for (const auto& [name, value] : call.headers) {
    if (!is_hop_header(name) && !is_replaced(name)) add_value(headers, name, value, true);
  }
  if (!added) return headers;
  for (const auto& [name, value] : *added) headers.push_back({name, value});
  return headers;
}

std::vector<MultiValue> grouped(const Pairs& pairs) {
  std::vector<MultiValue> groups;
  for (const auto& [name, value] : pairs) add_value(groups, name, value, false);
  return groups;
}

// `,"name":{…}` with the last value of each, or null when there is none.
void append_single_values(std::string& json, std::string_view name,
                          const std::vector<MultiValue>& groups) {
  json.append(",\"").append(name).append("\":");
  if (groups.empty()) {
    json += "null";
    return;
  }
  char separator = '{';
  for (const auto& group : groups) {
    json += separator;
    append_quoted(json, group.name);
    json += ':';
    append_quoted(json, group.last);
    separator = ',';
  }
  json += '}';
}

// `,"name":{…}` with all values of each, or null when there is none.
void append_multi_values(std::string& json, std::string_view name,
                         const std::vector<MultiValue>& groups) {
  json.append(",\"").append(name).append("\":");
  if (groups.empty()) {
    json += "null";
    return;
  }
  char separator = '{';
  for (const auto& group : groups) {
    json += separator;
    append_quoted(json, group.name);
    json += ":[";
    for (const auto value : group.before) {
      append_quoted(json, value);
      json += ',';
    }
    append_quoted(json, group.last);
    json += ']';
    separator = ',';
  }
  json += '}';
}

void append_body(std::string& json, const Stage& stage, const HttpCall& call) {
  if (call.body.empty()) {
    json += ",\"body\":null,\"isBase64Encoded\":false}";
    return;
  }
  const auto* type = find_header(call.headers, "Content-Type");
  const bool binary = is_binary_type(stage.binary_media_types, type ? *type : "application/json");
  json += ",\"body\":";
  if (binary) {
    append_quoted(json, abi::base64_encode(call.body));
  } else {
    append_quoted(json, call.body);
  }
  json += binary ? ",\"isBase64Encoded\":true}" : ",\"isBase64Encoded\":false}";
}

}  // namespace

EventText::EventText(const Endpoint& endpoint) {
  const Stage& of = *endpoint.stage;
  resource = "{\"resource\":";
  append_quoted(resource, endpoint.resource_path);
  resource += ",\"path\":";

  append_single_values(stage, "stageVariables", grouped(of.variables));
  stage += ",\"requestContext\":{\"resourceId\":";
  append_quoted(stage, endpoint.resource_id);
  append_member(stage, "resourcePath", endpoint.resource_path);
  stage += ",\"httpMethod\":";

  append_member(account, "accountId", of.scope.account);
  account += ",\"protocol\":\"HTTP/1.1\"";
  append_member(account, "stage", of.name);
  account += ",\"domainPrefix\":";

  if (!of.deployment_id.empty()) append_member(api, "deploymentId", of.deployment_id);
  append_member(api, "apiId", of.api_id);
  api += '}';
}

std::string proxy_event(const Target& target, const HttpCall& call) {
  const Endpoint& endpoint = *target.endpoint;
  std::optional<GatewayHeaders> added;
  if (!call.tester) added = gateway_headers(call);
  const auto headers = event_headers(call, added ? &*added : nullptr);
  const Pairs parameters = decode_query(call.raw_query);
  const auto query = grouped(parameters);

  std::string json;
  constexpr std::size_t usual_size = 3'072;
  json.reserve(usual_size + call.body.size());
  json += endpoint.event.resource;
  append_quoted(json, resource_path(call.path));
  append_member(json, "httpMethod", target.http_method);
  append_single_values(json, "headers", headers);
  append_multi_values(json, "multiValueHeaders", headers);
  append_single_values(json, "queryStringParameters", query);
  append_multi_values(json, "multiValueQueryStringParameters", query);
  append_single_values(json, "pathParameters", grouped(target.path_parameters));
  json += endpoint.event.stage;
  append_request_context(json, target, call);
  append_body(json, *endpoint.stage, call);
  return json;
}

}  // namespace votemu::apigateway
