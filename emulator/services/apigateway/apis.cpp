#include "services/apigateway/apis.h"

#include "core/keys.h"
#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"

namespace votemu::apigateway {
namespace {

using core::Json;

core::Key row_key(const core::Scope& scope, std::string_view id) {
  return std::move(core::Key(core::Table::apigateway_rest_api, scope).text(id));
}

DeployedStage deploy(const core::Scope& scope, const Json& api, const std::string& name,
                     const Json& row) {
  Stage stage(scope, api["id"].get<std::string>(), name);
  stage.deployment_id = core::string_member(row, "deploymentId").value_or("");
  if (const Json* variables = core::find_member(row, "variables")) {
    for (const auto& [variable, value] : variables->items()) {
      if (value.is_string()) stage.variables.emplace_back(variable, value.get<std::string>());
    }
  }
  const Json* deployment = core::find_member(api["deployments"], stage.deployment_id);
  if (!deployment) return {std::make_shared<const Stage>(std::move(stage)), nullptr};
  const Json& snapshot = (*deployment)["snapshot"];
  for (const Json& type : snapshot["binaryMediaTypes"]) {
    stage.binary_media_types.push_back(type.get<std::string>());
  }
  auto shared = std::make_shared<const Stage>(std::move(stage));
  auto routes = std::make_unique<const Routes>(snapshot["resources"], shared);
  return {std::move(shared), std::move(routes)};
}

}  // namespace

Apis::Apis(core::Store& store) : store_(store) {
  reread();
}

void Apis::reread() {
  apis_.clear();
  scopes_.clear();
  const core::Key table(core::Table::apigateway_rest_api);
  for (auto row = store_.scan(table); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    core::Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    load(scope, core::parse_own_json(row.value()));
  }
}

const Apis::InScope& Apis::in_scope(const core::Scope& scope) const {
  const auto found = apis_.find(scope);
  return found == apis_.end() ? none_ : found->second;
}

const Api* Apis::find(const core::Scope& scope, std::string_view id) const {
  const InScope& apis = in_scope(scope);
  const auto found = apis.find(id);
  return found == apis.end() ? nullptr : &found->second;
}

std::optional<core::Scope> Apis::scope_of(std::string_view id) const {
  const auto found = scopes_.find(id);
  if (found == scopes_.end()) return std::nullopt;
  return found->second;
}

const Api& Apis::existing(const core::Scope& scope, const Json& request) const {
  const std::string id = core::string_member(request, "restApiId").value_or("");
  const Api* api = find(scope, id);
  if (!api) throw not_found("Invalid API identifier specified " + scope.account + ":" + id);
  return *api;
}

void Apis::put(const core::Scope& scope, Json row) {
  const std::string text = core::dump_json(row);
  if (text.size() > limits::max_api_bytes) {
    throw limit_exceeded("The API with its deployments exceeds " +
                         std::to_string(limits::max_api_bytes) + " bytes");
  }
  store_.put(row_key(scope, row["id"].get<std::string>()), text);
  load(scope, std::move(row));
}

void Apis::load(const core::Scope& scope, Json row) {
  const std::string id = row["id"].get<std::string>();
  Api api;
  for (const auto& [name, stage] : row["stages"].items()) {
    api.stages[name] = deploy(scope, row, name, stage);
  }
  api.row = std::move(row);
  apis_[scope][id] = std::move(api);
  scopes_[id] = scope;
}

void Apis::erase(const core::Scope& scope, const std::string& id) {
  store_.erase(row_key(scope, id));
  apis_[scope].erase(id);
  scopes_.erase(id);
}

}  // namespace votemu::apigateway
