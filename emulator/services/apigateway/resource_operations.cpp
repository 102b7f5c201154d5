// CreateResource, GetResource, GetResources, UpdateResource, DeleteResource.
#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "core/members.h"
#include "services/apigateway/api_rows.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/members.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/patching.h"
#include "services/apigateway/resource_tree.h"

namespace votemu::apigateway {

using core::Json;
using core::RequestContext;

namespace {

bool is_literal(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("._-:~$").find(c) != std::string_view::npos;
  });
}

bool is_variable(std::string_view part) {
  return part.starts_with('{') && part.ends_with('}');
}
bool is_greedy(std::string_view part) {
  return part.ends_with("+}");
}

void check_path_part(std::string_view part) {
  std::string_view name = part;
  if (is_variable(part)) {
    name = part.substr(1, part.size() - 2);
    if (name.ends_with('+')) name.remove_suffix(1);
  }
  if (is_literal(name)) return;
  throw bad_request(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly "
      "braces at the beginning and the end.");
}

// Whether a resource of this name may stand under the parent; `own_id` is its own when it is there
// already.
void check_place(const Json& resources, const Json& parent, const std::string& path_part,
                 const std::string& own_id) {
  check_path_part(path_part);
  const Json* parent_part = core::find_member(parent, "pathPart");
  if (parent_part && is_greedy(parent_part->get_ref<const std::string&>())) {
    throw bad_request("Cannot create a child of a resource with a greedy path variable: " +
                      parent_part->get<std::string>());
  }
  for (const Json& sibling : resources) {
    if (sibling.value("parentId", Json()) != parent["id"] || sibling["id"] == own_id) continue;
    const auto& part = sibling["pathPart"].get_ref<const std::string&>();
    if (part == path_part) {
      throw conflict("Another resource with the same parent already has this name: " + path_part);
    }
    if (is_variable(part) && is_variable(path_part) && is_greedy(part) == is_greedy(path_part)) {
      throw bad_request("A sibling (" + part +
                        ") of this resource already has a variable path part -- only one is "
                        "allowed");
    }
  }
}

}  // namespace

Json& add_resource(State& state, Json& api, const std::string& parent_id,
                   const std::string& path_part) {
  Json& resources = api["resources"];
  const auto parent = resources.find(parent_id);
  if (parent == resources.end()) throw not_found("Invalid Resource identifier specified");
  check_place(resources, *parent, path_part, "");
  if (resources.size() >= limits::max_resources_per_api) {
    throw limit_exceeded(
        "Maximum number of resources for this API has been reached. Please "
        "contact AWS if you need additional resources.");
  }
  Json resource = new_resource(state, *parent, path_part);
  const std::string id = resource["id"].get<std::string>();
  return resources[id] = std::move(resource);
}

namespace {

// Without `embed=methods` only the methods' names are answered.
Json described_resource(const Json& resource, bool with_methods) {
  Json description = resource;
  if (description["resourceMethods"].empty()) {
    description.erase("resourceMethods");
  } else if (!with_methods) {
    for (Json& method : description["resourceMethods"]) method = Json::object();
  }
  return description;
}

bool embeds_methods(const Json& request) {
  const Json* embed = core::array_member(request, "embed");
  return embed && std::find(embed->begin(), embed->end(), "methods") != embed->end();
}

Json create_resource(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  const std::string parent = core::string_member(request, "parentId").value_or("");
  const std::string part = required_string(request, "pathPart");
  const Json response = described_resource(add_resource(state, row, parent, part), false);
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json get_resource(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  return described_resource(resource_in(row, request), embeds_methods(request));
}

Json get_resources(State& state, const RequestContext& context, const Json& request) {
  const bool with_methods = embeds_methods(request);
  Json items = Json::array();
  for (const Json& resource : state.apis.existing(context.scope, request).row["resources"]) {
    items.push_back(described_resource(resource, with_methods));
  }
  return paged(request, std::move(items));
}

Json delete_resource(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  const Json& resource = resource_in(row, request);
  if (!resource.contains("parentId")) throw bad_request("The root resource cannot be deleted");

  // A parent's path begins its descendants' paths.
  const std::string id = resource["id"].get<std::string>();
  const std::string below = resource["path"].get<std::string>() + "/";
  Json& resources = row["resources"];
  for (auto at = resources.begin(); at != resources.end();) {
    const bool gone =
        at.key() == id || (*at)["path"].get_ref<const std::string&>().starts_with(below);
    at = gone ? resources.erase(at) : std::next(at);
  }
  state.apis.put(context.scope, std::move(row));
  return Json::object();
}

bool is_below(const Json& resource, const Json& other) {
  return resource["path"].get<std::string>().starts_with(other["path"].get<std::string>() + "/");
}

// Gives a resource another place, and its descendants their new paths.
void move_resource(Json& resources, const std::string& id, const Json& parent) {
  const std::string before = resources[id]["path"].get<std::string>();
  const std::string above = parent["path"] == "/" ? "" : parent["path"].get<std::string>();
  const std::string after = above + "/" + resources[id]["pathPart"].get<std::string>();
  for (Json& resource : resources) {
    const std::string path = resource["path"].get<std::string>();
    if (path == before || path.starts_with(before + "/")) {
      resource["path"] = after + path.substr(before.size());
    }
  }
}

Json update_resource(State& state, const RequestContext& context, const Json& request) {
  static constexpr std::array<PatchRule, 2> rules = {{{"/pathPart"}, {"/parentId"}}};
  Json row = state.apis.existing(context.scope, request).row;
  Json& resource = resource_in(row, request);
  if (!resource.contains("parentId")) throw bad_request("Root resource cannot be updated");
  apply_patches(request, rules, resource);
  const std::string id = resource["id"].get<std::string>();
  Json& resources = row["resources"];
  const auto parent = resources.find(core::string_member(resource, "parentId").value_or(""));
  if (parent == resources.end()) throw not_found("Invalid Resource identifier specified");
  if (*parent == resource || is_below(*parent, resource)) {
    throw bad_request("Resource cannot be moved under itself or its children");
  }
  const std::string part = core::string_member(resource, "pathPart").value_or("");
  check_place(resources, *parent, part, id);
  move_resource(resources, id, *parent);
  const Json response = described_resource(resources[id], false);
  state.apis.put(context.scope, std::move(row));
  return response;
}

}  // namespace

void add_resource_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "CreateResource", create_resource);
  add_operation(table, state, "GetResource", get_resource);
  add_operation(table, state, "GetResources", get_resources);
  add_operation(table, state, "UpdateResource", update_resource);
  add_operation(table, state, "DeleteResource", delete_resource);
}

}  // namespace votemu::apigateway
