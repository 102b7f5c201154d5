// Session credentials that are kept nowhere: the session token says, signed, whose they are and
// until when, and the secret follows from the access key's id. So they survive a restart, cost no
// rows, and whoever verifies a signature can compute its key.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/random.h"
#include "core/signing_key.h"

namespace votemu::core {

// A longer session token is not one of ours: what a role's ARN and an identity need, with room.
inline constexpr std::size_t max_session_token_bytes = 8'192;

// The managed policy that narrows the sessions of Cognito's guests, whatever their role says.
// https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
inline constexpr std::string_view guest_session_policy_arn =
    "arn:aws:iam::aws:policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy";

// Who somebody is to an identity provider; what policies know as
// "cognito-identity.amazonaws.com:…".
struct WebIdentity {
  std::string provider;              // "cognito-identity.amazonaws.com"
  std::string subject;               // `sub`: the identity id
  std::string audience;              // `aud`: the identity pool
  std::vector<std::string> methods;  // `amr`: "unauthenticated"

  bool operator==(const WebIdentity&) const = default;
};

// Whose credentials they are.
struct SessionClaims {
  std::string account;
  std::string role_arn;  // "" when no role was assumed: the account's own, by GetSessionToken
  std::string assumed_role_id;  // "AROA…:SESSION"
  std::string session_name;
  std::optional<WebIdentity> web_identity;
  // What narrows the session below what its role may do: a document of its own, and managed
  // policies.
  std::string policy = {};
  std::vector<std::string> policy_arns = {};

  bool operator==(const SessionClaims&) const = default;
};

struct TemporaryCredentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;
  std::int64_t expiration_ms;
};

// What a session token turned out to say.
struct Session {
  SessionClaims claims;
  std::string secret_access_key;
  std::int64_t expiration_ms;

  bool expired_at(std::int64_t now_ms) const { return now_ms >= expiration_ms; }
};

class CredentialIssuer {
 public:
  CredentialIssuer(const SigningKey& key, Random& random) : key_(key), random_(random) {}

  // Whole seconds, rounded down, as AWS writes an expiration.
  TemporaryCredentials issue(const SessionClaims& claims, std::int64_t expiration_ms) const;

  // nullopt when this token was not issued here for this access key. An expired session opens, too.
  std::optional<Session> open(std::string_view access_key, std::string_view session_token) const;

 private:
  std::string secret_of(std::string_view access_key) const;

  const SigningKey& key_;
  Random& random_;
};

}  // namespace votemu::core
