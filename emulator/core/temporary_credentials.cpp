#include "core/temporary_credentials.h"

#include "core/access_key.h"
#include "core/aws_error.h"
#include "core/json.h"
#include "handlers/abi/base64.h"

namespace votemu::core {
namespace {

constexpr std::string_view token_purpose = "session token";
constexpr std::string_view secret_purpose = "secret access key";
constexpr std::size_t code_bytes = 32;
constexpr std::size_t secret_length = 40;

Json described(const SessionClaims& claims) {
  Json json{{"account", claims.account}};
  if (!claims.role_arn.empty()) {
    json["role"] = claims.role_arn;
    json["role_id"] = claims.assumed_role_id;
    json["name"] = claims.session_name;
  }
  if (const auto& identity = claims.web_identity) {
    json["web"] = {{"provider", identity->provider},
                   {"sub", identity->subject},
                   {"aud", identity->audience},
                   {"amr", identity->methods}};
  }
  if (!claims.policy.empty()) json["policy"] = claims.policy;
  if (!claims.policy_arns.empty()) json["policies"] = claims.policy_arns;
  return json;
}

SessionClaims claims_of(const Json& json) {
  SessionClaims claims;
  claims.account = json.at("account").get<std::string>();
  claims.role_arn = json.value("role", "");
  claims.assumed_role_id = json.value("role_id", "");
  claims.session_name = json.value("name", "");
  if (const auto web = json.find("web"); web != json.end()) {
    claims.web_identity = WebIdentity{
        web->at("provider").get<std::string>(), web->at("sub").get<std::string>(),
        web->at("aud").get<std::string>(), web->at("amr").get<std::vector<std::string>>()};
  }
  claims.policy = json.value("policy", "");
  claims.policy_arns = json.value("policies", std::vector<std::string>{});
  return claims;
}

std::optional<std::string> decoded(std::string_view token) {
  if (token.size() > max_session_token_bytes) return std::nullopt;
  try {
    return abi::base64_decode(token);
  } catch (const AwsError&) {
    return std::nullopt;
  }
}

}  // namespace

TemporaryCredentials CredentialIssuer::issue(const SessionClaims& claims,
                                             std::int64_t expiration_ms) const {
  const std::int64_t expires_s = expiration_ms / 1'000;
  TemporaryCredentials issued;
  issued.access_key_id = make_access_key(random_, temporary_key_prefix, claims.account);
  issued.secret_access_key = secret_of(issued.access_key_id);
  issued.expiration_ms = expires_s * 1'000;
  Json token = described(claims);
  token["key"] = issued.access_key_id;
  token["exp"] = expires_s;
  const std::string text = dump_json(token);
  issued.session_token = abi::base64_encode(key_.sign(token_purpose, text) + text);
  return issued;
}

std::optional<Session> CredentialIssuer::open(std::string_view access_key,
                                              std::string_view session_token) const {
  const auto bytes = decoded(session_token);
  if (!bytes || bytes->size() <= code_bytes) return std::nullopt;
  const std::string_view text = std::string_view(*bytes).substr(code_bytes);
  if (!key_.verify(token_purpose, text, std::string_view(*bytes).substr(0, code_bytes))) {
    return std::nullopt;
  }
  const Json token = parse_own_json(text);
  if (token.at("key") != access_key) return std::nullopt;
  return Session{claims_of(token), secret_of(access_key),
                 token.at("exp").get<std::int64_t>() * 1'000};
}

std::string CredentialIssuer::secret_of(std::string_view access_key) const {
  return abi::base64_encode(key_.sign(secret_purpose, access_key)).substr(0, secret_length);
}

}  // namespace votemu::core
