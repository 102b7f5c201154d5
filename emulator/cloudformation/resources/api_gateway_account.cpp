// AWS::ApiGateway::Account
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

class Account final : public ResourceType {
 public:
  Made create(const ResourceContext& context, const Json& properties) const override {
    set_role(context, text_property(properties, "CloudWatchRoleArn"));
    const std::string id = context.generated_name();
    return {id, {{"Id", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    set_role(context, text_property(properties, "CloudWatchRoleArn"));
    return {old.physical_id, old.attributes};
  }

  // The account keeps its role, as in AWS.
  void remove(const ResourceContext&, const ResourceState&) const override {}

 private:
  static void set_role(const ResourceContext& context, const std::string& role) {
    const Json patch = {{"op", role.empty() ? "remove" : "replace"},
                        {"path", "/cloudwatchRoleArn"},
                        {"value", role}};
    context.call(context.services.apigateway, "UpdateAccount",
                 {{"patchOperations", Json::array({patch})}});
  }

  std::vector<std::string> replacing_;
};

}  // namespace

std::unique_ptr<ResourceType> api_gateway_account() {
  return std::make_unique<Account>();
}

}  // namespace votemu::cloudformation
