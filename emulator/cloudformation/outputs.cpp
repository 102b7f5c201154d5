#include "cloudformation/outputs.h"

#include "cloudformation/graph.h"
#include "cloudformation/values.h"

namespace votemu::cloudformation {
namespace {

std::string text_of(const std::optional<Json>& value, const std::string& name, const Path& path) {
  const auto text = value ? scalar_text(*value) : std::nullopt;
  if (text) return *text;
  throw Problem("Template format error: Output " + name +
                    " is malformed. The Value field of every Outputs member must evaluate to a "
                    "String.",
                path);
}

bool is_made(const Json& output, const Environment& environment, const Path& path) {
  const auto condition = output.find("Condition");
  return condition == output.end() || !condition->is_string() ||
         holds(condition->get<std::string>(), environment, path);
}

std::string export_name(const Json& output, const std::string& name, const Environment& environment,
                        const References& references) {
  const auto found = output.find("Export");
  if (found == output.end()) return {};
  if (!found->is_object() || !found->contains("Name")) {
    throw Problem("Template format error: Output " + name +
                      " is malformed. The Export field of every Outputs member must contain a "
                      "Name.",
                  {"Outputs", name, "Export"});
  }
  const Path path{"Outputs", name, "Export", "Name"};
  return text_of(evaluate((*found)["Name"], environment, references, path), name, path);
}

}  // namespace

std::map<std::string, Output> evaluate_outputs(const Template& from, const Environment& environment,
                                               const References& references) {
  std::map<std::string, Output> outputs;
  for (const auto& [name, output] : from.outputs.items()) {
    const Path path{"Outputs", name, "Value"};
    if (!is_made(output, environment, path)) continue;
    const auto value = evaluate(output["Value"], environment, references, path);
    if (!value) continue;
    outputs[name] = {text_of(value, name, path), text_property(output, "Description"),
                     export_name(output, name, environment, references)};
  }
  return outputs;
}

}  // namespace votemu::cloudformation
