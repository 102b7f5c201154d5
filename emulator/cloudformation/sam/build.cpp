#include "cloudformation/sam/build.h"

#include <algorithm>

#include "cloudformation/values.h"
#include "core/digest.h"
#include "core/text.h"

namespace votemu::cloudformation::sam {
namespace {

constexpr std::size_t hash_length = 10;

bool is_alphanumeric(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), core::is_alphanumeric);
}

Json carry_over(std::string_view type, Json properties, const Json& source,
                std::initializer_list<const char*> attributes) {
  Json resource{{"Type", type}};
  if (!properties.empty()) resource["Properties"] = std::move(properties);
  for (const auto* name : attributes) {
    if (const Json* value = member(source, name)) resource[name] = *value;
  }
  return resource;
}

}  // namespace

void Build::add(const std::string& logical_id, Json resource, const std::string& origin) {
  if (resources_.contains(logical_id)) {
    throw invalid(origin, "It generates " + logical_id + ", which is there already.");
  }
  resources_[logical_id] = std::move(resource);
  if (logical_id != origin) origins_[logical_id] = origin;
}

Problem invalid(const std::string& logical_id, const std::string& why, Path within) {
  Path path{"Resources", logical_id};
  path.insert(path.end(), within.begin(), within.end());
  return Problem(
      "Invalid Serverless Application Specification document. Number of errors found: 1. "
      "Resource with id [" +
          logical_id + "] is invalid. " + why,
      std::move(path), logical_id);
}

Problem invalid_event(const std::string& logical_id, const std::string& event,
                      const std::string& why) {
  return invalid(logical_id, "Event with id [" + event + "] is invalid. " + why,
                 {"Properties", "Events", event});
}

Json ref(const std::string& logical_id) {
  return Json{{"Ref", logical_id}};
}

Json get_att(const std::string& logical_id, const std::string& attribute) {
  return Json{{"Fn::GetAtt", Json::array({logical_id, attribute})}};
}

Json sub(const std::string& text) {
  return Json{{"Fn::Sub", text}};
}

Json sub(const std::string& text, Json variables) {
  return Json{{"Fn::Sub", Json::array({text, std::move(variables)})}};
}

bool is_intrinsic(const Json& value) {
  return function_call(value).has_value();
}

const Json* member(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

Json properties_of(const std::string& logical_id, const Json& resource) {
  const Json* properties = member(resource, "Properties");
  if (properties == nullptr) return Json::object();
  if (!properties->is_object()) throw invalid(logical_id, "Properties should be a map.");
  return *properties;
}

Json generated(std::string_view type, Json properties, const Json& source) {
  return carry_over(type, std::move(properties), source,
                    {"Condition", "DeletionPolicy", "UpdateReplacePolicy"});
}

Json replacing(std::string_view type, Json properties, const Json& source) {
  return carry_over(
      type, std::move(properties), source,
      {"Condition", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn", "Metadata"});
}

Json tag_list(const Json& tags, bool with_created_by) {
  Json list = Json::array();
  if (with_created_by) list.push_back({{"Key", "lambda:createdBy"}, {"Value", "SAM"}});
  if (!tags.is_object()) return list;
  for (const auto& [key, value] : tags.items()) list.push_back({{"Key", key}, {"Value", value}});
  return list;
}

std::string sha1_hex(const std::string& text) {
  return core::hex(core::sha1(text));
}

std::string stage_logical_id(const std::string& api_id, const Json& stage_name) {
  if (!stage_name.is_string()) return api_id + "Stage";
  const auto name = stage_name.get<std::string>();
  if (is_alphanumeric(name)) return api_id + name + "Stage";
  return api_id + "Stage" + sha1_hex(name).substr(0, hash_length);
}

std::string permission_logical_id(const std::string& event_id, const Json& stage_name) {
  if (!stage_name.is_string()) return event_id + "PermissionStage";
  const auto name = stage_name.get<std::string>();
  if (is_alphanumeric(name)) return event_id + "Permission" + name;
  return event_id + "Permission" + sha1_hex(name).substr(0, hash_length);
}

}  // namespace votemu::cloudformation::sam
