// CreateDeployment, GetDeployment, GetDeployments, UpdateDeployment, DeleteDeployment.
#include <algorithm>
#include <array>
#include <vector>

#include "core/members.h"
#include "services/apigateway/api_rows.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/members.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/patching.h"
#include "services/apigateway/stages.h"

namespace votemu::apigateway {
namespace {

using core::Json;
using core::RequestContext;

void check_deployable(const Json& api) {
  bool any_method = false;
  for (const Json& resource : api["resources"]) {
    for (const Json& method : resource["resourceMethods"]) {
      any_method = true;
      if (!method.contains("methodIntegration")) {
        throw bad_request("No integration defined for method");
      }
    }
  }
  if (!any_method) throw bad_request("The REST API doesn't contain any methods");
}

bool has_stage(const Json& api, const std::string& deployment_id) {
  const Json& stages = api["stages"];
  return std::any_of(stages.begin(), stages.end(),
                     [&](const Json& stage) { return stage["deploymentId"] == deployment_id; });
}

Json described_deployment(const Json& deployment) {
  Json description = deployment;
  description.erase("snapshot");
  description.erase("sequence");
  return description;
}

// Newest last.
std::vector<const Json*> in_order(const Json& deployments) {
  std::vector<const Json*> ordered;
  for (const Json& deployment : deployments) ordered.push_back(&deployment);
  std::sort(ordered.begin(), ordered.end(),
            [](const Json* a, const Json* b) { return (*a)["sequence"] < (*b)["sequence"]; });
  return ordered;
}

void drop_old_deployments(Json& api) {
  Json& deployments = api["deployments"];
  std::vector<std::string> unused;
  for (const Json* deployment : in_order(deployments)) {
    const std::string id = (*deployment)["id"].get<std::string>();
    if (!has_stage(api, id)) unused.push_back(id);
  }
  for (const auto& id : unused) {
    if (deployments.size() <= limits::kept_deployments) return;
    deployments.erase(id);
  }
}

Json new_deployment(State& state, Json& api) {
  constexpr std::size_t id_length = 6;
  const std::int64_t sequence = api["sequence"].get<std::int64_t>() + 1;
  api["sequence"] = sequence;
  return {{"id", state.runtime.random.alphanumeric(id_length)},
          {"createdDate", seconds_now(state)},
          {"sequence", sequence},
          {"snapshot",
           {{"resources", api["resources"]},
            {"binaryMediaTypes", api.value("binaryMediaTypes", Json::array())}}}};
}

// The stage that CreateDeployment names: made when it is not there, else moved.
void deploy_to_stage(State& state, const Json& request, const std::string& name,
                     const std::string& deployment_id, Json& api) {
  Json& stages = api["stages"];
  if (!stages.contains(name)) {
    check_new_stage(api, name);
    stages[name] = new_stage(state, name, deployment_id);
    if (const auto text = core::string_member(request, "stageDescription")) {
      stages[name]["description"] = *text;
    }
  }
  Json& stage = stages[name];
  stage["deploymentId"] = deployment_id;
  stage["lastUpdatedDate"] = seconds_now(state);
  if (const Json* variables = core::object_member(request, "variables")) {
    stage["variables"] = *variables;
  }
}

Json create_deployment(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  check_deployable(row);
  Json deployment = new_deployment(state, row);
  const std::string id = deployment["id"].get<std::string>();
  if (const auto text = core::string_member(request, "description")) {
    deployment["description"] = *text;
  }
  const Json response = described_deployment(deployment);
  row["deployments"][id] = std::move(deployment);
  if (const auto stage = core::string_member(request, "stageName"); stage && !stage->empty()) {
    deploy_to_stage(state, request, *stage, id, row);
  }
  drop_old_deployments(row);
  state.apis.put(context.scope, std::move(row));
  return response;
}

const Json& existing_deployment(const Json& api, const Json& request) {
  const Json* deployment = core::find_member(
      api["deployments"], core::string_member(request, "deploymentId").value_or(""));
  if (!deployment) throw not_found("Invalid Deployment identifier specified");
  return *deployment;
}

Json get_deployment(State& state, const RequestContext& context, const Json& request) {
  return described_deployment(
      existing_deployment(state.apis.existing(context.scope, request).row, request));
}

Json get_deployments(State& state, const RequestContext& context, const Json& request) {
  Json items = Json::array();
  const Json& row = state.apis.existing(context.scope, request).row;
  for (const Json* deployment : in_order(row["deployments"])) {
    items.push_back(described_deployment(*deployment));
  }
  return paged(request, std::move(items));
}

Json delete_deployment(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  const std::string id = existing_deployment(row, request)["id"].get<std::string>();
  if (has_stage(row, id)) {
    throw bad_request("Active stages pointing to this deployment must be moved or deleted");
  }
  row["deployments"].erase(id);
  state.apis.put(context.scope, std::move(row));
  return Json::object();
}

Json update_deployment(State& state, const RequestContext& context, const Json& request) {
  static constexpr std::array<PatchRule, 1> rules = {{{"/description"}}};
  Json row = state.apis.existing(context.scope, request).row;
  const std::string id = existing_deployment(row, request)["id"].get<std::string>();
  Json& deployment = row["deployments"][id];
  apply_patches(request, rules, deployment);
  const Json response = described_deployment(deployment);
  state.apis.put(context.scope, std::move(row));
  return response;
}

}  // namespace

void add_deployment_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "CreateDeployment", create_deployment);
  add_operation(table, state, "GetDeployment", get_deployment);
  add_operation(table, state, "GetDeployments", get_deployments);
  add_operation(table, state, "UpdateDeployment", update_deployment);
  add_operation(table, state, "DeleteDeployment", delete_deployment);
}

}  // namespace votemu::apigateway
