#include "cloudformation/changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cloudformation/deployer.h"
#include "cloudformation/graph.h"
#include "cloudformation/outputs.h"
#include "cloudformation/parameters.h"
#include "cloudformation/record_references.h"
#include "cloudformation/stack_tags.h"

namespace votemu::cloudformation {
namespace {

constexpr auto unknown_yet = "{{changeSet:KNOWN_AFTER_APPLY}}";

bool mentions_unknown(const Json& value) {
  if (value.is_string())
    return value.get_ref<const std::string&>().find(unknown_yet) != std::string::npos;
  if (!value.is_structured()) return false;
  return std::any_of(value.begin(), value.end(), mentions_unknown);
}

// The stack's resources with those that are about to be made.
class PlannedReferences final : public References {
 public:
  PlannedReferences(const StackRecord& stack, const std::set<std::string>& renewed)
      : now_(stack), renewed_(renewed) {}

  std::optional<Json> ref(const std::string& id) const override {
    return renewed_.contains(id) ? Json(unknown_yet) : now_.ref(id);
  }
  std::optional<Json> attribute(const std::string& id, const std::string& name) const override {
    if (!renewed_.contains(id)) {
      if (auto value = now_.attribute(id, name)) return value;
      if (!now_.ref(id)) return std::nullopt;
    }
    return Json(unknown_yet);
  }

 private:
  RecordReferences now_;
  const std::set<std::string>& renewed_;
};

class Finder {
 public:
  Finder(const Engine& engine, const StackRecord& stack, const PreparedTemplate& prepared,
         const Plan& plan, const Source& source, const Settings& settings)
      : engine_(engine),
        before_(stack),
        parts_(prepared.parts()),
        plan_(plan),
        settings_(settings) {
    for (const auto& [name, text] : parameter_texts(parts_.parameters, source.parameters)) {
      const auto old = stack.parameter_values.find(name);
      if (old == stack.parameter_values.end() || old->second != text) new_values_.insert(name);
    }
    other_parameters_ =
        !new_values_.empty() || stack.parameter_values.size() != parts_.parameters.size();
  }

  Changes find() {
    Changes changes;
    for (const auto& id : plan_.order) {
      const auto& wanted = parts_.resources.at(id);
      const auto found = before_.resources.find(id);
      if (found == before_.resources.end()) {
        renewed_.insert(id);
        found_.emplace(id, change("Add", id, "", wanted.type));
      } else {
        compare(id, found->second, wanted);
      }
    }
    add_removals();
    for (auto& [id, made] : found_) changes.list.push_back(std::move(made));
    const auto outputs =
        evaluate_outputs(parts_, plan_.environment, PlannedReferences(before_, renewed_));
    changes.any = !changes.list.empty() || outputs != before_.outputs || other_parameters_ ||
                  settings_.tags != before_.settings.tags ||
                  settings_.notification_arns != before_.settings.notification_arns ||
                  settings_.role_arn != before_.settings.role_arn;
    return changes;
  }

 private:
  static Json change(const char* action, const std::string& id, const std::string& physical_id,
                     const std::string& type) {
    Json resource{{"Action", action},
                  {"LogicalResourceId", id},
                  {"ResourceType", type},
                  {"Scope", Json::array()},
                  {"Details", Json::array()}};
    if (!physical_id.empty()) resource["PhysicalResourceId"] = physical_id;
    return Json{{"Type", "Resource"}, {"ResourceChange", std::move(resource)}};
  }

