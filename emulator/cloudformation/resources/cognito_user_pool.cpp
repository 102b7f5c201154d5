// AWS::Cognito::UserPool
#include <algorithm>

#include "cloudformation/resources/types.h"
#include "cloudformation/values.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_pool_name = 128;

// Named in templates as in the API.
const std::vector<std::string>& shared_members() {
  static const std::vector<std::string> names{"AccountRecoverySetting",
                                              "AdminCreateUserConfig",
                                              "AliasAttributes",
                                              "AutoVerifiedAttributes",
                                              "DeletionProtection",
                                              "DeviceConfiguration",
                                              "EmailConfiguration",
                                              "EmailVerificationMessage",
                                              "EmailVerificationSubject",
                                              "LambdaConfig",
                                              "MfaConfiguration",
                                              "Policies",
                                              "SmsAuthenticationMessage",
                                              "SmsConfiguration",
                                              "SmsVerificationMessage",
                                              "UserAttributeUpdateSettings",
                                              "UserPoolAddOns",
                                              "UserPoolTags",
                                              "UserPoolTier",
                                              "UsernameAttributes",
                                              "UsernameConfiguration",
                                              "VerificationMessageTemplate"};
  return names;
}

// The API wants the constraints' numbers as text.
Json schema_of(const Json& properties) {
  Json schema = properties.value("Schema", Json::array());
  if (!schema.is_array()) return schema;
  for (auto& attribute : schema) {
    if (!attribute.is_object()) continue;
    for (const auto* kind : {"StringAttributeConstraints", "NumberAttributeConstraints"}) {
      const auto constraints = attribute.find(kind);
      if (constraints == attribute.end() || !constraints->is_object()) continue;
      for (auto& limit : *constraints) limit = scalar_text(limit).value_or("");
    }
  }
  return schema;
}

Json members(const Json& properties, const std::string& name) {
  Json request = members_from(properties, shared_members());
  request["PoolName"] = name;
  // An app as second factor is switched on by another call, which nobody here needs.
  if (!properties.contains("SmsConfiguration")) request.erase("MfaConfiguration");
  if (!request.contains("UserPoolTags")) request["UserPoolTags"] = Json::object();
  return request;
}

// Attributes may be added, but those that are there stay as they are.
Json added_attributes(const Json& before, const Json& after) {
  const Json old = schema_of(before);
  const Json wanted = schema_of(after);
  const auto kept = [&](const Json& attribute) {
    return std::find(wanted.begin(), wanted.end(), attribute) != wanted.end();
  };
  if (!std::all_of(old.begin(), old.end(), kept)) {
    throw core::AwsError("InvalidParameterException",
                         "Existing schema attributes cannot be modified or deleted.");
  }
  Json added = Json::array();
  for (const auto& attribute : wanted) {
    if (std::find(old.begin(), old.end(), attribute) == old.end()) added.push_back(attribute);
  }
  return added;
}

class UserPool final : public ResourceType {
 public:
  UserPool() : known_(shared_members()) {
    known_.insert(known_.end(),
                  {"EmailAuthenticationMessage", "EmailAuthenticationSubject", "EnabledMfas",
                   "Schema", "UserPoolName", "WebAuthnFactorConfiguration",
                   "WebAuthnRelyingPartyID", "WebAuthnUserVerification"});
  }

  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    std::string name = text_property(properties, "UserPoolName");
    if (name.empty()) name = context.generated_name(longest_pool_name);
    Json request = members(properties, name);
    if (properties.contains("Schema")) request["Schema"] = schema_of(properties);
    const Json pool =
        context.call(context.services.cognito_user_pools, "CreateUserPool", request)["UserPool"];
    const std::string id = text_property(pool, "Id");
    const std::string provider =
        "cognito-idp." + context.request.scope.region + ".amazonaws.com/" + id;
    return {id,
            {{"Arn", pool["Arn"]},
             {"ProviderName", provider},
             {"ProviderURL", "https://" + provider},
             {"UserPoolId", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    for (const auto* lasting : {"AliasAttributes", "UsernameAttributes"}) {
      if (!differs(old.properties, properties, lasting)) continue;
      throw core::AwsError("InvalidRequest",
                           std::string("Updates are not allowed for property - ") + lasting + ".");
    }
    const Json added = added_attributes(old.properties, properties);
    Json request = members(properties, text_property(properties, "UserPoolName"));
    if (request["PoolName"] == "") request.erase("PoolName");
    request["UserPoolId"] = old.physical_id;
    context.call(context.services.cognito_user_pools, "UpdateUserPool", request);
    if (!added.empty()) {
      context.call(context.services.cognito_user_pools, "AddCustomAttributes",
                   {{"UserPoolId", old.physical_id}, {"CustomAttributes", added}});
    }
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.cognito_user_pools, "DeleteUserPool",
                 {{"UserPoolId", state.physical_id}});
  }

 private:
  std::vector<std::string> known_;
  std::vector<std::string> replacing_;
};

}  // namespace

std::unique_ptr<ResourceType> cognito_user_pool() {
  return std::make_unique<UserPool>();
}

}  // namespace votemu::cloudformation
