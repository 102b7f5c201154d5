// The OpenID tokens that identity pools give: JSON Web Tokens (RFC 7519), signed with this votemu's
// own key, so that only it can verify them.
// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdToken.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/signing_key.h"

namespace votemu::core {

inline constexpr std::string_view cognito_identity_provider = "cognito-identity.amazonaws.com";

// STS takes no longer ones.
inline constexpr std::size_t max_open_id_token_bytes = 20'000;

struct OpenIdClaims {
  std::string subject;               // the identity id, "us-east-1:…"
  std::string audience;              // the identity pool
  std::vector<std::string> methods;  // `amr`: "unauthenticated"
  std::int64_t issued_s = 0;         // since the Unix epoch, as JWTs have it
  std::int64_t expires_s = 0;

  bool operator==(const OpenIdClaims&) const = default;
};

class OpenIdTokens {
 public:
  explicit OpenIdTokens(const SigningKey& key) : key_(key) {}

  std::string issue(const OpenIdClaims& claims) const;

  // nullopt when the token was not issued here. One that has expired verifies, too.
  std::optional<OpenIdClaims> verify(std::string_view token) const;

 private:
  const SigningKey& key_;
};

}  // namespace votemu::core
