// The credential scope of a signed request: who asks, which region and service they mean.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <string>
#include <string_view>

#include "core/ids.h"
#include "wire/http.h"

namespace votemu::wire {

struct Credential {
  std::string access_key;  // "" when the request is not signed
  std::string region;
  std::string service;  // the signing name: "dynamodb", "sqs", "execute-api"
};

// From the Authorization header or the X-Amz-Credential query parameter; empty when there is none
// or it is malformed. No signature is verified here.
Credential credential_of(const HttpRequest& request);

// What comes with temporary credentials: the X-Amz-Security-Token header or query parameter; ""
// when there is none.
std::string session_token_of(const HttpRequest& request);

// The account is the access key when that is 12 digits; the region is the credential's.
core::Scope scope_of(const Credential& credential);

}  // namespace votemu::wire
