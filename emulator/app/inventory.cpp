#include "app/inventory.h"

#include <algorithm>
#include <utility>

namespace votemu::app {
namespace {

using core::Json;

constexpr int max_apis = 500;  // as many as one answer holds

struct DeployedApi {
  std::string id;
  std::string stage;
  std::vector<std::string> paths;

  bool takes_votes() const { return std::ranges::find(paths, "POST /votes") != paths.end(); }
};

// SAM gives an API besides the stage that was asked for one named "Stage".
std::string stage_of(const Json& stages) {
  std::string chosen;
  for (const auto& stage : stages) {
    auto name = stage["stageName"].get<std::string>();
    if (chosen.empty() || chosen == "Stage") chosen = std::move(name);
  }
  return chosen;
}

class Reader {
 public:
  Reader(core::Store& store, const Operations& operations, const core::RequestContext& context)
      : store_(store), operations_(operations), context_(context) {}

  std::vector<DeployedApi> apis() const {
    std::vector<DeployedApi> found;
    const Json answer = call("apigateway", "GetRestApis", {{"limit", max_apis}});
    for (const auto& api : answer["item"]) {
      const Json members = {{"restApiId", api["id"]}};
      const Json stages = call("apigateway", "GetStages", members);
      if (stages["item"].empty()) continue;
      found.push_back({api["id"].get<std::string>(), stage_of(stages["item"]), paths(members)});
    }
    return found;
  }

  void add_functions(Inventory& inventory) const {
    const Json answer = call("lambda", "ListFunctions", Json::object());
    for (const auto& function : answer["Functions"]) {
      inventory.functions.push_back(function["FunctionName"].get<std::string>());
      const Json variables =
          function.value("Environment", Json::object()).value("Variables", Json::object());
      const auto topic = variables.find("IOT_TOPIC");
      if (topic != variables.end()) inventory.iot_topic = topic->get<std::string>();
    }
  }

  std::string identity_pool_id() const {
    const Json answer = call("cognito-identity", "ListIdentityPools", {{"MaxResults", 1}});
    const auto& pools = answer["IdentityPools"];
    return pools.empty() ? "" : pools[0]["IdentityPoolId"].get<std::string>();
  }

 private:
  Json call(std::string_view service, std::string_view operation, const Json& request) const {
    return core::call(store_, operations_.of(service), operation, context_, request);
  }

  std::vector<std::string> paths(const Json& api) const {
    std::vector<std::string> found;
    const Json answer = call("apigateway", "GetResources", api);
    for (const auto& resource : answer["item"]) {
      const Json methods = resource.value("resourceMethods", Json::object());
      for (const auto& method : methods.items()) {
        if (method.key() == "OPTIONS") continue;
        found.push_back(method.key() + " " + resource["path"].get<std::string>());
      }
    }
    return found;
  }

  core::Store& store_;
  const Operations& operations_;
  const core::RequestContext& context_;
};

// A stage's name alone leads to an API when no other has such a stage.
void add_api(Inventory& inventory, std::vector<DeployedApi> apis) {
  if (apis.empty()) return;
  auto chosen = std::ranges::find_if(apis, &DeployedApi::takes_votes);
  if (chosen == apis.end()) chosen = apis.begin();
  const bool only = std::ranges::count(apis, chosen->stage, &DeployedApi::stage) == 1;
  inventory.api_url_path =
      only ? "/" + chosen->stage : "/_aws/execute-api/" + chosen->id + "/" + chosen->stage;
  inventory.api_id = std::move(chosen->id);
  inventory.api_stage = std::move(chosen->stage);
  inventory.api_paths = std::move(chosen->paths);
}

}  // namespace

Inventory take_inventory(core::Store& store, const Operations& operations,
                         const core::RequestContext& context) {
  const Reader reader(store, operations, context);
  Inventory inventory;
  add_api(inventory, reader.apis());
  reader.add_functions(inventory);
  inventory.identity_pool_id = reader.identity_pool_id();
  return inventory;
}

}  // namespace votemu::app
