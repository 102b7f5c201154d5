#include "core/open_id_tokens.h"

#include <algorithm>

#include "core/aws_error.h"
#include "core/json.h"
#include "handlers/abi/base64.h"

namespace votemu::core {
namespace {

constexpr std::string_view purpose = "OpenID token";

// RFC 4648 section 5, without padding.
std::string base64url_encode(std::string_view bytes) {
  std::string text = abi::base64_encode(bytes);
  text.resize(text.find_last_not_of('=') + 1);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

std::optional<std::string> base64url_decode(std::string_view encoded) {
  std::string text(encoded);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  try {
    return abi::base64_decode(text);
  } catch (const AwsError&) {
    return std::nullopt;
  }
}

}  // namespace

std::string OpenIdTokens::issue(const OpenIdClaims& claims) const {
  const std::string region = claims.subject.substr(0, claims.subject.find(':'));
  const Json header{{"kid", region + "-1"}, {"typ", "JWS"}, {"alg", "HS256"}};
  const Json payload{
      {"sub", claims.subject},  {"aud", claims.audience},
      {"amr", claims.methods},  {"iss", "https://" + std::string(cognito_identity_provider)},
      {"iat", claims.issued_s}, {"exp", claims.expires_s}};
  const std::string text =
      base64url_encode(dump_json(header)) + "." + base64url_encode(dump_json(payload));
  return text + "." + base64url_encode(key_.sign(purpose, text));
}

std::optional<OpenIdClaims> OpenIdTokens::verify(std::string_view token) const {
  if (token.size() > max_open_id_token_bytes) return std::nullopt;
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == last) return std::nullopt;
  const auto code = base64url_decode(token.substr(last + 1));
  if (!code || !key_.verify(purpose, token.substr(0, last), *code)) return std::nullopt;
  const auto text = base64url_decode(token.substr(first + 1, last - first - 1));
  if (!text) return std::nullopt;
  const Json payload = parse_own_json(*text);
  return OpenIdClaims{payload.at("sub").get<std::string>(), payload.at("aud").get<std::string>(),
                      payload.at("amr").get<std::vector<std::string>>(),
                      payload.at("iat").get<std::int64_t>(), payload.at("exp").get<std::int64_t>()};
}

}  // namespace votemu::core
