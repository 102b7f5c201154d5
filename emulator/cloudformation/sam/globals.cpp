#include "cloudformation/sam/globals.h"

#include <algorithm>
#include <array>

#include "cloudformation/sam/build.h"

namespace votemu::cloudformation::sam {
namespace {

constexpr std::array<std::string_view, 5> sections{"Api", "Function", "HttpApi", "SimpleTable",
                                                   "StateMachine"};

Json merged(const Json& global, const Json& own) {
  if (global.is_object() && own.is_object()) {
    Json result = global;
    for (const auto& [name, value] : own.items()) {
      const Json* shared = member(global, name);
      result[name] = shared == nullptr ? value : merged(*shared, value);
    }
    return result;
  }
  if (global.is_array() && own.is_array()) {
    Json result = global;
    result.insert(result.end(), own.begin(), own.end());
    return result;
  }
  return own;
}

Json merged_properties(const Json& global, const Json& own) {
  Json result = merged(global, own);
  // A function has one architecture: here the list of the function replaces the global one.
  if (const Json* architectures = member(own, "Architectures")) {
    result["Architectures"] = *architectures;
  }
  return result;
}

Problem invalid_section(const std::string& why, Path path) {
  return Problem("'Globals' section is invalid. " + why, std::move(path));
}

}  // namespace

void merge_globals(Json& root) {
  const auto found = root.find("Globals");
  if (found == root.end()) return;
  const Json globals = *found;
  root.erase(found);
  if (!globals.is_object()) {
    throw invalid_section("It must be a non-empty dictionary", {"Globals"});
  }
  for (const auto& [name, properties] : globals.items()) {
    if (std::find(sections.begin(), sections.end(), name) == sections.end()) {
      throw invalid_section("'" + name +
                                "' is not supported. Must be one of the following values - ['Api', "
                                "'Function', 'HttpApi', 'SimpleTable', 'StateMachine']",
                            {"Globals", name});
    }
    if (!properties.is_object()) {
      throw invalid_section("Value of " + name + " must be a dictionary", {"Globals", name});
    }
    for (auto& [id, resource] : root["Resources"].items()) {
      const Json* type = member(resource, "Type");
      if (type == nullptr || *type != "AWS::Serverless::" + name) continue;
      resource["Properties"] = merged_properties(properties, properties_of(id, resource));
    }
  }
}

}  // namespace votemu::cloudformation::sam
