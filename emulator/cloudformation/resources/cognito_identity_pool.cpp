// AWS::Cognito::IdentityPool
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_pool_name = 128;

class IdentityPool final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(
        properties, {"AllowClassicFlow", "AllowUnauthenticatedIdentities", "CognitoEvents",
                     "CognitoIdentityProviders", "CognitoStreams", "DeveloperProviderName",
                     "IdentityPoolName", "IdentityPoolTags", "OpenIdConnectProviderARNs",
                     "PushSync", "SamlProviderARNs", "SupportedLoginProviders"});
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    std::string name = text_property(properties, "IdentityPoolName");
    if (name.empty()) name = context.generated_name(longest_pool_name);
    const Json made = context.call(context.services.cognito_identity, "CreateIdentityPool",
                                   members(properties, name));
    return described(text_property(made, "IdentityPoolId"), name);
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    std::string name = text_property(properties, "IdentityPoolName");
    if (name.empty()) name = text_property(old.attributes, "Name");
    Json request = members(properties, name);
    request["IdentityPoolId"] = old.physical_id;
    context.call(context.services.cognito_identity, "UpdateIdentityPool", request);
    return described(old.physical_id, name);
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.cognito_identity, "DeleteIdentityPool",
                 {{"IdentityPoolId", state.physical_id}});
  }

 private:
  static Made described(const std::string& id, const std::string& name) {
    return {id, {{"Id", id}, {"Name", name}}};
  }

  static Json members(const Json& properties, const std::string& name) {
    Json request = members_from(
        properties, {"AllowClassicFlow", "AllowUnauthenticatedIdentities",
                     "CognitoIdentityProviders", "DeveloperProviderName",
                     "OpenIdConnectProviderARNs", "SamlProviderARNs", "SupportedLoginProviders"});
    request["IdentityPoolName"] = name;
    request["IdentityPoolTags"] =
        tag_map({{"Tags", properties.value("IdentityPoolTags", Json::array())}});
    return request;
  }

  std::vector<std::string> replacing_;
};

}  // namespace

std::unique_ptr<ResourceType> cognito_identity_pool() {
  return std::make_unique<IdentityPool>();
}

}  // namespace votemu::cloudformation
