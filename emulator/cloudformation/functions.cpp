#include "cloudformation/functions.h"

#include <array>

#include "cloudformation/limits.h"
#include "cloudformation/template_error.h"
#include "cloudformation/values.h"
#include "handlers/abi/base64.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

// What a function makes of arguments that are within the bound may be far beyond it.
void check_produced(std::size_t bytes) {
  if (bytes <= limits::max_evaluated_bytes) return;
  throw Problem("Template error: the functions produce more than " +
                std::to_string(limits::max_evaluated_bytes) + " bytes");
}

Json join(const Json& argument, const Environment&) {
  const Problem rule(
      "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and "
      "(2) a list of strings to be joined or a function that returns a list of strings (such as "
      "Fn::GetAZs) to be joined.");
  if (!argument.is_array() || argument.size() != 2 || !argument[0].is_string()) throw rule;
  if (!argument[1].is_array()) throw rule;
  const auto& delimiter = argument[0].get_ref<const std::string&>();
  std::string result;
  bool first = true;
  for (const auto& element : argument[1]) {
    const auto text = scalar_text(element);
    if (!text) throw rule;
    if (!first) result += delimiter;
    result += *text;
    check_produced(result.size());
    first = false;
  }
  return result;
}

Json split(const Json& argument, const Environment&) {
  const bool fits = argument.is_array() && argument.size() == 2 && argument[0].is_string() &&
                    argument[1].is_string() && !argument[0].get_ref<const std::string&>().empty();
  if (!fits) {
    throw Problem(
        "Template error: every Fn::Split object requires two parameters, (1) a string delimiter "
        "and "
        "(2) a string to be split or a function that returns a string to be split.");
  }
  const auto& delimiter = argument[0].get_ref<const std::string&>();
  const auto& text = argument[1].get_ref<const std::string&>();
  Json parts = Json::array();
  std::size_t begin = 0;
  for (auto end = text.find(delimiter); end != std::string::npos;
       end = text.find(delimiter, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    check_produced(parts.size() * sizeof(Json));
    begin = end + delimiter.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

Json select(const Json& argument, const Environment&) {
  const Problem rule(
      "Template error: every Fn::Select object requires two non-null parameters, (1) an integer "
      "index and (2) a list");
  if (!argument.is_array() || argument.size() != 2 || !argument[1].is_array()) throw rule;
  const auto index = scalar_integer(argument[0]);
  if (!index) throw rule;
  if (*index < 0 || static_cast<std::uint64_t>(*index) >= argument[1].size()) {
    throw Problem("Template error: Fn::Select cannot select nonexistent value at index " +
                  std::to_string(*index));
  }
  return argument[1][static_cast<std::size_t>(*index)];
}

Json find_in_map(const Json& argument, const Environment& environment) {
  const bool fits = argument.is_array() && (argument.size() == 3 || argument.size() == 4);
  std::array<std::string, 3> keys;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto text = fits ? scalar_text(argument[i]) : std::nullopt;
    if (!text) {
      throw Problem(
          "Template error: every Fn::FindInMap object requires three parameters, the map name, map "
          "key and the attribute for return value");
    }
    keys[i] = *text;
  }
  const Json* found = &environment.mappings;
  for (const auto& key : keys) {
    const auto next = found->is_object() ? found->find(key) : found->end();
    if (next == found->end()) {
      const bool has_default =
          argument.size() == 4 && argument[3].is_object() && argument[3].contains("DefaultValue");
      if (has_default) return argument[3]["DefaultValue"];
      throw Problem("Template error: Unable to get mapping for " + keys[0] + "::" + keys[1] +
                    "::" + keys[2]);
    }
    found = &*next;
  }
  return *found;
}

Json base64_of(const Json& argument, const Environment&) {
  const auto text = scalar_text(argument);
  if (!text) {
    throw Problem("Template error: every Fn::Base64 object must have a String-typed value.");
  }
  return abi::base64_encode(*text);
}

Json availability_zones(const Json& argument, const Environment& environment) {
  if (!argument.is_string()) {
    throw Problem("Template error: every Fn::GetAZs object must have a String-typed value.");
  }
  std::string region = argument.get<std::string>();
  if (region.empty()) region = environment.scope.region;
  return Json::array({region + "a", region + "b", region + "c"});
}

Json import_value(const Json& argument, const Environment& environment) {
  const auto name = scalar_text(argument).value_or("");
  const auto found = environment.exports.find(name);
  if (found == environment.exports.end()) throw Problem("No export named " + name + " found.");
  return found->second;
}

Json length(const Json& argument, const Environment&) {
  if (!argument.is_array()) throw Problem("Template error: Fn::Length requires a list");
  return argument.size();
}

Json to_json_string(const Json& argument, const Environment&) {
  return core::dump_json(argument);
}

struct Function {
  std::string_view name;
  Json (*call)(const Json&, const Environment&);
};

constexpr std::array<Function, 9> functions{{{"Fn::Base64", base64_of},
                                             {"Fn::FindInMap", find_in_map},
                                             {"Fn::GetAZs", availability_zones},
                                             {"Fn::ImportValue", import_value},
                                             {"Fn::Join", join},
                                             {"Fn::Length", length},
                                             {"Fn::Select", select},
                                             {"Fn::Split", split},
                                             {"Fn::ToJsonString", to_json_string}}};

}  // namespace

Json call_function(const std::string& name, const Json& argument, const Environment& environment) {
  for (const auto& function : functions) {
    if (function.name == name) return function.call(argument, environment);
  }
  throw Problem("Template error: " + name + " is not supported here");
}

}  // namespace votemu::cloudformation
