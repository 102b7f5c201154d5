#include "cloudformation/api/stack_input.h"

#include <algorithm>
#include <array>

#include "cloudformation/api/template_input.h"
#include "cloudformation/limits.h"
#include "core/constraints.h"
#include "core/members.h"

namespace votemu::cloudformation::api {
namespace {

constexpr std::array<std::string_view, 3> capabilities{"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM",
                                                       "CAPABILITY_AUTO_EXPAND"};

std::map<std::string, std::string> parameters_of(const Json& request, const StackRecord* previous) {
  std::map<std::string, std::string> given;
  const Json* list = core::array_member(request, "Parameters");
  if (list == nullptr) return given;
  for (const auto& parameter : *list) {
    const std::string key = required_text(parameter, "ParameterKey");
    const auto value = core::string_member(parameter, "ParameterValue");
    if (!flag(parameter, "UsePreviousValue")) {
      given[key] = value.value_or("");
      continue;
    }
    if (value && !value->empty()) {
      throw invalid("Invalid input for parameter key " + key +
                    ". Cannot specify usePreviousValue as true and non empty value for a "
                    "parameter");
    }
    const bool known = previous != nullptr && previous->parameter_values.contains(key);
    if (!known) {
      throw invalid("Invalid input for parameter key " + key +
                    ". Cannot specify usePreviousValue as true for a parameter key not in the "
                    "previous template");
    }
    given[key] = previous->parameter_values.at(key);
  }
  return given;
}

std::map<std::string, std::string> tags_of(const Json& list) {
  std::map<std::string, std::string> tags;
  for (const auto& tag : list) {
    const std::string key = required_text(tag, "Key");
    if (key.starts_with("aws:")) {
      throw invalid("aws: prefixed tag key names are not allowed for external use.");
    }
    if (!tags.emplace(key, text(tag, "Value")).second) {
      throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
  }
  if (tags.size() > limits::max_tags) throw too_long("tags", limits::max_tags);
  return tags;
}

std::vector<std::string> capabilities_of(const Json& request) {
  auto given = texts(request, "Capabilities");
  for (const auto& name : given) {
    if (std::find(capabilities.begin(), capabilities.end(), name) == capabilities.end()) {
      throw invalid(
          core::violation("[" + name + "]", "capabilities",
                          "Member must satisfy constraint: [Member must satisfy enum value set: "
                          "[CAPABILITY_NAMED_IAM, CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND]]"));
    }
  }
  return given;
}

}  // namespace

Source source_of(const Engine& engine, const RequestContext& context, const Json& request,
                 const StackRecord* previous) {
  Source source;
  source.template_text = template_text(engine, context, request, previous);
  source.parameters = parameters_of(request, previous);
  return source;
}

Settings settings_of(const Json& request, const StackRecord* previous) {
  Settings settings = previous == nullptr ? Settings() : previous->settings;
  settings.capabilities = capabilities_of(request);
  if (const Json* list = core::array_member(request, "Tags")) settings.tags = tags_of(*list);
  if (core::array_member(request, "NotificationARNs")) {
    settings.notification_arns = texts(request, "NotificationARNs");
  }
  if (const auto role = core::string_member(request, "RoleARN")) settings.role_arn = *role;
  return settings;
}

OnFailure on_failure_of(const Json& request) {
  return on_failure_of(request, text(request, "OnFailure"));
}

OnFailure on_failure_of(const Json& request, const std::string& chosen) {
  if (!chosen.empty() && core::find_member(request, "DisableRollback")) {
    throw invalid("You can specify either DisableRollback or OnFailure, but not both.");
  }
  if (chosen == "DO_NOTHING" || flag(request, "DisableRollback")) return OnFailure::keep;
  if (chosen == "DELETE") return OnFailure::remove;
  if (chosen.empty() || chosen == "ROLLBACK") return OnFailure::roll_back;
  throw invalid(core::violation(
      chosen, "onFailure", "Member must satisfy enum value set: [ROLLBACK, DELETE, DO_NOTHING]"));
}

}  // namespace votemu::cloudformation::api
