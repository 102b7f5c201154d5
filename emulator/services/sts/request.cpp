#include "services/sts/request.h"

#include <algorithm>

#include "core/aws_error.h"
#include "core/calendar.h"
#include "core/members.h"
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

void check_policy(const std::string& policy, const core::RoleTrust& trust) {
  bool is_object = false;
  try {
    is_object = core::parse_json(policy).is_object();
  } catch (const AwsError&) {
  }
  if (!is_object) throw AwsError("MalformedPolicyDocument", "This policy contains invalid Json");
  if (trust.check_policy) trust.check_policy(policy);
}

// PolicyArns: [{"arn": …}]
std::vector<std::string> policy_arns(const core::Constraints& check, const Json& request) {
  std::vector<std::string> arns;
  const Json* list = core::array_member(request, "PolicyArns");
  if (!list) return arns;
  check.length("[" + std::to_string(list->size()) + " policies]", "PolicyArns", list->size(), 0,
               limits::max_policy_arns);
  for (std::size_t i = 0; i < std::min(list->size(), limits::max_policy_arns); ++i) {
    const auto arn = check.at((*list)[i], "PolicyArns", i).text("arn", arn_rule);
    if (arn) arns.push_back(*arn);
  }
  return arns;
}

int packed_percent(const std::string& policy, const std::vector<std::string>& arns) {
  std::size_t bytes = policy.size();
  for (const auto& arn : arns) bytes += arn.size();
  if (bytes == 0) return -1;
  const std::size_t percent =
      (bytes * 100 + limits::max_packed_policy_bytes - 1) / limits::max_packed_policy_bytes;
  if (percent > 100) {
    throw AwsError("PackedPolicyTooLarge", "Packed policy consumes " + std::to_string(percent) +
                                               "% of allotted space, please use smaller policy.");
  }
  return static_cast<int>(percent);
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

RoleRequest role_request(const core::Constraints& check, const Json& request,
                         const core::RoleLookup& roles, const core::RoleTrust& trust) {
  const std::string arn = check.required_text("RoleArn", arn_rule);
  std::string session_name = check.required_text("RoleSessionName", session_name_rule);
  const std::int64_t duration_s =
      check.integer("DurationSeconds", limits::min_duration_s, limits::max_role_duration_s)
          .value_or(limits::default_role_duration_s);
  const auto policy = check.text("Policy", policy_rule);
  auto arns = policy_arns(check, request);
  check.throw_if_any("ValidationError");
  auto role = core::RoleArn::parse(arn);
  if (!role) throw AwsError("ValidationError", arn + " is invalid");
  if (policy) check_policy(*policy, trust);
  const int packed = packed_percent(policy.value_or(""), arns);
  check_role_maximum(roles, *role, duration_s);
  return {std::move(*role),    std::move(session_name), duration_s,
          policy.value_or(""), std::move(arns),         packed};
}

Json credentials_json(const core::TemporaryCredentials& credentials) {
  return {{"AccessKeyId", credentials.access_key_id},
          {"SecretAccessKey", credentials.secret_access_key},
          {"SessionToken", credentials.session_token},
          {"Expiration", core::iso8601_s(credentials.expiration_ms)}};
}

}  // namespace votemu::sts
