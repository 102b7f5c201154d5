// Signs requests as AWS's clients do, SigV4 in the Authorization header or as a presigned URL.
#pragma once

#include <string>
#include <string_view>

#include "core/digest.h"
#include "core/hmac.h"
#include "core/text.h"
#include "wire/canonical_request.h"
#include "wire/sigv4.h"

namespace votemu::test {

struct SigningKey {
  std::string access_key = "test";
  std::string secret_access_key = "test";
  std::string session_token = {};
};

inline std::string signature_of(const wire::HttpRequest& request, const wire::Signature& signature,
                                const std::string& secret) {
  std::string key = core::hmac_sha256("AWS4" + secret, signature.date);
  for (const auto& part : {signature.region, signature.service, std::string("aws4_request")}) {
    key = core::hmac_sha256(key, part);
  }
  const auto text = wire::scoped(signature, "AWS4-HMAC-SHA256") + "\n" +
                    core::hex(core::sha256(wire::canonical_request(request, signature)));
  return core::hex(core::hmac_sha256(key, text));
}

inline wire::Signature scope_of(const SigningKey& key, std::string_view service,
                                std::int64_t now_ms) {
  wire::Signature signature;
  signature.time = wire::signature_time(now_ms);
  signature.date = signature.time.substr(0, 8);
  signature.access_key = key.access_key;
  signature.region = "us-east-1";
  signature.service = service;
  return signature;
}

inline std::string credential_of(const wire::Signature& signature) {
  return signature.access_key + "/" + signature.date + "/" + signature.region + "/" +
         signature.service + "/aws4_request";
}

// The Host header must be there already.
inline wire::HttpRequest signed_request(wire::HttpRequest request, const SigningKey& key,
                                        std::string_view service, std::int64_t now_ms) {
  auto signature = scope_of(key, service, now_ms);
  signature.signed_headers = {"host", "x-amz-date"};
  request.headers.add("X-Amz-Date", signature.time);
  if (!key.session_token.empty()) request.headers.add("X-Amz-Security-Token", key.session_token);
  request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=" + credential_of(signature) +
                                           ", SignedHeaders=host;x-amz-date, Signature=" +
                                           signature_of(request, signature, key.secret_access_key));
  return request;
}

// As IoT's clients do it: the session token is added to the URL after it was signed.
inline wire::HttpRequest signed_mqtt_request(const SigningKey& key, std::int64_t now_ms,
                                             const std::string& target = "/mqtt") {
  wire::HttpRequest request{"GET", target, {{"Host", "localhost:4566"}}, "", "127.0.0.1"};
  auto signature = scope_of(key, "iotdevicegateway", now_ms);
  signature.signed_headers = {"host"};
  signature.in_query = true;
  request.target += target.find('?') == target.npos ? "?" : "&";
  request.target += "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" +
                    core::percent_encode(credential_of(signature)) +
                    "&X-Amz-Date=" + signature.time + "&X-Amz-SignedHeaders=host";
  request.target += "&X-Amz-Signature=" + signature_of(request, signature, key.secret_access_key);
  if (!key.session_token.empty()) {
    request.target += "&X-Amz-Security-Token=" + core::percent_encode(key.session_token);
  }
  return request;
}

}  // namespace votemu::test
