// AWS::IAM::Policy: the same inline policy in each of some roles.
#include "cloudformation/resources/iam_properties.h"
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

void put(const ResourceContext& context, const std::string& role, const Json& properties) {
  context.call(context.services.iam, "PutRolePolicy",
               {{"RoleName", role},
                {"PolicyName", text_property(properties, "PolicyName")},
                {"PolicyDocument", policy_document_text(properties["PolicyDocument"])}});
}

void take_back(const ResourceContext& context, const std::string& role, const Json& properties) {
  call_iam_removal(context, "DeleteRolePolicy",
                   {{"RoleName", role}, {"PolicyName", text_property(properties, "PolicyName")}});
}

class IamPolicy final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties,
                              {"Groups", "PolicyDocument", "PolicyName", "Roles", "Users"});
    for (const char* required : {"PolicyDocument", "PolicyName"}) {
      if (!properties.contains(required)) {
        throw core::validation_error("Properties validation failed: required key [" +
                                     std::string(required) + "] not found");
      }
    }
    refuse_users_and_groups(properties);
    if (text_list(properties, "Roles").empty()) {
      throw core::validation_error("At least one of [Groups,Roles,Users] must be non-empty.");
    }
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    for (const auto& role : text_list(properties, "Roles")) put(context, role, properties);
    const std::string id = context.generated_name();
    return {id, {{"Id", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    const bool renamed = differs(old.properties, properties, "PolicyName");
    const auto wanted = text_list(properties, "Roles");
    follow_list(
        text_list(old.properties, "Roles"), renamed ? std::vector<std::string>() : wanted,
        [&](const std::string& role) { take_back(context, role, old.properties); },
        [](const std::string&) {});
    for (const auto& role : wanted) put(context, role, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    for (const auto& role : text_list(state.properties, "Roles")) {
      take_back(context, role, state.properties);
    }
  }

 private:
  std::vector<std::string> replacing_;
};

}  // namespace

std::unique_ptr<ResourceType> iam_policy() {
  return std::make_unique<IamPolicy>();
}

}  // namespace votemu::cloudformation
