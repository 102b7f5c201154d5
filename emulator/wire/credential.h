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

// What a signature of version 4 says whose it is, as it was sent, and what is verified as that:
// "AKIA…/20250522/us-east-1/sqs/aws4_request"; "" when there is none.
std::string credential_text_of(const HttpRequest& request);

// The value of the first such field of an Authorization header: "SignedHeaders".
std::string_view authorization_field(std::string_view authorization, std::string_view name);

// What comes with temporary credentials: the X-Amz-Security-Token header or query parameter; ""
// when there is none.
std::string session_token_of(const HttpRequest& request);

// The account is the access key when that is 12 digits; the region is the credential's.
core::Scope scope_of(const Credential& credential);

}  // namespace votemu::wire
