// CreateRestApi, GetRestApi, GetRestApis, UpdateRestApi, DeleteRestApi.
#include <algorithm>

#include "core/members.h"
#include "services/apigateway/api_rows.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/members.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/patching.h"

namespace votemu::apigateway {

using core::Json;
using core::RequestContext;

std::int64_t seconds_now(State& state) {
  return state.runtime.clock.now_ms() / 1000;
}

Json new_resource(State& state, const Json& parent, const std::string& path_part) {
  constexpr std::size_t id_length = 6;
  Json resource = {{"id", state.runtime.random.alphanumeric(id_length)},
                   {"path", "/"},
                   {"resourceMethods", Json::object()}};
  if (parent.is_object()) {
    const std::string path = parent["path"].get<std::string>();
    resource["parentId"] = parent["id"];
    resource["pathPart"] = path_part;
    resource["path"] = (path == "/" ? "" : path) + "/" + path_part;
  }
  return resource;
}

Json new_api(State& state) {
  constexpr std::size_t id_length = 10;
  const Json root = new_resource(state, nullptr, "");
  const std::string root_id = root["id"].get<std::string>();
  return {{"id", state.runtime.random.alphanumeric(id_length)},
          {"createdDate", seconds_now(state)},
          {"apiKeySource", "HEADER"},
          {"disableExecuteApiEndpoint", false},
          {"endpointConfiguration", {{"types", Json::array({"EDGE"})}, {"ipAddressType", "ipv4"}}},
          {"tags", Json::object()},
          {"rootResourceId", root_id},
          {"resources", {{root_id, root}}},
          {"deployments", Json::object()},
          {"stages", Json::object()},
          {"sequence", 0}};
}

Json described_api(const Json& row) {
  Json description = row;
  for (const auto kept_apart : {"resources", "deployments", "stages", "sequence"}) {
    description.erase(kept_apart);
  }
  return description;
}

namespace {

void check_binary_media_types(const Json& request) {
  const Json* types = core::array_member(request, "binaryMediaTypes");
  if (!types) return;
  const bool texts =
      std::all_of(types->begin(), types->end(), [](const Json& type) { return type.is_string(); });
  if (!texts) throw bad_request("Invalid binary media types specified");
}

void check_name(const std::string& name) {
  if (name.find_first_not_of(" \t") == std::string::npos || name.size() > limits::max_name_length) {
    throw bad_request("Invalid API name specified");
  }
}

Json create_rest_api(State& state, const RequestContext& context, const Json& request) {
  const std::string name = required_string(request, "name");
  check_name(name);
  check_binary_media_types(request);
  core::object_member(request, "endpointConfiguration");
  core::object_member(request, "tags");
  if (state.apis.in_scope(context.scope).size() >= limits::max_apis_per_scope) {
    throw limit_exceeded(
        "Maximum number of APIs for this account has been reached. Please contact "
        "AWS if you need additional APIs.");
  }
  Json row = new_api(state);
  copy_members(
      request,
      {"name", "description", "version", "binaryMediaTypes", "minimumCompressionSize",
       "apiKeySource", "endpointConfiguration", "policy", "tags", "disableExecuteApiEndpoint"},
      row);
  const Json response = described_api(row);
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json get_rest_api(State& state, const RequestContext& context, const Json& request) {
  return described_api(state.apis.existing(context.scope, request).row);
}

Json get_rest_apis(State& state, const RequestContext& context, const Json& request) {
  Json items = Json::array();
  for (const auto& [id, api] : state.apis.in_scope(context.scope)) {
    items.push_back(described_api(api.row));
  }
  return paged(request, std::move(items));
}

void apply_patch(const Patch& patch, Json& row) {
  constexpr std::string_view media_types = "/binaryMediaTypes/";
  if (patch.path == "/name") {
    check_name(patch.value);
    row["name"] = patch.value;
  } else if (patch.path == "/description" || patch.path == "/version" ||
             patch.path == "/apiKeySource" || patch.path == "/policy") {
    row[patch.path.substr(1)] = patch.value;
    if (patch.op == "remove") row.erase(patch.path.substr(1));
  } else if (patch.path == "/disableExecuteApiEndpoint") {
    row["disableExecuteApiEndpoint"] = patch.value == "true";
  } else if (patch.path.starts_with(media_types)) {
    std::string type = patch.path.substr(media_types.size());
    if (const auto slash = type.find("~1"); slash != std::string::npos) type.replace(slash, 2, "/");
    Json types = Json::array();
    for (const Json& known : row.value("binaryMediaTypes", Json::array())) {
      if (known != type) types.push_back(known);
    }
    if (patch.op != "remove") types.push_back(type);
    row["binaryMediaTypes"] = std::move(types);
  } else {
    throw bad_request("Invalid patch path " + patch.path);
  }
}

Json update_rest_api(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  for (const Patch& patch : patches_member(request)) apply_patch(patch, row);
  const Json response = described_api(row);
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json delete_rest_api(State& state, const RequestContext& context, const Json& request) {
  const std::string id = state.apis.existing(context.scope, request).row["id"].get<std::string>();
  state.apis.erase(context.scope, id);
  return Json::object();
}

}  // namespace

void add_api_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "CreateRestApi", create_rest_api);
  add_operation(table, state, "GetRestApi", get_rest_api);
  add_operation(table, state, "GetRestApis", get_rest_apis);
  add_operation(table, state, "UpdateRestApi", update_rest_api);
  add_operation(table, state, "DeleteRestApi", delete_rest_api);
}

}  // namespace votemu::apigateway
