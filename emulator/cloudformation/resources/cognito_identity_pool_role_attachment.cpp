// AWS::Cognito::IdentityPoolRoleAttachment
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

// In a template a mapping may have any name and say itself which provider it is of.
Json mappings_by_provider(const Json& properties) {
  Json mappings = Json::object();
  const auto given = properties.find("RoleMappings");
  if (given == properties.end() || !given->is_object()) return mappings;
  for (const auto& [name, mapping] : given->items()) {
    const std::string provider = text_property(mapping, "IdentityProvider");
    Json& made = mappings[provider.empty() ? name : provider];
    made = mapping;
    if (made.is_object()) made.erase("IdentityProvider");
  }
  return mappings;
}

class RoleAttachment final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, {"IdentityPoolId", "RoleMappings", "Roles"});
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    set_roles(context, properties);
    const std::string id = context.generated_name();
    return {id, {{"Id", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    set_roles(context, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    set_roles(context, {{"IdentityPoolId", text_property(state.properties, "IdentityPoolId")}});
  }

 private:
  static void set_roles(const ResourceContext& context, const Json& properties) {
    Json request = members_from(properties, {"IdentityPoolId", "Roles"});
    if (!request.contains("Roles")) request["Roles"] = Json::object();
    request["RoleMappings"] = mappings_by_provider(properties);
    if (request["RoleMappings"].empty()) request.erase("RoleMappings");
    context.call(context.services.cognito_identity, "SetIdentityPoolRoles", request);
  }

  std::vector<std::string> replacing_{"IdentityPoolId"};
};

}  // namespace

std::unique_ptr<ResourceType> cognito_identity_pool_role_attachment() {
  return std::make_unique<RoleAttachment>();
}

}  // namespace votemu::cloudformation
