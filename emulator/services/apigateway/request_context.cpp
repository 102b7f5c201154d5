#include "services/apigateway/request_context.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/calendar.h"
#include "handlers/abi/json_text.h"
#include "services/apigateway/gateway_reply.h"

namespace votemu::apigateway {
namespace {

using abi::append_member;
using abi::append_quoted;
// "22/May/2025:07:39:29 +0000"
std::string request_time(std::int64_t now_ms) {
  const core::CalendarTime t = core::calendar_time(now_ms);
  std::array<char, 96> text;
  std::snprintf(text.data(), text.size(), "%02d/%s/%04d:%02d:%02d:%02d +0000", t.day,
                core::month_name(t.month), t.year, t.hour, t.minute, t.second);
  return text.data();
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
  json += ",\"requestContext\":{\"resourceId\":";
  append_quoted(json, target.resource_id);
  append_member(json, "resourcePath", target.resource_path);
  append_member(json, "httpMethod", target.http_method);
  append_member(json, "extendedRequestId", extended_request_id(call));
  append_member(json, "requestTime", request_time(call.now_ms));
  append_member(json, "path", call.tester ? call.path : "/" + target.stage + call.path);
  append_member(json, "accountId", target.scope.account);
  json += ",\"protocol\":\"HTTP/1.1\"";
  append_member(json, "stage", target.stage);
  const std::string_view host = host_without_port(call.domain_name);
  append_member(json, "domainPrefix", host.substr(0, host.find('.')));
  json += ",\"requestTimeEpoch\":" + std::to_string(call.now_ms);
  append_member(json, "requestId", call.request_id);
  if (call.tester) {
    append_tester_identity(json, call);
  } else if (target.authorized_by_iam && call.signer) {
    append_signer_identity(json, call);
  } else {
    append_identity(json, call);
  }
  append_member(json, "domainName", call.domain_name);
  if (!target.deployment_id.empty()) append_member(json, "deploymentId", target.deployment_id);
  append_member(json, "apiId", target.api_id);
  json += '}';
}

}  // namespace votemu::apigateway
