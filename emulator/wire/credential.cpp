#include "wire/credential.h"

#include <array>

#include "core/access_key.h"
#include "core/text.h"

namespace votemu::wire {
namespace {

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

Credential credential_of(const HttpRequest& request) {
  const auto authorization = request.headers.get("Authorization");
  if (authorization.starts_with("AWS4-HMAC-SHA256")) {
    return parse_credential(between(authorization, "Credential=", ", "));
  }
  if (authorization.starts_with("AWS ")) return signed_for_s3(between(authorization, " ", ":"));
  if (request.query().find("Signature=") != std::string_view::npos) {
    const auto key = between(request.query(), "AWSAccessKeyId=", "&");
    if (!key.empty()) return signed_for_s3(core::percent_decode(key));
  }
  const auto presigned = between(request.query(), "X-Amz-Credential=", "&");
  return presigned.empty() ? Credential{} : parse_credential(core::percent_decode(presigned));
}

std::string session_token_of(const HttpRequest& request) {
  if (const auto* header = request.headers.find("X-Amz-Security-Token")) return *header;
  return core::percent_decode(between(request.query(), "X-Amz-Security-Token=", "&"));
}

core::Scope scope_of(const Credential& credential) {
  core::Scope scope;
  if (core::is_account_id(credential.access_key)) scope.account = credential.access_key;
  if (is_region(credential.region)) scope.region = credential.region;
  return scope;
}

}  // namespace votemu::wire
