#include "services/apigateway/gateway_reply.h"

#include <cstdint>

#include "core/text.h"
#include "handlers/abi/base64.h"
#include "handlers/abi/json_text.h"

namespace votemu::apigateway {
namespace {

HttpReply own_reply(const HttpCall& call, int status, const std::string& error_type,
                    std::string body, const char* content_type = "application/json") {
  HttpReply reply;
  reply.status = status;
  reply.headers.emplace_back("Content-Type", content_type);
  add_identity_headers(reply, call);
  reply.headers.emplace_back("x-amzn-ErrorType", error_type);
  reply.body = std::move(body);
  return reply;
}

}  // namespace

const std::string* find_header(const HttpHeaders& headers, std::string_view name) {
  for (const auto& [header, value] : headers) {
    if (core::equals_ignoring_case(header, name)) return &value;
  }
  return nullptr;
}

std::string extended_request_id(const HttpCall& call) {
  constexpr std::size_t id_bytes = 11;  // 16 characters, the last of them '='
  return abi::base64_encode(std::string_view(call.request_id).substr(0, id_bytes));
}

std::string trace_id(const HttpCall& call) {
  if (const auto* sent = find_header(call.headers, "X-Amzn-Trace-Id")) return *sent;
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t seconds_at = 7;
  constexpr std::size_t unique_at = 16;
  std::string id = "Root=1-00000000-000000000000000000000000";
  auto seconds = static_cast<std::uint64_t>(call.now_ms / 1'000);
  for (std::size_t at = unique_at - 1; at-- > seconds_at; seconds >>= 4U) {
    id[at] = digits[seconds & 0xFU];
  }
  std::size_t at = id.size();
  for (auto c = call.request_id.rbegin(); c != call.request_id.rend() && at > unique_at; ++c) {
    if (*c != '-') id[--at] = *c;
  }
  return id;
}

void add_identity_headers(HttpReply& reply, const HttpCall& call) {
  reply.headers.emplace_back("x-amzn-RequestId", call.request_id);
  reply.headers.emplace_back("x-amz-apigw-id", extended_request_id(call));
}

void add_trace_header(HttpReply& reply, const HttpCall& call) {
  reply.headers.emplace_back("X-Amzn-Trace-Id", trace_id(call));
}

HttpReply forbidden_reply(const HttpCall& call) {
  return own_reply(call, 403, "ForbiddenException", R"({"message":"Forbidden"})");
}

HttpReply missing_authentication_token_reply(const HttpCall& call) {
  return own_reply(call, 403, "MissingAuthenticationTokenException",
                   R"({"message":"Missing Authentication Token"})");
}

HttpReply too_large_reply(const HttpCall& call) {
  return own_reply(call, 413, "RequestTooLargeException",
                   "HTTP content length exceeded 10485760 bytes.", "text/plain");
}

HttpReply unsupported_media_type_reply(const HttpCall& call) {
  return own_reply(call, 415, "BadRequestException", R"({"message": "Unsupported Media Type"})");
}

HttpReply refused_reply(const HttpCall& call, const core::AwsError& error) {
  std::string body = error.code() == "AccessDeniedException" ? "{\"Message\":" : "{\"message\":";
  abi::append_quoted(body, error.message());
  body += '}';
  return own_reply(call, 403, error.code(), std::move(body));
}

HttpReply timed_out_reply(const HttpCall& call) {
  HttpReply reply = own_reply(call, 504, "InternalServerErrorException",
                              R"({"message": "Endpoint request timed out"})");
  reply.failure = "Execution failed due to a timeout error";
  add_trace_header(reply, call);
  return reply;
}

HttpReply internal_error_reply(const HttpCall& call, int status) {
  return own_reply(call, status, "InternalServerErrorException",
                   R"({"message": "Internal server error"})");
}

}  // namespace votemu::apigateway
