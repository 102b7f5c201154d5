#include "cloudformation/conditions.h"

#include <algorithm>
#include <set>

#include "cloudformation/evaluate.h"
#include "cloudformation/values.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

class Decider {
 public:
  Decider(const Json& section, const Environment& environment)
      : section_(section), environment_(environment) {}

  bool named(const std::string& name, const std::string& within) {
    if (const auto known = decided_.find(name); known != decided_.end()) return known->second;
    const auto found = section_.find(name);
    if (found == section_.end()) {
      throw Problem("Template format error: Unresolved condition dependency " + name +
                        " in the Conditions block of the template",
                    {"Conditions", within});
    }
    if (!under_way_.insert(name).second) {
      throw Problem(
          "Template error: Found circular condition dependency between " + within + " and " + name,
          {"Conditions", within});
    }
    const bool result = decide(*found, name);
    under_way_.erase(name);
    decided_.emplace(name, result);
    return result;
  }

  std::map<std::string, bool> take() { return std::move(decided_); }

 private:
  bool decide(const Json& condition, const std::string& name) {
    const auto call = function_call(condition);
    if (!call) throw not_boolean(name);
    const Json& argument = *call->argument;
    if (*call->name == "Condition" && argument.is_string()) {
      return named(argument.get<std::string>(), name);
    }
    if (*call->name == "Fn::Equals") return equals(argument, name);
    if (*call->name == "Fn::Not") {
      return !operands(argument, 1, 1, "Fn::Not object requires one boolean parameter.", name)[0];
    }
    constexpr auto many = "object requires a list of at least 2 and at most 10 boolean parameters.";
    if (*call->name == "Fn::And") {
      const auto all = operands(argument, 2, 10, std::string("Fn::And ") + many, name);
      return std::find(all.begin(), all.end(), false) == all.end();
    }
    if (*call->name == "Fn::Or") {
      const auto all = operands(argument, 2, 10, std::string("Fn::Or ") + many, name);
      return std::find(all.begin(), all.end(), true) != all.end();
    }
    throw not_boolean(name);
  }

  std::vector<bool> operands(const Json& list, std::size_t least, std::size_t most,
                             const std::string& rule, const std::string& name) {
    if (!list.is_array() || list.size() < least || list.size() > most) {
      throw Problem("Template error: every " + rule, {"Conditions", name});
    }
    std::vector<bool> values;
    for (const auto& operand : list) values.push_back(decide(operand, name));
    return values;
  }

  bool equals(const Json& argument, const std::string& name) {
    if (!argument.is_array() || argument.size() != 2) {
      throw Problem(
          "Template error: every Fn::Equals object requires a list of 2 string parameters.",
          {"Conditions", name});
    }
    return operand_text(argument[0], name) == operand_text(argument[1], name);
  }

  Json operand_text(const Json& operand, const std::string& name) {
    try {
      const auto value = evaluate(operand, environment_, NoReferences(), {"Conditions", name});
      if (!value) return nullptr;
      const auto text = scalar_text(*value);
      return text ? Json(*text) : *value;
    } catch (const UnresolvedReference& unresolved) {
      throw Problem("Template format error: Unresolved dependencies [" + unresolved.name() +
                        "]. Cannot reference resources in the Conditions block of the template",
                    {"Conditions", name});
    }
  }

  static Problem not_boolean(const std::string& name) {
    return Problem(
        "Template format error: Conditions can only be boolean operations on parameters "
        "and other conditions",
        {"Conditions", name});
  }

  const Json& section_;
  const Environment& environment_;
  std::map<std::string, bool> decided_;
  std::set<std::string> under_way_;
};

}  // namespace

std::map<std::string, bool> decide_conditions(const Json& section, const Environment& environment) {
  Decider decider(section, environment);
  for (const auto& [name, condition] : section.items()) decider.named(name, name);
  return decider.take();
}

}  // namespace votemu::cloudformation
