// CreateStage, GetStage, GetStages, UpdateStage, DeleteStage.
#include "services/apigateway/stages.h"

#include <algorithm>
#include <cctype>

#include "core/members.h"
#include "services/apigateway/api_rows.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/members.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/stage_method_settings.h"

namespace votemu::apigateway {

using core::Json;
using core::RequestContext;

void check_new_stage(const Json& api, const std::string& name) {
  const bool valid =
      !name.empty() && name.size() <= limits::max_stage_name_length &&
      std::all_of(name.begin(), name.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
      });
  if (!valid) throw bad_request("Stage name only allows a-zA-Z0-9_");
  if (api["stages"].contains(name)) throw conflict("Stage already exists");
  if (api["stages"].size() >= limits::max_stages_per_api) {
    throw limit_exceeded(
        "Maximum number of stages for this API has been reached. Please contact "
        "AWS if you need additional stages.");
  }
}

Json new_stage(State& state, const std::string& name, const std::string& deployment_id) {
  return {{"stageName", name},
          {"deploymentId", deployment_id},
          {"cacheClusterEnabled", false},
          {"cacheClusterStatus", "NOT_AVAILABLE"},
          {"methodSettings", Json::object()},
          {"tracingEnabled", false},
          {"createdDate", seconds_now(state)},
          {"lastUpdatedDate", seconds_now(state)}};
}

namespace {

Json& stage_in(Json& api, const Json& request) {
  const auto stage = api["stages"].find(core::string_member(request, "stageName").value_or(""));
  if (stage == api["stages"].end()) throw not_found("Invalid stage identifier specified");
  return *stage;
}

void check_deployment(const Json& api, const std::string& id) {
  if (!api["deployments"].contains(id)) {
    throw bad_request("Deployment id does not exist");
  }
}

Json create_stage(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  const std::string name = required_string(request, "stageName");
  const std::string deployment_id = required_string(request, "deploymentId");
  check_new_stage(row, name);
  check_deployment(row, deployment_id);
  core::object_member(request, "variables");
  Json stage = new_stage(state, name, deployment_id);
  copy_members(request,
               {"description", "variables", "documentationVersion", "canarySettings",
                "cacheClusterEnabled", "cacheClusterSize", "tracingEnabled", "tags"},
               stage);
  row["stages"][name] = stage;
  state.apis.put(context.scope, std::move(row));
  return stage;
}

Json get_stage(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  return stage_in(row, request);
}

Json get_stages(State& state, const RequestContext& context, const Json& request) {
  const auto deployment = core::string_member(request, "deploymentId");
  Json stages = Json::array();
  for (const Json& stage : state.apis.existing(context.scope, request).row["stages"]) {
    if (!deployment || stage["deploymentId"] == *deployment) stages.push_back(stage);
  }
  return {{"item", std::move(stages)}};
}

void apply_patch(const Patch& patch, const Json& api, Json& stage) {
  constexpr std::string_view variables = "/variables/";
  const bool remove = patch.op == "remove";
  if (patch.path == "/deploymentId") {
    check_deployment(api, patch.value);
    stage["deploymentId"] = patch.value;
  } else if (patch.path == "/description") {
    stage["description"] = patch.value;
  } else if (patch.path == "/tracingEnabled" || patch.path == "/cacheClusterEnabled") {
    stage[patch.path.substr(1)] = patch.value == "true";
  } else if (patch.path == "/cacheClusterSize" || patch.path == "/clientCertificateId") {
    stage[patch.path.substr(1)] = patch.value;
  } else if (patch.path == "/accessLogSettings" && remove) {
    stage.erase("accessLogSettings");
  } else if (patch.path == "/accessLogSettings/destinationArn" ||
             patch.path == "/accessLogSettings/format") {
    stage["accessLogSettings"][patch.path.substr(patch.path.rfind('/') + 1)] = patch.value;
  } else if (patch.path.starts_with(variables)) {
    const std::string name = patch.path.substr(variables.size());
    if (!remove) stage["variables"][name] = patch.value;
    if (remove && stage.contains("variables")) stage["variables"].erase(name);
  } else {
    apply_method_setting(patch, stage["methodSettings"]);
  }
}

// Also takes a deploymentId beside the stage's name, as a template's change of a stage has it.
Json update_stage(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& stage = stage_in(row, request);
  for (const Patch& patch : patches_member(request)) apply_patch(patch, row, stage);
  if (const auto deployment = core::string_member(request, "deploymentId")) {
    check_deployment(row, *deployment);
    stage["deploymentId"] = *deployment;
  }
  if (const Json* variables = core::object_member(request, "variables")) {
    stage["variables"] = *variables;
  }
  copy_members(request, {"description", "tracingEnabled"}, stage);
  stage["lastUpdatedDate"] = seconds_now(state);
  const Json response = stage;
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json delete_stage(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  stage_in(row, request);
  row["stages"].erase(required_string(request, "stageName"));
  state.apis.put(context.scope, std::move(row));
  return Json::object();
}

}  // namespace

void add_stage_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "CreateStage", create_stage);
  add_operation(table, state, "GetStage", get_stage);
  add_operation(table, state, "GetStages", get_stages);
  add_operation(table, state, "UpdateStage", update_stage);
  add_operation(table, state, "DeleteStage", delete_stage);
}

}  // namespace votemu::apigateway
