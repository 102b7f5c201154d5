#include "services/cognito/user_pool_settings.h"

#include "core/members.h"
#include "services/cognito/rules.h"
#include "services/cognito/typed.h"
#include "services/cognito/user_pool_schema.h"

namespace votemu::cognito {
namespace {

using core::Constraints;
using core::Json;

constexpr core::TextRule message_rule{.least = 6, .most = 20'000};
constexpr core::TextRule sms_message_rule{.least = 6, .most = 140};
constexpr core::TextRule subject_rule{.least = 1, .most = 140};

// The structure with what it does not say by default.
Json with_defaults(const Json& request, const char* member, Json defaults) {
  if (const Json* given = core::object_member(request, member)) defaults.update(*given);
  return defaults;
}

Json policies(const Constraints& check, const Json& request) {
  const Constraints given = check.within("Policies");
  const Constraints rules = given.within("PasswordPolicy");
  rules.integer("MinimumLength", 6, 99);
  rules.integer("TemporaryPasswordValidityDays", 0, 365);
  rules.integer("PasswordHistorySize", 0, 24);

  const Json* all = core::object_member(request, "Policies");
  const Json* password = all ? core::object_member(*all, "PasswordPolicy") : nullptr;
  // Whoever says anything of passwords does without the requirements that are not named.
  const bool strict = password == nullptr;
  Json made{{"MinimumLength", 8},         {"RequireUppercase", strict},
            {"RequireLowercase", strict}, {"RequireNumbers", strict},
            {"RequireSymbols", strict},   {"TemporaryPasswordValidityDays", 7}};
  if (password) {
    made.update(typed(*password, {{"MinimumLength", Kind::integer},
                                  {"RequireUppercase", Kind::boolean},
                                  {"RequireLowercase", Kind::boolean},
                                  {"RequireNumbers", Kind::boolean},
                                  {"RequireSymbols", Kind::boolean},
                                  {"PasswordHistorySize", Kind::integer},
                                  {"TemporaryPasswordValidityDays", Kind::integer}}));
  }
  Json sign_in{{"AllowedFirstAuthFactors", {"PASSWORD"}}};
  if (const Json* wanted = all ? core::object_member(*all, "SignInPolicy") : nullptr) {
    sign_in.update(*wanted);
  }
  return {{"PasswordPolicy", std::move(made)}, {"SignInPolicy", std::move(sign_in)}};
}

void check_multi_factor(const Json& request, const std::string& configuration) {
  if (configuration == "OFF") return;
  if (core::object_member(request, "SmsConfiguration")) return;
  throw invalid_parameter(
      "SMS configuration and Auto verification for phone_number are required when MFA is "
      "required/optional");
}

void copy_texts(const Constraints& check, Json& settings) {
  const auto copy = [&](const char* member, const core::TextRule& rule) {
    if (auto value = check.text(member, rule)) settings[member] = std::move(*value);
  };
  copy("SmsVerificationMessage", sms_message_rule);
  copy("SmsAuthenticationMessage", sms_message_rule);
  copy("EmailVerificationMessage", message_rule);
  copy("EmailVerificationSubject", subject_rule);
}

Json admin_create_user(const Json& request) {
  Json made{{"AllowAdminCreateUserOnly", false}, {"UnusedAccountValidityDays", 7}};
  const Json* given = core::object_member(request, "AdminCreateUserConfig");
  if (!given) return made;
  made.update(typed(*given, {{"AllowAdminCreateUserOnly", Kind::boolean},
                             {"UnusedAccountValidityDays", Kind::integer}}));
  if (const Json* invitation = core::object_member(*given, "InviteMessageTemplate")) {
    made["InviteMessageTemplate"] = *invitation;
  }
  return made;
}

Json account_recovery(const Constraints& check, const Json& given) {
  Json mechanisms = Json::array();
  const Constraints recovery = check.within("AccountRecoverySetting");
  if (const Json* list = core::array_member(given, "RecoveryMechanisms")) {
    for (const Json& element : *list) {
      const Constraints one = recovery.at(element, "RecoveryMechanisms", mechanisms.size());
      one.require("Priority");
      one.require("Name");
      one.integer("Priority", 1, 2);
      one.choice("Name", {"verified_email", "verified_phone_number", "admin_only"});
      mechanisms.push_back(typed(element, {{"Priority", Kind::integer}, {"Name", Kind::text}}));
    }
  }
  return {{"RecoveryMechanisms", std::move(mechanisms)}};
}

void copy_structures(const Constraints& check, const Json& request, Json& settings) {
  for (const auto* member : {"UserAttributeUpdateSettings", "SmsConfiguration", "UserPoolAddOns"}) {
    if (const Json* given = core::object_member(request, member)) settings[member] = *given;
  }
  if (const Json* devices = core::object_member(request, "DeviceConfiguration")) {
    settings["DeviceConfiguration"] =
        typed(*devices, {{"ChallengeRequiredOnNewDevice", Kind::boolean},
                         {"DeviceOnlyRememberedOnUserPrompt", Kind::boolean}});
  }
  if (const Json* recovery = core::object_member(request, "AccountRecoverySetting")) {
    settings["AccountRecoverySetting"] = account_recovery(check, *recovery);
  }
}

}  // namespace

Json lasting_settings(const Constraints& check, const Json& request) {
  Json settings = Json::object();
  settings["Name"] = check.required_text("PoolName", name_rule);
  settings["SchemaAttributes"] = schema_attributes(check, request);
  const Json* aliases =
      check.choices("AliasAttributes", {"phone_number", "email", "preferred_username"});
  const Json* names = check.choices("UsernameAttributes", {"phone_number", "email"});
  if (aliases && names && !aliases->empty() && !names->empty()) {
    throw invalid_parameter("Only one of aliasAttributes or usernameAttributes can be set.");
  }
  if (aliases && !aliases->empty()) settings["AliasAttributes"] = *aliases;
  if (names && !names->empty()) settings["UsernameAttributes"] = *names;
  if (const Json* naming = core::object_member(request, "UsernameConfiguration")) {
    check.within("UsernameConfiguration").require("CaseSensitive");
    settings["UsernameConfiguration"] = typed(*naming, {{"CaseSensitive", Kind::boolean}});
  }
  return settings;
}

Json changeable_settings(const Constraints& check, const Json& request) {
  Json settings = Json::object();
  settings["Policies"] = policies(check, request);
  settings["DeletionProtection"] =
      check.choice("DeletionProtection", {"ACTIVE", "INACTIVE"}).value_or("INACTIVE");
  settings["MfaConfiguration"] =
      check.choice("MfaConfiguration", {"OFF", "ON", "OPTIONAL"}).value_or("OFF");
  settings["UserPoolTier"] =
      check.choice("UserPoolTier", {"LITE", "ESSENTIALS", "PLUS"}).value_or("ESSENTIALS");
  const Json* verified = check.choices("AutoVerifiedAttributes", {"phone_number", "email"});
  if (verified && !verified->empty()) settings["AutoVerifiedAttributes"] = *verified;
  settings["LambdaConfig"] = with_defaults(request, "LambdaConfig", Json::object());
  settings["VerificationMessageTemplate"] = with_defaults(
      request, "VerificationMessageTemplate", {{"DefaultEmailOption", "CONFIRM_WITH_CODE"}});
  settings["EmailConfiguration"] =
      with_defaults(request, "EmailConfiguration", {{"EmailSendingAccount", "COGNITO_DEFAULT"}});
  settings["AdminCreateUserConfig"] = admin_create_user(request);
  copy_texts(check, settings);
  copy_structures(check, request, settings);
  settings["UserPoolTags"] = tags_member(check, request, "UserPoolTags");
  check.throw_if_any(user_pool_model_error);
  check_tag_count(settings["UserPoolTags"]);
  check_multi_factor(request, settings["MfaConfiguration"].get<std::string>());
  return settings;
}

}  // namespace votemu::cognito
