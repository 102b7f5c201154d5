#include "services/apigateway/request_context.h"

#include <algorithm>

#include "core/calendar.h"
#include "handlers/abi/json_text.h"
#include "services/apigateway/gateway_reply.h"

namespace votemu::apigateway {
namespace {

using abi::append_member;
using abi::append_quoted;

void append_two_digits(std::string& text, int number) {
  text += static_cast<char>('0' + number / 10);
  text += static_cast<char>('0' + number % 10);
}

// "22/May/2025:07:39:29 +0000"
void append_request_time(std::string& text, std::int64_t now_ms) {
  const core::CalendarTime t = core::calendar_time(now_ms);
  append_two_digits(text, t.day);
  text.append(1, '/').append(core::month_name(t.month)).append(1, '/');
  text += std::to_string(t.year);
  for (const int part : {t.hour, t.minute, t.second}) {
    text += ':';
    append_two_digits(text, part);
  }
  text += " +0000";
}

std::string_view host_without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, std::min(host.find(']') + 1, host.size()));
  return host.substr(0, host.find(':'));
}

void append_identity(std::string& json, const HttpCall& call) {
  json +=
      ",\"identity\":{\"cognitoIdentityPoolId\":null,\"accountId\":null,\"cognitoIdentityId\":null,"
      "\"caller\":null";
  append_member(json, "sourceIp", call.source_ip);
  json +=
      ",\"principalOrgId\":null,\"accessKey\":null,\"cognitoAuthenticationType\":null,"
      "\"cognitoAuthenticationProvider\":null,\"userArn\":null";
  if (const auto* agent = find_header(call.headers, "User-Agent")) {
    append_member(json, "userAgent", *agent);
  } else {
    json += ",\"userAgent\":null";
  }
  json += ",\"user\":null}";
}

// Of a method with AWS_IAM.
void append_signer_identity(std::string& json, const HttpCall& call) {
  const Signer& signer = *call.signer;
  const bool guest = !signer.identity_id.empty();
  const auto append_if = [&json, guest](std::string_view name, std::string_view text) {
    if (guest) return append_member(json, name, text);
    json.append(",\"").append(name).append("\":null");
  };
  json += ",\"identity\":{\"principalOrgId\":null,\"cognitoAuthenticationProvider\":null";
  append_if("cognitoIdentityPoolId", signer.identity_pool_id);
  append_if("cognitoIdentityId", signer.identity_id);
  append_if("cognitoAuthenticationType", "unauthenticated");
  append_member(json, "accountId", signer.account);
  append_member(json, "caller", signer.id);
  append_member(json, "sourceIp", call.source_ip);
  append_member(json, "accessKey", signer.access_key);
  append_member(json, "userArn", signer.arn);
  append_member(json, "user", signer.id);
  const auto* agent = find_header(call.headers, "User-Agent");
  append_member(json, "userAgent", agent ? *agent : "");
  json += '}';
}

// As for the account's root user, whose keys all keys are here.
void append_tester_identity(std::string& json, const HttpCall& call) {
  const Tester& tester = *call.tester;
  json +=
      ",\"identity\":{\"cognitoIdentityPoolId\":null,\"cognitoIdentityId\":null,"
      "\"apiKey\":\"test-invoke-api-key\",\"principalOrgId\":null,"
      "\"cognitoAuthenticationType\":null";
  append_member(json, "userArn", "arn:aws:iam::" + tester.account + ":root");
  append_member(json, "apiKeyId", "test-invoke-api-key-id");
  append_member(json, "userAgent", tester.user_agent);
  append_member(json, "accountId", tester.account);
  append_member(json, "caller", tester.account);
  append_member(json, "sourceIp", call.source_ip);
  append_member(json, "accessKey", tester.access_key);
  json += ",\"cognitoAuthenticationProvider\":null";
  append_member(json, "user", tester.account);
  json += '}';
}

}  // namespace

void append_request_context(std::string& json, const Target& target, const HttpCall& call) {
  const EventText& text = target.endpoint->event;
  append_quoted(json, target.http_method);
  append_member(json, "extendedRequestId", extended_request_id(call));
  json += ",\"requestTime\":\"";
  append_request_time(json, call.now_ms);
  json += "\",\"path\":";
  append_quoted(json, call.tester ? call.path : "/" + target.endpoint->stage->name + call.path);
  json += text.account;
  const std::string_view host = host_without_port(call.domain_name);
  append_quoted(json, host.substr(0, host.find('.')));
  json += ",\"requestTimeEpoch\":";
  json += std::to_string(call.now_ms);
  append_member(json, "requestId", call.request_id);
  if (call.tester) {
    append_tester_identity(json, call);
  } else if (target.endpoint->authorized_by_iam && call.signer) {
    append_signer_identity(json, call);
  } else {
    append_identity(json, call);
  }
  append_member(json, "domainName", call.domain_name);
  json += text.api;
}

}  // namespace votemu::apigateway
