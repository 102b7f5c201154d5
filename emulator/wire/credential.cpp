#include "wire/credential.h"

#include <algorithm>
#include <array>

#include "core/access_key.h"
#include "core/text.h"
#include "wire/query_fields.h"

namespace votemu::wire {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

// access key / date / region / service / aws4_request
Credential parse_credential(std::string_view text) {
  std::array<std::string_view, 5> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto slash = text.find('/');
    if ((slash == std::string_view::npos) != (i + 1 == parts.size())) return {};
    parts[i] = text.substr(0, slash);
    text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
  }
  return {std::string(parts[0]), std::string(parts[2]), std::string(parts[3])};
}

// S3 alone still takes signatures of version 2, which say no region; URLs that are signed with it
// are what some clients make by default.
Credential signed_for_s3(std::string_view access_key) {
  return {std::string(access_key), "", "s3"};
}

std::string_view between(std::string_view text, std::string_view start, std::string_view ends) {
  const auto begin = text.find(start);
  if (begin == std::string_view::npos) return {};
  const auto rest = text.substr(begin + start.size());
  return rest.substr(0, rest.find_first_of(ends));
}

// Regions are parts of ARNs and of the store's keys: whatever else a client calls one is not one.
bool is_region(std::string_view text) {
  constexpr std::size_t longest = 64;
  return !text.empty() && text.size() <= longest &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
             std::string_view::npos;
}

}  // namespace

std::string_view authorization_field(std::string_view authorization, std::string_view name) {
  authorization.remove_prefix(std::min(authorization.find(' '), authorization.size()));
  while (!authorization.empty()) {
    auto field = authorization.substr(0, authorization.find(','));
    authorization.remove_prefix(std::min(field.size() + 1, authorization.size()));
    field.remove_prefix(std::min(field.find_first_not_of(' '), field.size()));
    if (!field.starts_with(name) || !field.substr(name.size()).starts_with('=')) continue;
    field.remove_prefix(name.size() + 1);
    return field.substr(0, field.find(' '));
  }
  return {};
}

std::string credential_text_of(const HttpRequest& request) {
  const auto authorization = request.headers.get("Authorization");
  if (authorization.starts_with(algorithm)) {
    return std::string(authorization_field(authorization, "Credential"));
  }
  return QueryFields(request.query()).get("X-Amz-Credential");
}

Credential credential_of(const HttpRequest& request) {
  const auto authorization = request.headers.get("Authorization");
  const QueryFields query(request.query());
  if (authorization.starts_with(algorithm)) {
    const auto text = authorization_field(authorization, "Credential");
    if (!text.empty()) return parse_credential(text);
  } else if (const auto text = query.get("X-Amz-Credential"); !text.empty()) {
    return parse_credential(text);
  }
  if (authorization.starts_with("AWS ")) return signed_for_s3(between(authorization, " ", ":"));
  return query.has("Signature") ? signed_for_s3(query.get("AWSAccessKeyId")) : Credential{};
}

std::string session_token_of(const HttpRequest& request) {
  if (const auto header = request.headers.find("X-Amz-Security-Token")) return std::string(*header);
  return core::percent_decode(between(request.query(), "X-Amz-Security-Token=", "&"));
}

core::Scope scope_of(const Credential& credential) {
  core::Scope scope;
  if (core::is_account_id(credential.access_key)) scope.account = credential.access_key;
  if (is_region(credential.region)) scope.region = credential.region;
  return scope;
}

}  // namespace votemu::wire
