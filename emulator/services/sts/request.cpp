#include "services/sts/request.h"

#include <algorithm>

#include "core/aws_error.h"
#include "core/calendar.h"
#include "core/text.h"
#include "services/sts/limits.h"

namespace votemu::sts {
namespace {

using core::AwsError;
using core::Json;

bool is_session_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return core::is_alphanumeric(c) ||
           std::string_view("_+=,.@-").find(c) != std::string_view::npos;
  });
}

constexpr core::TextRule arn_rule{.least = limits::min_arn_length, .most = limits::max_arn_length};
constexpr core::TextRule session_name_rule{.least = limits::min_session_name_length,
                                           .most = limits::max_session_name_length,
                                           .pattern = "[\\w+=,.@-]*",
                                           .matches = is_session_name};
constexpr core::TextRule policy_rule{.least = 1, .most = limits::max_policy_length};

// A session's own policy is looked at, but narrows nothing.
void check_policy(const std::optional<std::string>& policy) {
  if (!policy) return;
  try {
    if (core::parse_json(*policy).is_object()) return;
  } catch (const AwsError&) {
  }
  throw AwsError("MalformedPolicyDocument", "This policy contains invalid Json");
}

void check_role_maximum(const core::RoleLookup& roles, const core::RoleArn& role,
                        std::int64_t duration_s) {
  const auto known = roles ? roles(role) : std::nullopt;
  if (known && duration_s > known->max_session_s) {
    throw AwsError("ValidationError",
                   "The requested DurationSeconds exceeds the MaxSessionDuration set for this "
                   "role.");
  }
}

}  // namespace

void require_signed(const core::RequestContext& context) {
  if (!context.access_key.empty()) return;
  throw AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
}

RoleRequest role_request(const core::Constraints& check, const core::RoleLookup& roles) {
  const std::string arn = check.required_text("RoleArn", arn_rule);
  std::string session_name = check.required_text("RoleSessionName", session_name_rule);
  const std::int64_t duration_s =
      check.integer("DurationSeconds", limits::min_duration_s, limits::max_role_duration_s)
          .value_or(limits::default_role_duration_s);
  const auto policy = check.text("Policy", policy_rule);
  check.throw_if_any("ValidationError");
  auto role = core::RoleArn::parse(arn);
  if (!role) throw AwsError("ValidationError", arn + " is invalid");
  check_policy(policy);
  check_role_maximum(roles, *role, duration_s);
  return {std::move(*role), std::move(session_name), duration_s};
}

Json credentials_json(const core::TemporaryCredentials& credentials) {
  return {{"AccessKeyId", credentials.access_key_id},
          {"SecretAccessKey", credentials.secret_access_key},
          {"SessionToken", credentials.session_token},
          {"Expiration", core::iso8601_s(credentials.expiration_ms)}};
}

}  // namespace votemu::sts
