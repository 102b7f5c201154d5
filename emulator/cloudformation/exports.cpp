#include "cloudformation/exports.h"

#include "cloudformation/evaluate.h"
#include "cloudformation/graph.h"
#include "cloudformation/stack_name.h"
#include "cloudformation/stack_rows.h"
#include "cloudformation/values.h"
#include "core/keys.h"

namespace votemu::cloudformation {
namespace {

core::Key prefix_of(const core::Scope& scope) {
  return core::Key(core::Table::cloudformation_export, scope);
}

std::map<std::string, std::string> exported(const std::map<std::string, Output>& outputs) {
  std::map<std::string, std::string> values;
  for (const auto& [name, output] : outputs) {
    if (!output.export_name.empty()) values[output.export_name] = output.value;
  }
  return values;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

void collect_imports(const Json& value, const Environment& environment,
                     std::set<std::string>& names) {
  const auto call = function_call(value);
  if (call && *call->name == "Fn::ImportValue") {
    try {
      const auto name = evaluate(*call->argument, environment, NoReferences());
      if (name && environment.exports.contains(scalar_text(*name).value_or(""))) {
        names.insert(*scalar_text(*name));
      }
    } catch (const Problem&) {
      return;  // stands where it is not evaluated
    }
    return;
  }
  if (!value.is_structured()) return;
  for (const auto& inner : value) collect_imports(inner, environment, names);
}

}  // namespace

std::map<std::string, Export> load_exports(const core::Store& store, const core::Scope& scope) {
  std::map<std::string, Export> exports;
  for (auto row = store.scan(prefix_of(scope)); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    key.text();
    key.text();
    const Json value = core::parse_own_json(row.value());
    exports.emplace(key.text(),
                    Export{value["StackId"].get<std::string>(), value["Value"].get<std::string>()});
  }
  return exports;
}

std::vector<std::string> importers_of(const core::Store& store, const core::Scope& scope,
                                      std::string_view export_name) {
  std::vector<std::string> names;
  for_each_stack(store, scope, false, [&](const StackRecord& stack) {
    if (stack.imports.contains(std::string(export_name))) names.push_back(stack.name);
  });
  return names;
}

void check_exports(const core::Store& store, const core::Scope& scope, const StackRecord& stack,
                   const std::map<std::string, Output>& outputs) {
  const auto before = exported(stack.outputs);
  const auto after = exported(outputs);
  for (const auto& [name, value] : after) {
    const auto row = store.get(prefix_of(scope).text(name));
    if (!row) continue;
    const auto owner = core::parse_own_json(*row)["StackId"].get<std::string>();
    if (owner == stack.id) continue;
    throw Problem("Export with name " + name + " is already exported by stack " +
                  std::string(name_in_stack_id(owner)) + ".");
  }
  for (const auto& [name, value] : before) {
    const auto kept = after.find(name);
    if (kept != after.end() && kept->second == value) continue;
    const auto importers = importers_of(store, scope, name);
    if (importers.empty()) continue;
    throw Problem(
        kept == after.end()
            ? "Cannot delete export " + name + " as it is in use by " + joined(importers) + "."
            : "Cannot update export " + name + " as it is in use by " + joined(importers) + ".");
  }
}

void save_exports(core::Store& store, const core::Scope& scope, const StackRecord& stack,
                  const std::map<std::string, Output>& outputs) {
  for (const auto& [name, value] : exported(stack.outputs)) {
    store.erase(prefix_of(scope).text(name));
  }
  for (const auto& [name, value] : exported(outputs)) {
    store.put(prefix_of(scope).text(name),
              core::dump_json({{"StackId", stack.id}, {"Value", value}}));
  }
}

std::set<std::string> imports_of(const Template& from, const Environment& environment) {
  std::set<std::string> names;
  if (environment.exports.empty()) return names;
  for (const auto& [id, resource] : from.resources) {
    if (holds(resource.condition, environment, {"Resources", id})) {
      collect_imports(resource.properties, environment, names);
    }
  }
  collect_imports(from.outputs, environment, names);
  return names;
}

}  // namespace votemu::cloudformation
