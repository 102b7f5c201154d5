// A Lambda function's result as the reply that the client gets.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "core/aws_error.h"
#include "core/json.h"
#include "core/members.h"
#include "core/text.h"
#include "handlers/abi/base64.h"
#include "services/apigateway/gateway_reply.h"
#include "services/apigateway/media_types.h"
#include "services/apigateway/service.h"

namespace votemu::apigateway {
namespace {

using core::Json;

// The result is not in the proxy's format.
struct Malformed {};

// Scalars are as good as their text, as in the gateway's own parser.
std::string scalar_text(const Json& value) {
  if (value.is_structured()) throw Malformed();
  return value.is_string() ? value.get<std::string>() : core::dump_json(value);
}

int status_of(const Json& result) {
  constexpr int least = 200;
  constexpr int most = 599;
  const Json* given = core::find_member(result, "statusCode");
  if (!given) return 200;
  const std::string text = scalar_text(*given);
  int status = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), status);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) throw Malformed();
  if (status < least || status > most) throw Malformed();
  return status;
}

bool is_header_name(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [marks](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           marks.find(c) != std::string_view::npos;
  });
}

bool is_header_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7f';
  });
}

// Headers that a function cannot set: they come to the client under another name.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
std::string client_name(const std::string& name) {
  static constexpr std::array<std::string_view, 14> remapped = {
      "Authorization", "Connection", "Content-Length",     "Content-MD5",     "Date",
      "Expect",        "Host",       "Max-Forwards",       "Server",          "TE",
      "Trailer",       "Upgrade",    "Proxy-Authenticate", "WWW-Authenticate"};
  for (const auto header : remapped) {
    if (core::equals_ignoring_case(header, name)) return "x-amzn-Remapped-" + name;
  }
  return name;
}

void add_header(HttpHeaders& headers, const std::string& name, const std::string& value) {
  if (!is_header_name(name) || !is_header_value(value)) throw Malformed();
  if (core::equals_ignoring_case(name, "Transfer-Encoding")) return;
  headers.emplace_back(client_name(name), value);
}

// multiValueHeaders first. What `headers` adds to one of them takes its casing; a value that is in
// both appears once.
HttpHeaders headers_of(const Json& result) {
  HttpHeaders headers;
  if (const Json* multi = core::find_member(result, "multiValueHeaders")) {
    if (!multi->is_object()) throw Malformed();
    for (const auto& [name, values] : multi->items()) {
      if (values.is_null()) continue;
      if (!values.is_array()) throw Malformed();
      for (const Json& value : values) add_header(headers, name, scalar_text(value));
    }
  }
  const Json* single = core::find_member(result, "headers");
  if (!single) return headers;
  if (!single->is_object()) throw Malformed();
  for (const auto& [name, value] : single->items()) {
    if (value.is_null()) continue;
    const std::string text = scalar_text(value);
    std::string as = name;
    bool known = false;
    for (const auto& [other, other_value] : headers) {
      if (!core::equals_ignoring_case(other, name)) continue;
      as = other;
      known = known || other_value == text;
    }
    if (!known) add_header(headers, as, text);
  }
  return headers;
}

std::string body_of(const Json& result, const Target& target, const HttpCall& call) {
  const Json* given = core::find_member(result, "body");
  std::string body = given ? scalar_text(*given) : std::string();
  const Json* encoded = core::find_member(result, "isBase64Encoded");
  if (!encoded || scalar_text(*encoded) != "true") return body;
  const auto* accept = find_header(call.headers, "Accept");
  if (!is_binary_type(target.binary_media_types, accept ? *accept : "application/json")) {
    return body;
  }
  try {
    return abi::base64_decode(body);
  } catch (const core::AwsError&) {
    throw Malformed();
  }
}

Json parse_result(std::string_view text) {
  static constexpr std::array<std::string_view, 5> members = {
      "statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"};
  Json result;
  try {
    result = core::parse_json(text);
  } catch (const core::AwsError&) {
    throw Malformed();
  }
  if (!result.is_object()) throw Malformed();
  for (const auto& [name, value] : result.items()) {
    if (std::find(members.begin(), members.end(), name) == members.end()) throw Malformed();
  }
  return result;
}

HttpReply make_reply(const Target& target, const HttpCall& call, std::string_view lambda_result) {
  const Json result = parse_result(lambda_result);
  HttpReply reply;
  reply.status = status_of(result);
  HttpHeaders headers = headers_of(result);
  if (!find_header(headers, "Content-Type")) {
    reply.headers.emplace_back("Content-Type", "application/json");
  }
  add_identity_headers(reply, call);
  for (auto& header : headers) reply.headers.push_back(std::move(header));
  if (!find_header(reply.headers, "X-Amzn-Trace-Id")) add_trace_header(reply, call);
  reply.body = body_of(result, target, call);
  return reply;
}

}  // namespace

HttpReply proxy_reply(const Target& target, const HttpCall& call, std::string_view lambda_result,
                      bool function_error) {
  if (!function_error) {
    try {
      return make_reply(target, call, lambda_result);
    } catch (const Malformed&) {
      // Answered below, as every function that fails.
    }
  }
  HttpReply reply = internal_error_reply(call, 502);
  reply.failure =
      function_error
          ? "Lambda execution failed with status 200 due to customer function error"
          : "Execution failed due to configuration error: Malformed Lambda proxy response";
  add_trace_header(reply, call);
  return reply;
}

}  // namespace votemu::apigateway
