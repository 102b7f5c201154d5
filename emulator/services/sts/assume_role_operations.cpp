// AssumeRole, AssumeRoleWithWebIdentity.
#include <algorithm>

#include "core/aws_error.h"
#include "services/sts/limits.h"
#include "services/sts/operations.h"
#include "services/sts/request.h"

namespace votemu::sts {
namespace {

using core::AwsError;
using core::Json;
using core::RequestContext;

constexpr core::TextRule web_token_rule{.least = limits::min_web_token_length,
                                        .most = limits::max_web_token_length};

constexpr core::TextRule external_id_rule{.least = limits::min_external_id_length,
                                          .most = limits::max_external_id_length};

// {"Credentials", "AssumedRoleUser"}. The session belongs to the role's account, whoever asked.
Json assumed(const Desk& desk, const RoleRequest& request,
             std::optional<core::WebIdentity> identity) {
  core::SessionClaims claims;
  claims.account = request.role.account;
  claims.role_arn = request.role.text;
  claims.session_name = request.session_name;
  claims.assumed_role_id = core::role_id(desk.roles, request.role) + ":" + request.session_name;
  claims.web_identity = std::move(identity);
  claims.policy = request.policy;
  claims.policy_arns = request.policy_arns;
  const auto issued = desk.issuer.issue(claims, desk.clock.now_ms() + request.duration_s * 1'000);
  Json answer{{"Credentials", credentials_json(issued)},
              {"AssumedRoleUser",
               {{"AssumedRoleId", claims.assumed_role_id},
                {"Arn", request.role.assumed(request.session_name)}}}};
  if (request.packed_policy_percent >= 0) {
    answer["PackedPolicySize"] = request.packed_policy_percent;
  }
  return answer;
}

void require_trust(const Desk& desk, const core::RoleArn& role, const core::RoleRequest& request,
                   const std::string& refusal) {
  if (desk.trust.allows && !desk.trust.allows(role, request)) {
    throw AwsError("AccessDenied", refusal, 403);
  }
}

Json assume_role(const Desk& desk, const RequestContext& context, const Json& request) {
  require_signed(context);
  const core::Constraints check(request);
  const auto external_id = check.text("ExternalId", external_id_rule);
  const RoleRequest role = role_request(check, request, desk.roles, desk.trust);
  const auto caller = desk.issuer.open(context.access_key, context.session_token);
  const bool chained = caller && !caller->claims.role_arn.empty();
  if (chained && role.duration_s > limits::max_chained_duration_s) {
    throw AwsError("ValidationError",
                   "The requested DurationSeconds exceeds the 1 hour session limit for roles "
                   "assumed by role chaining.");
  }
  core::RoleRequest asked{"sts:AssumeRole", context.scope.account, {}, {}, role.session_name};
  if (caller) asked.caller = caller->claims;
  asked.external_id = external_id.value_or("");
  const std::string arn = caller_identity(desk, context)["Arn"].get<std::string>();
  require_trust(desk, role.role, asked,
                "User: " + arn +
                    " is not authorized to perform: sts:AssumeRole on resource: " + role.role.text);
  return assumed(desk, role, std::nullopt);
}

core::OpenIdClaims verified(const Desk& desk, const std::string& token) {
  if (std::ranges::count(token, '.') != 2) {
    throw AwsError("InvalidIdentityToken",
                   "The ID Token provided is not a valid JWT. (You may see this error if you sent "
                   "an Access Token)");
  }
  auto claims = desk.web_tokens.verify(token);
  if (!claims) {
    throw AwsError("InvalidIdentityToken",
                   "Couldn't retrieve verification key from your identity provider,  please "
                   "reference AssumeRoleWithWebIdentity documentation for requirements");
  }
  const std::int64_t now_s = desk.clock.now_ms() / 1'000;
  if (now_s >= claims->expires_s) {
    // AWS has no space there either.
    throw AwsError("ExpiredTokenException", "Token expired: current date/time " +
                                                std::to_string(now_s) +
                                                " must be before the expiration date/time" +
                                                std::to_string(claims->expires_s));
  }
  return std::move(*claims);
}

Json assume_role_with_web_identity(const Desk& desk, const RequestContext&, const Json& request) {
  const core::Constraints check(request);
  const std::string token = check.required_text("WebIdentityToken", web_token_rule);
  const RoleRequest role = role_request(check, request, desk.roles, desk.trust);
  const core::OpenIdClaims claims = verified(desk, token);
  const std::string provider(core::cognito_identity_provider);
  const core::WebIdentity identity{provider, claims.subject, claims.audience, claims.methods};
  const core::RoleRequest asked{
      "sts:AssumeRoleWithWebIdentity", "", {}, identity, role.session_name};
  require_trust(desk, role.role, asked, "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  Json response = assumed(desk, role, identity);
  response["SubjectFromWebIdentityToken"] = claims.subject;
  response["Provider"] = provider;
  response["Audience"] = claims.audience;
  return response;
}

}  // namespace

void add_assume_role_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "AssumeRole", assume_role);
  add_operation(table, desk, "AssumeRoleWithWebIdentity", assume_role_with_web_identity);
}

}  // namespace votemu::sts
