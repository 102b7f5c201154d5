#include "cloudformation/sam/transform.h"

#include <algorithm>
#include <set>
#include <vector>

#include "cloudformation/sam/api.h"
#include "cloudformation/sam/build.h"
#include "cloudformation/sam/events.h"
#include "cloudformation/sam/function.h"
#include "cloudformation/sam/globals.h"
#include "cloudformation/values.h"

namespace votemu::cloudformation::sam {
namespace {

constexpr auto transform_name = "AWS::Serverless-2016-10-31";
constexpr auto implicit_api_condition = "ServerlessRestApiCondition";

bool has_type(const Json& resource, std::string_view type) {
  const Json* own = member(resource, "Type");
  return own != nullptr && *own == type;
}

// An API that no event names exists when one of its functions does.
void add_implicit_api(Json& root) {
  Json& resources = root["Resources"];
  std::set<std::string> conditions;
  bool needed = false;
  bool unconditional = false;
  for (const auto& [id, resource] : resources.items()) {
    if (!has_type(resource, function_type) || !needs_implicit_api(resource)) continue;
    needed = true;
    const Json* condition = member(resource, "Condition");
    if (condition != nullptr && condition->is_string()) {
      conditions.insert(condition->get<std::string>());
    } else {
      unconditional = true;
    }
  }
  if (!needed || resources.contains(implicit_api_id)) return;
  Json api{{"Type", api_type}, {"Properties", {{"StageName", "Prod"}}}};
  if (!unconditional && conditions.size() == 1) {
    api["Condition"] = *conditions.begin();
  } else if (!unconditional) {
    Json any = Json::array();
    for (const auto& name : conditions) any.push_back({{"Condition", name}});
    root["Conditions"][implicit_api_condition] = {{"Fn::Or", std::move(any)}};
    api["Condition"] = implicit_api_condition;
  }
  resources[implicit_api_id] = std::move(api);
}

Json simple_table(const std::string& id, const Json& resource) {
  Json properties = properties_of(id, resource);
  Json key{{"Name", "id"}, {"Type", "String"}};
  const Json* own_key = member(properties, "PrimaryKey");
  if (own_key != nullptr && own_key->is_object()) key.update(*own_key);
  const std::string type = key["Type"].is_string() ? key["Type"].get<std::string>() : "";
  if (type != "String" && type != "Number" && type != "Binary") {
    throw invalid(id, "Invalid 'Type' \"" + type + "\".", {"Properties", "PrimaryKey"});
  }
  properties.erase("PrimaryKey");
  if (const Json* tags = member(properties, "Tags")) properties["Tags"] = tag_list(*tags, false);
  if (!properties.contains("ProvisionedThroughput")) properties["BillingMode"] = "PAY_PER_REQUEST";
  properties["AttributeDefinitions"] =
      Json::array({{{"AttributeName", key["Name"]}, {"AttributeType", type.substr(0, 1)}}});
  properties["KeySchema"] = Json::array({{{"AttributeName", key["Name"]}, {"KeyType", "HASH"}}});
  return replacing("AWS::DynamoDB::Table", std::move(properties), resource);
}

// `Ref: Api.Stage` and `${Api.Stage}` name what was generated for the API.
void rename_references(Json& value, const Renames& renames) {
  if (const auto call = function_call(value)) {
    if (*call->name == "Ref" && call->argument->is_string()) {
      const auto renamed = renames.find(call->argument->get<std::string>());
      if (renamed != renames.end()) value["Ref"] = renamed->second;
      return;
    }
  }
  if (value.is_structured()) {
    for (auto& inner : value) rename_references(inner, renames);
  }
}

void expand(const std::string& id, const Json& resource, Build& build, Apis& apis) {
  if (has_type(resource, function_type)) {
    expand_function(build, apis, id, resource);
  } else if (has_type(resource, simple_table_type)) {
    build.add(id, simple_table(id, resource), id);
  } else if (!has_type(resource, api_type)) {
    const Json* type = member(resource, "Type");
    const bool serverless = type != nullptr && type->is_string() &&
                            type->get_ref<const std::string&>().starts_with("AWS::Serverless::");
    if (serverless) {
      throw invalid(id, "Type " + type->get<std::string>() + " is not supported.", {"Type"});
    }
    build.add(id, resource, id);
  }
}

}  // namespace

bool applies(const Json& root) {
  const Json* transforms = member(root, "Transform");
  if (transforms == nullptr) return false;
  if (transforms->is_array()) {
    return std::find(transforms->begin(), transforms->end(), transform_name) != transforms->end();
  }
  return *transforms == transform_name;
}

Transformed transform(const Json& source) {
  Json root = source;
  const auto resources = root.find("Resources");
  if (resources == root.end() || !resources->is_object() || resources->empty()) {
    throw Problem("'Resources' section is required", {"Resources"});
  }
  root.erase("Transform");
  add_implicit_api(root);
  merge_globals(root);

  Build build;
  Apis apis;
  for (const auto& [id, resource] : root["Resources"].items()) {
    if (has_type(resource, api_type)) apis.emplace(id, begin_api(id, resource));
  }
  for (const auto& [id, resource] : root["Resources"].items()) expand(id, resource, build, apis);
  Renames renames;
  for (auto& [id, api] : apis) finish_api(build, id, std::move(api), renames);

  root["Resources"] = std::move(build.resources());
  rename_references(root, renames);
  return {std::move(root), std::move(build.origins())};
}

}  // namespace votemu::cloudformation::sam
