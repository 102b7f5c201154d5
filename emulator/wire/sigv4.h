// AWS Signature Version 4 from the receiving side: what a request says of its signature, and
// whether that is right.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/http.h"

namespace votemu::wire {

struct Signature {
  std::string access_key;
  std::string date;  // of the credential scope: "20250522"
  std::string region;
  std::string service;                      // the signing name
  std::string time;                         // "20250522T073929Z"
  std::vector<std::string> signed_headers;  // lower case
  std::string hex;
  bool in_query = false;       // a presigned URL
  std::int64_t expires_s = 0;  // of a presigned URL; 0 when it does not say
};

// Why a caller is not who they say. Each protocol has its own code for each, see
// wire/refusal.h.
enum class RefusalKind {
  not_signed,
  incomplete,   // the signature's parts are not all there, or malformed
  unknown_key,  // or a session token that does not belong to it
  expired_token,
  mismatch,
  expired,      // or not yet current
  url_expired,  // a presigned one, after the time that it says itself
  payload,      // the body is not what x-amz-content-sha256 says
};

struct Refusal {
  RefusalKind kind;
  std::string message = {};  // "" for the protocol's own words
};

// The moment that Signature::time says, in milliseconds since the Unix epoch, and back.
std::optional<std::int64_t> signature_time_ms(std::string_view time);
std::string signature_time(std::int64_t epoch_ms);

// How each text that is signed begins: the kind of signature, its time and its scope.
std::string scoped(const Signature& signature, std::string_view kind);

// Each throws Refusal.
Signature signature_of(const HttpRequest& request);
void check_time(const Signature& signature, std::int64_t now_ms);
void check_signature(const HttpRequest& request, const Signature& signature,
                     std::string_view secret_access_key);

}  // namespace votemu::wire
