#include "services/apigateway/mock.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "core/text.h"
#include "services/apigateway/gateway_reply.h"

namespace votemu::apigateway {
namespace {

std::string media_type(const HttpCall& call) {
  const auto* header = find_header(call.headers, "Content-Type");
  if (!header) return "application/json";
  std::string type = header->substr(0, header->find_first_of("; \t"));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return type;
}

// What the integration is given: the template for the request's type, or the body itself; nullptr
// when its passthrough behavior refuses the type.
const std::string* integration_request(const Integration& integration, const HttpCall& call) {
  const auto& templates = integration.request_templates;
  const auto found = templates.find(media_type(call));
  if (found != templates.end()) return &found->second;
  const auto& behavior = integration.passthrough_behavior;
  if (behavior == "NEVER" || (behavior == "WHEN_NO_TEMPLATES" && !templates.empty()))
    return nullptr;
  return &call.body;
}

// "statusCode" : 200, also with single quotes or without any, as templates have it.
std::optional<int> chosen_status(std::string_view request) {
  constexpr std::string_view key = "statusCode";
  auto at = request.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  at = request.find_first_not_of("\"' \t\r\n", at + key.size());
  if (at == std::string_view::npos || request[at] != ':') return std::nullopt;
  at = request.find_first_not_of("\"' \t\r\n", at + 1);
  if (at == std::string_view::npos) return std::nullopt;
  int status = 0;
  const auto parsed = std::from_chars(request.data() + at, request.data() + request.size(), status);
  if (parsed.ec != std::errc()) return std::nullopt;
  return status;
}

// One alternative of a selection pattern: digits, '.' and \d.
bool alternative_matches(std::string_view pattern, std::string_view status) {
  std::size_t at = 0;
  while (!pattern.empty()) {
    if (at == status.size()) return false;
    const bool any_digit = pattern.starts_with("\\d");
    if (!any_digit && pattern[0] != '.' && pattern[0] != status[at]) return false;
    pattern.remove_prefix(any_digit ? 2 : 1);
    ++at;
  }
  return at == status.size();
}

bool pattern_matches(std::string_view pattern, std::string_view status) {
  while (true) {
    const auto bar = pattern.find('|');
    if (alternative_matches(pattern.substr(0, bar), status)) return true;
    if (bar == std::string_view::npos) return false;
    pattern.remove_prefix(bar + 1);
  }
}

const MockResponse* select_response(const Integration& integration, int status) {
  const std::string text = std::to_string(status);
  const MockResponse* fallback = nullptr;
  for (const auto& response : integration.responses) {
    if (response.selection_pattern.empty()) {
      fallback = &response;
    } else if (pattern_matches(response.selection_pattern, text)) {
      return &response;
    }
  }
  return fallback;
}

}  // namespace

HttpReply mock_reply(const Integration& integration, const HttpCall& call) {
  const std::string* request = integration_request(integration, call);
  if (!request) return unsupported_media_type_reply(call);
  const auto status = chosen_status(*request);
  const MockResponse* response = status ? select_response(integration, *status) : nullptr;
  if (!response) {
    HttpReply failed = internal_error_reply(call, 500);
    failed.failure =
        "Execution failed due to configuration error: No match for output mapping and no default "
        "output mapping configured";
    return failed;
  }

  HttpReply reply;
  reply.status = response->status;
  reply.headers.emplace_back(
      "Content-Type", response->content_type.empty() ? "application/json" : response->content_type);
  for (const auto& header : response->headers) {
    if (core::equals_ignoring_case(header.first, "Content-Type")) {
      reply.headers.front().second = header.second;
    } else {
      reply.headers.push_back(header);
    }
  }
  add_identity_headers(reply, call);
  reply.body = response->body;
  return reply;
}

}  // namespace votemu::apigateway
