// AWS::ApiGateway::Stage
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

Json patch(const std::string& operation, const std::string& path, const std::string& value) {
  Json made{{"op", operation}, {"path", path}};
  if (operation != "remove") made["value"] = value;
  return made;
}

class Stage final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    Json members = members_from(properties, {{"RestApiId", "restApiId"},
                                             {"StageName", "stageName"},
                                             {"DeploymentId", "deploymentId"},
                                             {"Description", "description"},
                                             {"Variables", "variables"},
                                             {"CacheClusterEnabled", "cacheClusterEnabled"},
                                             {"CacheClusterSize", "cacheClusterSize"},
                                             {"TracingEnabled", "tracingEnabled"}});
    if (properties.contains("Tags")) members["tags"] = tag_map(properties);
    context.call(context.services.apigateway, "CreateStage", members);
    return {text_property(properties, "StageName")};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    const Json operations = patches(old.properties, properties);
    if (!operations.empty()) {
      context.call(context.services.apigateway, "UpdateStage",
                   {{"restApiId", text_property(properties, "RestApiId")},
                    {"stageName", old.physical_id},
                    {"patchOperations", operations}});
    }
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.apigateway, "DeleteStage",
                 {{"restApiId", text_property(state.properties, "RestApiId")},
                  {"stageName", state.physical_id}});
  }

 private:
  static Json patches(const Json& before, const Json& properties) {
    Json operations = Json::array();
    for (const auto& [property, path] :
         {Renamed{"DeploymentId", "/deploymentId"}, Renamed{"Description", "/description"},
          Renamed{"TracingEnabled", "/tracingEnabled"}}) {
      if (!differs(before, properties, property)) continue;
      operations.push_back(patch("replace", path, text_property(properties, property)));
    }
    const Json old_variables = before.value("Variables", Json::object());
    const Json variables = properties.value("Variables", Json::object());
    for (const auto& [name, value] : old_variables.items()) {
      if (!variables.contains(name))
        operations.push_back(patch("remove", "/variables/" + name, ""));
    }
    for (const auto& [name, value] : variables.items()) {
      if (!differs(old_variables, variables, name)) continue;
      operations.push_back(patch("replace", "/variables/" + name, text_property(variables, name)));
    }
    return operations;
  }

  std::vector<std::string> known_{"AccessLogSetting",    "CacheClusterEnabled",
                                  "CacheClusterSize",    "CanarySetting",
                                  "ClientCertificateId", "DeploymentId",
                                  "Description",         "DocumentationVersion",
                                  "MethodSettings",      "RestApiId",
                                  "StageName",           "Tags",
                                  "TracingEnabled",      "Variables"};
  std::vector<std::string> replacing_{"RestApiId", "StageName"};
};

}  // namespace

std::unique_ptr<ResourceType> api_gateway_stage() {
  return std::make_unique<Stage>();
}

}  // namespace votemu::cloudformation
