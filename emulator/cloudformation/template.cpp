#include "cloudformation/template.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "cloudformation/limits.h"
#include "core/text.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

constexpr std::array<std::string_view, 11> sections{"AWSTemplateFormatVersion",
                                                    "Description",
                                                    "Metadata",
                                                    "Parameters",
                                                    "Rules",
                                                    "Mappings",
                                                    "Conditions",
                                                    "Transform",
                                                    "Resources",
                                                    "Outputs",
                                                    "Globals"};

constexpr std::array<std::string_view, 12> resource_attributes{
    "Type",           "Properties",   "DependsOn",      "Condition",
    "DeletionPolicy", "UpdatePolicy", "CreationPolicy", "UpdateReplacePolicy",
    "Metadata",       "Description",  "Connectors",     "IgnoreGlobals"};

Problem format_error(const std::string& message, Path path = {}) {
  return Problem("Template format error: " + message, std::move(path));
}

std::string pointer(const Path& path) {
  std::string text;
  for (const auto& name : path) text += "/" + name;
  return text;
}

void refuse_nulls(const Json& value, Path& path) {
  if (value.is_null()) {
    throw Problem("[" + pointer(path) + "] 'null' values are not allowed in templates", path);
  }
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      path.push_back(name);
      refuse_nulls(member, path);
      path.pop_back();
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      path.push_back(std::to_string(i));
      refuse_nulls(value[i], path);
      path.pop_back();
    }
  }
}

bool is_alphanumeric(const std::string& name) {
  return !name.empty() && name.size() <= limits::max_logical_id_length &&
         std::all_of(name.begin(), name.end(), core::is_alphanumeric);
}

// A section of the template: an object of objects, of bounded size.
Json section(const Json& root, const std::string& name, std::string_view plural, std::size_t most) {
  const auto found = root.find(name);
  if (found == root.end()) return Json::object();
  if (!found->is_object()) throw format_error(name + " must be a map.", {name});
  if (found->size() > most) {
    throw format_error("Number of " + std::string(plural) + ", " + std::to_string(found->size()) +
                           ", is greater than maximum allowed, " + std::to_string(most),
                       {name});
  }
  for (const auto& [key, member] : found->items()) {
    if (!member.is_object()) {
      throw format_error("[/" + name + "/" + key + "] Every " + name + " member must be an object.",
                         {name, key});
    }
  }
  return *found;
}

std::string text_member(const Json& resource, const std::string& name, const Path& path) {
  const auto found = resource.find(name);
  if (found == resource.end()) return {};
  if (!found->is_string()) {
    throw format_error("[" + pointer(path) + "] " + name + " must be a string.", path);
  }
  return found->get<std::string>();
}

std::set<std::string> depends_on(const Json& resource, const Path& path) {
  const auto found = resource.find("DependsOn");
  if (found == resource.end()) return {};
  if (found->is_string()) return {found->get<std::string>()};
  std::set<std::string> ids;
  const Json list = found->is_array() ? *found : Json::array({nullptr});
  for (const auto& id : list) {
    if (!id.is_string()) {
      throw format_error("[" + pointer(path) + "] DependsOn must be a string or list of strings.",
                         path);
    }
    ids.insert(id.get<std::string>());
  }
  return ids;
}

// What is to become of a resource that goes: one of `known`, or "" when nothing is said.
std::string policy(const Json& resource, const std::string& name, const Path& path,
                   std::initializer_list<std::string_view> known) {
  const std::string text = text_member(resource, name, path);
  if (text.empty() || std::find(known.begin(), known.end(), text) != known.end()) return text;
  throw format_error("Unrecognized " + name + " " + text + " for resource " + path.back(), path);
}

ResourceDefinition read_resource(const std::string& id, const Json& resource) {
  const Path path{"Resources", id};
  if (!is_alphanumeric(id)) {
    throw format_error("Resource name " + id + " is non alphanumeric.", path);
  }
  for (const auto& [name, member] : resource.items()) {
    if (std::find(resource_attributes.begin(), resource_attributes.end(), name) ==
        resource_attributes.end()) {
      throw Problem("Invalid template resource property '" + name + "'", {"Resources", id, name});
    }
  }
  ResourceDefinition definition;
  definition.type = text_member(resource, "Type", path);
  if (definition.type.empty()) {
    throw format_error("[/Resources/" + id + "] Every Resources object must contain a Type member.",
                       path);
  }
  if (const auto found = resource.find("Properties"); found != resource.end()) {
    if (!found->is_object()) {
      throw format_error("[/Resources/" + id + "] Properties must be an object.", path);
    }
    definition.properties = *found;
  }
  definition.depends_on = depends_on(resource, path);
  definition.condition = text_member(resource, "Condition", path);
  definition.retain_on_delete = policy(resource, "DeletionPolicy", path,
                                       {"Delete", "Retain", "RetainExceptOnCreate", "Snapshot"})
                                    .starts_with("Retain");
  definition.retain_on_replace =
      policy(resource, "UpdateReplacePolicy", path, {"Delete", "Retain", "Snapshot"}) == "Retain";
  if (const auto found = resource.find("Metadata"); found != resource.end()) {
    definition.metadata = *found;
  }
  return definition;
}

void check_root(const Json& root) {
  for (const auto& [name, member] : root.items()) {
    if (std::find(sections.begin(), sections.end(), name) == sections.end()) {
      throw Problem("Invalid template property or properties [" + name + "]", {name});
    }
  }
  const auto version = root.find("AWSTemplateFormatVersion");
  if (version != root.end() && *version != "2010-09-09") {
    throw format_error("unsupported value for AWSTemplateFormatVersion.",
                       {"AWSTemplateFormatVersion"});
  }
  Path path;
  refuse_nulls(root, path);
}

}  // namespace

Template read_template(const Json& root) {
  check_root(root);
  Template result;
  result.description = text_member(root, "Description", {"Description"});
  result.parameters = section(root, "Parameters", "parameters", limits::max_parameters);
  result.mappings = section(root, "Mappings", "mappings", limits::max_mappings);
  result.conditions = section(root, "Conditions", "conditions", limits::max_conditions);
  result.outputs = section(root, "Outputs", "outputs", limits::max_outputs);
  for (const auto& [name, output] : result.outputs.items()) {
    if (!output.contains("Value")) {
      throw format_error("Every Outputs member must contain a Value object", {"Outputs", name});
    }
  }
  const Json resources = section(root, "Resources", "resources", limits::max_resources);
  if (resources.empty()) {
    throw format_error("At least one Resources member must be defined.", {"Resources"});
  }
  for (const auto& [id, resource] : resources.items()) {
    result.resources.emplace(id, read_resource(id, resource));
  }
  return result;
}

}  // namespace votemu::cloudformation
