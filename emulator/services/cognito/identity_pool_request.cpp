#include "services/cognito/identity_pool_request.h"

#include "core/members.h"
#include "services/cognito/limits.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Constraints;
using core::Json;

Json cognito_providers(const Constraints& check, const Json& given) {
  Json providers = Json::array();
  for (const Json& element : given) {
    const auto provider = check.at(element, "CognitoIdentityProviders", providers.size());
    Json made = Json::object();
    if (auto name = provider.text("ProviderName", provider_name_rule)) made["ProviderName"] = *name;
    if (auto client = provider.text("ClientId", client_of_provider_rule)) {
      made["ClientId"] = *client;
    }
    made["ServerSideTokenCheck"] =
        core::boolean_member(element, "ServerSideTokenCheck").value_or(false);
    providers.push_back(std::move(made));
  }
  return providers;
}

Json login_providers(const Constraints& check, const Json& given) {
  if (given.size() > limits::max_login_providers) {
    check.length(core::dump_json(given), "SupportedLoginProviders", given.size(), 0,
                 limits::max_login_providers);
  }
  Json providers = Json::object();
  for (const auto& [name, unused] : given.items()) {
    providers[name] = core::string_member(given, name).value_or("");
  }
  return providers;
}

}  // namespace

Json identity_pool_settings(const Constraints& check, const Json& request) {
  Json settings = Json::object();
  settings["IdentityPoolName"] = check.required_text("IdentityPoolName", name_rule);
  check.require("AllowUnauthenticatedIdentities");
  settings["AllowUnauthenticatedIdentities"] =
      core::boolean_member(request, "AllowUnauthenticatedIdentities").value_or(false);
  // Absent is not the same as false: see GetOpenIdToken.
  if (const auto classic = core::boolean_member(request, "AllowClassicFlow")) {
    settings["AllowClassicFlow"] = *classic;
  }
  if (const auto name = check.text("DeveloperProviderName", developer_provider_rule)) {
    settings["DeveloperProviderName"] = *name;
  }
  if (const Json* logins = core::object_member(request, "SupportedLoginProviders")) {
    settings["SupportedLoginProviders"] = login_providers(check, *logins);
  }
  if (const Json* providers = core::array_member(request, "CognitoIdentityProviders")) {
    settings["CognitoIdentityProviders"] = cognito_providers(check, *providers);
  }
  for (const auto* member : {"OpenIdConnectProviderARNs", "SamlProviderARNs"}) {
    if (const Json* arns = check.texts(member, arn_rule, 0, SIZE_MAX)) settings[member] = *arns;
  }
  settings["IdentityPoolTags"] = tags_member(check, request, "IdentityPoolTags");
  check.throw_if_any(identity_model_error);
  check_tag_count(settings["IdentityPoolTags"]);
  return settings;
}

}  // namespace votemu::cognito