  void compare(const std::string& id, const ResourceRecord& old, const ResourceDefinition& wanted) {
    if (old.type != wanted.type) throw other_type(id);
    const ResourceType& type = *engine_.types.find(wanted.type);
    const Path path{"Resources", id, "Properties"};
    Json properties =
        *evaluate(wanted.properties, plan_.environment, PlannedReferences(before_, renewed_), path);
    properties = with_stack_tags(type, before_, settings_, id, std::move(properties));
    const Json& now = old.state.properties;
    if (now == properties && old.metadata == wanted.metadata) return;
    Json made = change("Modify", id, old.state.physical_id, wanted.type);
    Json& resource = made["ResourceChange"];
    std::string replacement = "False";
    for (const auto& name : differing(now, properties)) {
      const bool dynamic = mentions_unknown(properties.value(name, Json()));
      const auto& replacing = type.replacing_properties();
      const bool recreates = std::find(replacing.begin(), replacing.end(), name) != replacing.end();
      if (recreates && !dynamic) replacement = "True";
      if (recreates && dynamic && replacement == "False") replacement = "Conditional";
      add_detail(resource, name, recreates, dynamic, wanted);
    }
    if (old.metadata != wanted.metadata) add_metadata(resource);
    resource["Replacement"] = replacement;
    if (replacement != "False") renewed_.insert(id);
    found_.emplace(id, std::move(made));
  }

  static std::vector<std::string> differing(const Json& before, const Json& after) {
    std::set<std::string> names;
    for (const auto* side : {&before, &after}) {
      for (const auto& [name, value] : side->items()) {
        if (differs(before, after, name)) names.insert(name);
      }
    }
    return {names.begin(), names.end()};
  }

  void add_detail(Json& resource, const std::string& name, bool recreates, bool dynamic,
                  const ResourceDefinition& wanted) const {
    const bool tags = name == "Tags";
    Json target{{"Attribute", tags ? "Tags" : "Properties"},
                {"RequiresRecreation", !recreates ? "Never"
                                       : dynamic  ? "Conditionally"
                                                  : "Always"}};
    if (!tags) target["Name"] = name;
    Json detail{{"Target", std::move(target)}, {"Evaluation", dynamic ? "Dynamic" : "Static"}};
    const std::string cause = cause_of(wanted.properties.value(name, Json()));
    if (cause.empty()) {
      detail["ChangeSource"] = "DirectModification";
    } else {
      detail["ChangeSource"] =
          new_values_.contains(cause) ? "ParameterReference" : "ResourceReference";
      detail["CausingEntity"] = cause;
    }
    resource["Details"].push_back(std::move(detail));
    add_scope(resource, tags ? "Tags" : "Properties");
  }

  // The changed parameter or the new resource that a property refers to, or "".
  std::string cause_of(const Json& property) const {
    for (const auto& reference : references_in(property, {}, &plan_.environment.conditions)) {
      if (new_values_.contains(reference.name) || renewed_.contains(reference.name)) {
        return reference.name;
      }
    }
    return {};
  }

  static void add_metadata(Json& resource) {
    resource["Details"].push_back(
        {{"Target", {{"Attribute", "Metadata"}, {"RequiresRecreation", "Never"}}},
         {"Evaluation", "Static"},
         {"ChangeSource", "DirectModification"}});
    add_scope(resource, "Metadata");
  }

  static void add_scope(Json& resource, const char* scope) {
    Json& scopes = resource["Scope"];
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
  }

  void add_removals() {
    const std::set<std::string> stays(plan_.order.begin(), plan_.order.end());
    for (const auto& [id, resource] : before_.resources) {
      if (stays.contains(id)) continue;
      found_.emplace(id, change("Remove", id, resource.state.physical_id, resource.type));
    }
  }

  const Engine& engine_;
  const StackRecord& before_;
  const Template& parts_;
  const Plan& plan_;
  const Settings& settings_;
  std::set<std::string> new_values_;  // parameters
  bool other_parameters_ = false;
  std::map<std::string, Json> found_;  // by logical id
  std::set<std::string> renewed_;      // resources whose identifiers are not known yet
};

}  // namespace

Changes find_changes(const Engine& engine, const StackRecord& stack,
                     const PreparedTemplate& prepared, const Plan& plan, const Source& source,
                     const Settings& settings) {
  return Finder(engine, stack, prepared, plan, source, settings).find();
}

}  // namespace votemu::cloudformation
