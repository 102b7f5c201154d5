// AWS::ApiGateway::Deployment
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

class Deployment final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, {"DeploymentCanarySettings", "Description", "RestApiId",
                                           "StageDescription", "StageName"});
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    Json members = members_from(
        properties,
        {{"RestApiId", "restApiId"}, {"Description", "description"}, {"StageName", "stageName"}});
    const Json made = context.call(context.services.apigateway, "CreateDeployment", members);
    const std::string id = text_property(made, "id");
    return {id, {{"DeploymentId", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext&, const ResourceState& old, const Json&) const override {
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    remove_own_stage(context, state);
    context.call(context.services.apigateway, "DeleteDeployment",
                 {{"restApiId", text_property(state.properties, "RestApiId")},
                  {"deploymentId", state.physical_id}});
  }

 private:
  // The stage that this deployment made, unless a later one has taken it over: a deployment cannot
  // be deleted while a stage shows it.
  static void remove_own_stage(const ResourceContext& context, const ResourceState& state) {
    const std::string stage_name = text_property(state.properties, "StageName");
    if (stage_name.empty()) return;
    const Json stage{{"restApiId", text_property(state.properties, "RestApiId")},
                     {"stageName", stage_name}};
    try {
      const Json found = context.call(context.services.apigateway, "GetStage", stage);
      if (text_property(found, "deploymentId") != state.physical_id) return;
      context.call(context.services.apigateway, "DeleteStage", stage);
    } catch (const core::AwsError&) {
      return;  // it is gone already
    }
  }

  std::vector<std::string> replacing_{"RestApiId"};
};

}  // namespace

std::unique_ptr<ResourceType> api_gateway_deployment() {
  return std::make_unique<Deployment>();
}

}  // namespace votemu::cloudformation
