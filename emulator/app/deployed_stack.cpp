#include "app/deployed_stack.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "app/voting_template.h"

namespace votemu::app {
namespace {

using core::Json;

std::string read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw cloudformation::TemplateError(name + ": cannot be read");
  return text;
}

cloudformation::Deployment deployment_of(const Config& config, std::uint16_t port) {
  cloudformation::Deployment deployment;
  deployment.stack_name = config.stack_name.empty() ? "voting-app" : config.stack_name;
  deployment.parameters = config.parameters;
  if (!config.template_file.empty()) {
    deployment.template_text = read_file(config.template_file);
    deployment.file_name = config.template_file;
    return deployment;
  }
  deployment.template_text = std::string(voting_template());
  deployment.file_name = "voting-app/template.yaml";
  deployment.parameters.try_emplace("IotEndpoint", "localhost:" + std::to_string(port));
  return deployment;
}

// SAM gives an API besides the stage that was asked for one named "Stage".
std::string stage_of(const Json& stages) {
  std::string chosen;
  for (const auto& stage : stages) {
    auto name = stage["stageName"].get<std::string>();
    if (chosen.empty() || chosen == "Stage") chosen = std::move(name);
  }
  return chosen;
}

// What the deployed resources say of themselves, through the same operations that clients use.
class Inventory {
 public:
  Inventory(core::Runtime& runtime, const Operations& operations, core::RequestContext context)
      : runtime_(runtime), operations_(operations), context_(std::move(context)) {}

  void add_api(DeployedStack& stack) const {
    const Json apis = call("apigateway", "GetRestApis", Json::object());
    for (const auto& api : apis["item"]) {
      const Json members = {{"restApiId", api["id"]}};
      const Json stages = call("apigateway", "GetStages", members);
      if (stages["item"].empty()) continue;
      stack.api_id = api["id"].get<std::string>();
      stack.api_stage = stage_of(stages["item"]);
      add_paths(stack, members);
      return;
    }
  }

  void add_functions(DeployedStack& stack) const {
    const Json functions = call("lambda", "ListFunctions", Json::object());
    for (const auto& function : functions["Functions"]) {
      stack.functions.push_back(function["FunctionName"].get<std::string>());
      const Json variables =
          function.value("Environment", Json::object()).value("Variables", Json::object());
      if (variables.contains("IOT_TOPIC"))
        stack.iot_topic = variables["IOT_TOPIC"].get<std::string>();
    }
  }

 private:
  Json call(std::string_view service, std::string_view operation, const Json& request) const {
    return core::call(runtime_.store, operations_.of(service), operation, context_, request);
  }

  void add_paths(DeployedStack& stack, const Json& api) const {
    const Json resources = call("apigateway", "GetResources", api);
    for (const auto& resource : resources["item"]) {
      const Json methods = resource.value("resourceMethods", Json::object());
      for (const auto& method : methods.items()) {
        if (method.key() == "OPTIONS") continue;
        stack.api_paths.push_back(method.key() + " " + resource["path"].get<std::string>());
      }
    }
  }

  core::Runtime& runtime_;
  const Operations& operations_;
  core::RequestContext context_;
};

}  // namespace

DeployedStack deploy_stack(const Config& config, std::uint16_t port, core::Runtime& runtime,
                           cloudformation::Stacks& stacks, const Operations& operations) {
  DeployedStack stack;
  core::RequestContext context;
  context.host = "localhost:" + std::to_string(port);
  if (!config.empty) {
    const auto summary = stacks.deploy(context, deployment_of(config, port));
    stack.name = summary.name;
    const auto pool = summary.outputs.find("CognitoIdentityPoolId");
    if (pool != summary.outputs.end()) stack.identity_pool_id = pool->second;
  }
  const Inventory inventory(runtime, operations, context);
  inventory.add_api(stack);
  inventory.add_functions(stack);
  return stack;
}

}  // namespace votemu::app
