// A call as the event that a Lambda function gets.
#include <algorithm>
#include <array>

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
  std::vector<std::string_view> values;
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
      known.values.push_back(value);
      return;
    }
  }
  grouped.push_back({name, {value}});
}

// The headers that API Gateway itself sets; where one of them extends the client's, it replaces it.
Pairs gateway_headers(const HttpCall& call) {
  if (call.tester) return {};
  const auto* host = find_header(call.headers, "Host");
  const auto* forwarded = find_header(call.headers, "X-Forwarded-For");
  return {{"Host", host ? *host : call.domain_name},
          {"X-Amzn-Trace-Id", trace_id(call)},
          {"X-Forwarded-For", forwarded ? *forwarded + ", " + call.source_ip : call.source_ip},
          {"X-Forwarded-Port", call.tls ? "443" : "80"},
          {"X-Forwarded-Proto", call.tls ? "https" : "http"}};
}

std::vector<MultiValue> event_headers(const HttpCall& call, const Pairs& added) {
  std::vector<MultiValue> headers;
  for (const auto& [name, value] : call.headers) {
    if (is_hop_header(name) || find_header(added, name)) continue;
    add_value(headers, name, value, true);
  }
  for (const auto& [name, value] : added) headers.push_back({name, {value}});
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
    append_quoted(json, group.values.back());
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
    char inner = '[';
    json += ':';
    for (const auto value : group.values) {
      json += inner;
      append_quoted(json, value);
      inner = ',';
    }
    json += ']';
    separator = ',';
  }
  json += '}';
}

void append_body(std::string& json, const Target& target, const HttpCall& call) {
  if (call.body.empty()) {
    json += ",\"body\":null,\"isBase64Encoded\":false";
    return;
  }
  const auto* type = find_header(call.headers, "Content-Type");
  const bool binary = is_binary_type(target.binary_media_types, type ? *type : "application/json");
  if (binary) {
    append_member(json, "body", abi::base64_encode(call.body));
  } else {
    append_member(json, "body", call.body);
  }
  json += binary ? ",\"isBase64Encoded\":true" : ",\"isBase64Encoded\":false";
}

}  // namespace

std::string proxy_event(const Target& target, const HttpCall& call) {
  const Pairs added = gateway_headers(call);
  const std::vector<MultiValue> headers = event_headers(call, added);
  const Pairs parameters = decode_query(call.raw_query);
  const std::vector<MultiValue> query = grouped(parameters);

  std::string json;
  constexpr std::size_t usual_size = 3'072;
  json.reserve(usual_size + call.body.size());
  json += "{\"resource\":";
  append_quoted(json, target.resource_path);
  append_member(json, "path", resource_path(call.path));
  append_member(json, "httpMethod", target.http_method);
  append_single_values(json, "headers", headers);
  append_multi_values(json, "multiValueHeaders", headers);
  append_single_values(json, "queryStringParameters", query);
  append_multi_values(json, "multiValueQueryStringParameters", query);
  append_single_values(json, "pathParameters", grouped(target.path_parameters));
  append_single_values(json, "stageVariables", grouped(target.stage_variables));
  append_request_context(json, target, call);
  append_body(json, target, call);
  json += '}';
  return json;
}

}  // namespace votemu::apigateway
