#include "services/cognito/user_pool_client_settings.h"

#include "core/members.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Constraints;
using core::Json;

constexpr std::int64_t default_refresh_token_days = 30;
constexpr std::int64_t default_auth_session_minutes = 3;
constexpr core::TextRule attribute_rule{.least = 1, .most = 2'048};
constexpr core::TextRule url_rule{.least = 1, .most = 1'024};
constexpr core::TextRule provider_rule{.least = 1, .most = 32};
constexpr core::TextRule scope_rule{.least = 1, .most = 256};

void copy(Json& settings, const char* member, const Json* value) {
  if (value) settings[member] = *value;
}

void copy_lifetimes(const Constraints& check, Json& settings) {
  settings["RefreshTokenValidity"] =
      check.integer("RefreshTokenValidity", 0, 315'360'000).value_or(default_refresh_token_days);
  for (const auto* member : {"AccessTokenValidity", "IdTokenValidity"}) {
    if (const auto value = check.integer(member, 1, 86'400)) settings[member] = *value;
  }
  settings["AuthSessionValidity"] =
      check.integer("AuthSessionValidity", 3, 15).value_or(default_auth_session_minutes);
  const Constraints units = check.within("TokenValidityUnits");
  settings["TokenValidityUnits"] = Json::object();
  for (const auto* token : {"AccessToken", "IdToken", "RefreshToken"}) {
    const auto unit = units.choice(token, {"seconds", "minutes", "hours", "days"});
    if (unit) settings["TokenValidityUnits"][token] = *unit;
  }
}

void copy_sign_in(const Constraints& check, Json& settings) {
  copy(settings, "ReadAttributes", check.texts("ReadAttributes", attribute_rule, 0, SIZE_MAX));
  copy(settings, "WriteAttributes", check.texts("WriteAttributes", attribute_rule, 0, SIZE_MAX));
  copy(settings, "ExplicitAuthFlows",
       check.choices(
           "ExplicitAuthFlows",
           {"ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH",
            "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH"}));
  copy(settings, "SupportedIdentityProviders",
       check.texts("SupportedIdentityProviders", provider_rule, 0, SIZE_MAX));
  if (const auto value = check.choice("PreventUserExistenceErrors", {"LEGACY", "ENABLED"})) {
    settings["PreventUserExistenceErrors"] = *value;
  }
}

void copy_oauth(const Constraints& check, Json& settings) {
  copy(settings, "CallbackURLs", check.texts("CallbackURLs", url_rule, 0, 100));
  copy(settings, "LogoutURLs", check.texts("LogoutURLs", url_rule, 0, 100));
  copy(settings, "AllowedOAuthFlows",
       check.choices("AllowedOAuthFlows", {"code", "implicit", "client_credentials"}));
  copy(settings, "AllowedOAuthScopes", check.texts("AllowedOAuthScopes", scope_rule, 0, 50));
  if (const auto url = check.text("DefaultRedirectURI", url_rule)) {
    settings["DefaultRedirectURI"] = *url;
  }
}

}  // namespace

Json client_settings(const Constraints& check, const Json& request) {
  Json settings = Json::object();
  copy_lifetimes(check, settings);
  copy_sign_in(check, settings);
  copy_oauth(check, settings);
  const auto flag = [&](const char* member, bool otherwise) {
    settings[member] = core::boolean_member(request, member).value_or(otherwise);
  };
  flag("AllowedOAuthFlowsUserPoolClient", false);
  flag("EnableTokenRevocation", true);
  flag("EnablePropagateAdditionalUserContextData", false);
  for (const auto* member : {"AnalyticsConfiguration", "RefreshTokenRotation"}) {
    copy(settings, member, core::object_member(request, member));
  }
  check.throw_if_any(user_pool_model_error);
  return settings;
}

}  // namespace votemu::cognito
