// AWS::IAM::RolePolicy: one inline policy of one role.
#include "cloudformation/resources/iam_properties.h"
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

class IamRolePolicy final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, {"PolicyDocument", "PolicyName", "RoleName"});
    for (const char* required : {"PolicyName", "RoleName"}) {
      if (!properties.contains(required)) {
        throw core::validation_error("Properties validation failed: required key [" +
                                     std::string(required) + "] not found");
      }
    }
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    put(context, properties);
    return {text_property(properties, "PolicyName") + "|" + text_property(properties, "RoleName")};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    put(context, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    call_iam_removal(context, "DeleteRolePolicy",
                     members_from(state.properties, {"PolicyName", "RoleName"}));
  }

 private:
  static void put(const ResourceContext& context, const Json& properties) {
    Json members = members_from(properties, {"PolicyName", "RoleName"});
    members["PolicyDocument"] =
        policy_document_text(properties.value("PolicyDocument", Json::object()));
    context.call(context.services.iam, "PutRolePolicy", members);
  }

  std::vector<std::string> replacing_{"PolicyName", "RoleName"};
};

}  // namespace

std::unique_ptr<ResourceType> iam_role_policy() {
  return std::make_unique<IamRolePolicy>();
}

}  // namespace votemu::cloudformation
