// GetId, GetCredentialsForIdentity, GetOpenIdToken: what browsers call before they have any
// credentials. https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
#include <algorithm>

#include "core/calendar.h"
#include "core/members.h"
#include "services/cognito/identities.h"
#include "services/cognito/identity_pools.h"
#include "services/cognito/limits.h"
#include "services/cognito/operations.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::AwsError;
using core::Json;
using core::RequestContext;

constexpr std::string_view session_name = "CognitoIdentityCredentials";
constexpr std::string_view guest_method = "unauthenticated";
constexpr core::TextRule login_token_rule{.least = 1, .most = 50'000};
constexpr core::TextRule account_rule{.least = 1, .most = 15};

void check_logins(const core::Constraints& check, const Json& request) {
  const Json* logins = core::object_member(request, "Logins");
  if (!logins) return;
  check.length("{" + std::to_string(logins->size()) + " logins}", "Logins", logins->size(), 0,
               limits::max_logins);
  for (const auto& [provider, unused] : logins->items()) {
    check.within("Logins").text(provider, login_token_rule);
  }
}

bool supports(const Json& pool, const std::string& provider) {
  const Json* logins = core::find_member(pool, "SupportedLoginProviders");
  if (logins && logins->contains(provider)) return true;
  const Json* providers = core::find_member(pool, "CognitoIdentityProviders");
  if (!providers) return false;
  return std::ranges::any_of(
      *providers, [&](const Json& one) { return one.value("ProviderName", "") == provider; });
}

// Nobody can log in here, so that no login's token is a good one.
void check_guests_allowed(const IdentityPool& pool, const Json& request) {
  const Json* logins = core::object_member(request, "Logins");
  if (logins && !logins->empty()) {
    for (const auto& [provider, unused] : logins->items()) {
      if (supports(pool.description(), provider)) continue;
      throw not_authorized("Token is not from a supported provider of this identity pool.");
    }
    throw not_authorized("Invalid login token. Not a valid OpenId Connect identity token.");
  }
  if (pool.description()["AllowUnauthenticatedIdentities"] != true) {
    throw not_authorized("Unauthenticated access is not supported for this identity pool.");
  }
}

struct Guest {
  Identity identity;
  IdentityPool pool;
};

Guest guest_of(const Desk& desk, const Json& request) {
  const core::Constraints check(request);
  const std::string id = check.required_text("IdentityId", identity_id_rule);
  check_logins(check, request);
  check.text("CustomRoleArn", arn_rule);
  check.throw_if_any(identity_model_error);
  Identity identity = Identities(desk.runtime.store).existing(id);
  IdentityPool pool = IdentityPools(desk.runtime.store).existing_anywhere(identity.pool_id);
  check_guests_allowed(pool, request);
  return {std::move(identity), std::move(pool)};
}

Json get_id(const Desk& desk, const RequestContext&, const Json& request) {
  const core::Constraints check(request);
  const std::string pool_id = check.required_text("IdentityPoolId", identity_id_rule);
  check.text("AccountId", account_rule);
  check_logins(check, request);
  check.throw_if_any(identity_model_error);
  const IdentityPool pool = IdentityPools(desk.runtime.store).existing_anywhere(pool_id);
  check_guests_allowed(pool, request);

  const std::string id = pool.scope.region + ":" + desk.runtime.random.uuid();
  Identities(desk.runtime.store).add(id, pool_id, desk.runtime.clock.now_ms());
  return {{"IdentityId", id}};
}

AwsError invalid_pool_configuration() {
  return AwsError("InvalidIdentityPoolConfigurationException",
                  "Invalid identity pool configuration. Check assigned IAM roles for this pool.");
}

core::RoleArn guest_role(const IdentityPool& pool) {
  const auto arn = core::string_member(pool.row["Roles"], guest_method).value_or("");
  auto role = core::RoleArn::parse(arn);
  if (!role) throw invalid_pool_configuration();
  return std::move(*role);
}

void check_trust(const core::RoleTrust& trust, const core::RoleArn& role,
                 const core::SessionClaims& claims) {
  if (!trust.allows) return;
  const core::RoleRequest request{
      "sts:AssumeRoleWithWebIdentity", "", {}, claims.web_identity, claims.session_name};
  if (!trust.allows(role, request)) throw invalid_pool_configuration();
}

Json get_credentials_for_identity(const Desk& desk, const RequestContext&, const Json& request) {
  const Guest guest = guest_of(desk, request);
  const core::RoleArn role = guest_role(guest.pool);

  core::SessionClaims claims;
  claims.account = role.account;
  claims.role_arn = role.text;
  claims.session_name = session_name;
  claims.assumed_role_id = core::role_id(desk.roles, role) + ":" + claims.session_name;
  claims.web_identity = core::WebIdentity{std::string(core::cognito_identity_provider),
                                          guest.identity.id,
                                          guest.pool.id,
                                          {std::string(guest_method)}};
  claims.policy_arns = {std::string(core::guest_session_policy_arn)};
  check_trust(desk.trust, role, claims);
  const auto issued = desk.issuer.issue(
      claims, desk.runtime.clock.now_ms() + limits::credentials_lifetime_s * 1'000);
  return {{"IdentityId", guest.identity.id},
          {"Credentials",
           {{"AccessKeyId", issued.access_key_id},
            {"SecretKey", issued.secret_access_key},
            {"SessionToken", issued.session_token},
            {"Expiration", core::epoch_seconds(issued.expiration_ms)}}}};
}

Json get_open_id_token(const Desk& desk, const RequestContext&, const Json& request) {
  const Guest guest = guest_of(desk, request);
  const Json* classic = core::find_member(guest.pool.description(), "AllowClassicFlow");
  if (classic && *classic == false) {
    throw invalid_parameter("Basic (classic) flow is not enabled, please use enhanced flow.");
  }
  core::OpenIdClaims claims;
  claims.subject = guest.identity.id;
  claims.audience = guest.pool.id;
  claims.methods = {std::string(guest_method)};
  claims.issued_s = desk.runtime.clock.now_ms() / 1'000;
  claims.expires_s = claims.issued_s + limits::open_id_token_lifetime_s;
  return {{"IdentityId", guest.identity.id}, {"Token", desk.tokens.issue(claims)}};
}

}  // namespace

void add_guest_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "GetId", get_id);
  add_operation(table, desk, "GetCredentialsForIdentity", get_credentials_for_identity);
  add_operation(table, desk, "GetOpenIdToken", get_open_id_token);
}

}  // namespace votemu::cognito
