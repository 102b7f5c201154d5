// A Lambda function's result as the reply that the client gets.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/aws_error.h"
#include "core/json.h"
#include "core/text.h"
#include "handlers/abi/base64.h"
#include "handlers/abi/json_reader.h"
#include "services/apigateway/gateway_reply.h"
#include "services/apigateway/media_types.h"
#include "services/apigateway/service.h"

namespace votemu::apigateway {
namespace {

using abi::JsonReader;

// The result is not in the proxy's format.
struct Malformed {};

using SingleHeaders = std::vector<std::pair<std::string, std::optional<std::string>>>;
using MultiHeaders = std::vector<std::pair<std::string, std::vector<std::string>>>;

// What a function answered, as text. Members that are null count as absent.
struct Result {
  std::string status = "200";
  MultiHeaders multi_value_headers;
  SingleHeaders headers;
  std::string body;
  bool base64 = false;
};

// Numbers as a parser understands them.
std::string number_text(std::string_view number) {
  constexpr std::size_t surely_exact = 18;
  const bool plain = number.size() <= surely_exact && number[0] != '-' &&
                     std::all_of(number.begin(), number.end(), core::is_digit);
  if (plain) return std::string(number);
  const auto parsed = core::Json::parse(number, nullptr, false);
  if (parsed.is_discarded()) throw Malformed();  // too large
  return core::dump_json(parsed);
}

// Scalars are as good as their text, as in the gateway's own parser.
std::string scalar_text(JsonReader& reader) {
  switch (reader.next()) {
    case JsonReader::Kind::string:
      return reader.string();
    case JsonReader::Kind::number:
      return number_text(reader.number());
    case JsonReader::Kind::boolean:
      return reader.boolean() ? "true" : "false";
    case JsonReader::Kind::null:
      reader.null();
      return "null";
    default:
      throw Malformed();
  }
}

bool take_null(JsonReader& reader) {
  if (reader.next() != JsonReader::Kind::null) return false;
  reader.null();
  return true;
}

// An object as its members by name, of equal ones the last; nothing for null.
template <class Members, class Read>
void read_members(JsonReader& reader, Members& members, Read read) {
  members.clear();
  if (take_null(reader)) return;
  reader.object([&](std::string_view name) {
    auto& member = members.emplace_back();
    member.first = name;
    if (!take_null(reader)) read(member.second);
  });
  const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  if (!std::is_sorted(members.begin(), members.end(), before)) {
    std::stable_sort(members.begin(), members.end(), before);
  }
  members.erase(members.begin(), std::unique(members.rbegin(), members.rend(), same).base());
}

void read_member(JsonReader& reader, std::string_view name, Result& result) {
  if (name == "statusCode") {
    result.status = take_null(reader) ? "200" : scalar_text(reader);
  } else if (name == "headers") {
    read_members(reader, result.headers, [&](auto& value) { value = scalar_text(reader); });
  } else if (name == "multiValueHeaders") {
    read_members(reader, result.multi_value_headers, [&](auto& values) {
      reader.array([&] { values.push_back(scalar_text(reader)); });
    });
  } else if (name == "body") {
    result.body = take_null(reader) ? "" : scalar_text(reader);
  } else if (name == "isBase64Encoded") {
    result.base64 = scalar_text(reader) == "true";
  } else {
    throw Malformed();
  }
}

Result read_result(std::string_view text) {
  Result result;
  try {
    JsonReader reader(text);
    reader.object([&](std::string_view name) { read_member(reader, name, result); });
    reader.end();
  } catch (const abi::JsonError&) {
    throw Malformed();
  }
  return result;
}

int status_of(const std::string& text) {
  constexpr int least = 200;
  constexpr int most = 599;
  int status = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), status);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) throw Malformed();
  if (status < least || status > most) throw Malformed();
  return status;
}

constexpr auto header_name_characters = [] {
  std::array<bool, 256> valid{};
  for (std::size_t c = 0; c < valid.size(); ++c) {
    const auto character = static_cast<char>(c);
    valid[c] = core::is_alphanumeric(character) ||
               std::string_view("!#$%&'*+-.^_`|~").find(character) != std::string_view::npos;
  }
  return valid;
}();

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](unsigned char c) { return header_name_characters[c]; });
}

bool is_header_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7f';
  });
}

// Headers that a function cannot set: they come to the client under another name.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
std::string client_name(std::string name) {
  static constexpr std::array<std::string_view, 14> remapped = {
      "Authorization", "Connection", "Content-Length",     "Content-MD5",     "Date",
      "Expect",        "Host",       "Max-Forwards",       "Server",          "TE",
      "Trailer",       "Upgrade",    "Proxy-Authenticate", "WWW-Authenticate"};
  for (const auto header : remapped) {
    if (core::equals_ignoring_case(header, name)) return "x-amzn-Remapped-" + name;
  }
  return name;
}

void add_header(HttpHeaders& headers, std::string name, std::string value) {
  if (!is_header_name(name) || !is_header_value(value)) throw Malformed();
  if (core::equals_ignoring_case(name, "Transfer-Encoding")) return;
  headers.emplace_back(client_name(std::move(name)), std::move(value));
}

// multiValueHeaders first. What `headers` adds to one of them takes its casing; a value that is in
// both appears once.
HttpHeaders headers_of(Result& result) {
  HttpHeaders headers;
  headers.reserve(result.multi_value_headers.size() + result.headers.size());
  for (auto& [name, values] : result.multi_value_headers) {
    for (auto& value : values) add_header(headers, name, std::move(value));
  }
  for (auto& [name, value] : result.headers) {
    if (!value) continue;
    bool known = false;
    for (const auto& [other, other_value] : headers) {
      if (!core::equals_ignoring_case(other, name)) continue;
      name = other;
      known = known || other_value == *value;
    }
    if (!known) add_header(headers, std::move(name), std::move(*value));
  }
  return headers;
}

std::string body_of(Result& result, const Target& target, const HttpCall& call) {
  if (!result.base64) return std::move(result.body);
  const auto* accept = find_header(call.headers, "Accept");
  if (!is_binary_type(target.endpoint->stage->binary_media_types,
                      accept ? *accept : "application/json")) {
    return std::move(result.body);
  }
  try {
    return abi::base64_decode(result.body);
  } catch (const core::AwsError&) {
    throw Malformed();
  }
}

HttpReply make_reply(const Target& target, const HttpCall& call, std::string_view lambda_result) {
  Result result = read_result(lambda_result);
  HttpReply reply;
  reply.status = status_of(result.status);
  HttpHeaders headers = headers_of(result);
  constexpr std::size_t own_headers = 4;
  reply.headers.reserve(headers.size() + own_headers);
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
