#include "cloudformation/stacks.h"

#include <algorithm>
#include <utility>

#include "cloudformation/api/operations.h"
#include "cloudformation/deployment.h"
#include "cloudformation/prepared_template.h"
#include "cloudformation/stack_name.h"
#include "cloudformation/stack_rows.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

TemplateError error_in(const std::string& file, int line, const std::string& logical_id,
                       const std::string& message) {
  std::string text = file;
  if (line > 0) text += ":" + std::to_string(line);
  if (!logical_id.empty()) text += ": " + logical_id;
  return TemplateError(one_line(text + ": " + message));
}

StackSummary summary_of(const StackRecord& record, bool changed) {
  StackSummary summary{record.name, {}, {}, changed};
  for (const auto& [name, output] : record.outputs) summary.outputs[name] = output.value;
  for (const auto& [id, resource] : record.resources) {
    summary.physical_ids[id] = resource.state.physical_id;
  }
  return summary;
}

// Reads nothing but the row: most starts find the stack as they left it.
bool is_as_wanted(const StackRecord& record, const Deployment& wanted,
                  const core::RequestContext& context) {
  return record.exists() && !record.status.ends_with("FAILED") &&
         record.status != "ROLLBACK_COMPLETE" && record.meaning == StackRecord::current_meaning &&
         record.source.template_text == wanted.template_text &&
         record.source.parameters == wanted.parameters && record.host == context.host;
}

// The stack as it is, or a new one in place of one that was never created.
StackRecord taken_up(core::Runtime& runtime, const core::RequestContext& context,
                     const std::string& name, std::optional<StackRecord> existing) {
  if (existing && existing->status != "ROLLBACK_COMPLETE") return std::move(*existing);
  return new_stack(runtime, context, name);
}

}  // namespace

Stacks::Stacks(core::Runtime& runtime, Services services, std::vector<std::string> known_handlers)
    : engine_(runtime, std::move(services), std::move(known_handlers)) {}

core::OperationTable Stacks::operations() const {
  return api::operations(engine_);
}

StackSummary Stacks::deploy(const core::RequestContext& context,
                            const Deployment& deployment) const {
  if (const auto problem = name_problem(deployment.stack_name, "stackName")) {
    throw TemplateError(*problem);
  }
  auto existing = load_stack(engine_.runtime.store, context.scope, deployment.stack_name);
  if (existing && is_as_wanted(*existing, deployment, context) && still_runs(context, *existing)) {
    return summary_of(*existing, false);
  }
  std::optional<PreparedTemplate> prepared;
  try {
    prepared.emplace(deployment.template_text);
    prepared->transform();
    prepared->check_types(engine_.types);
    StackRecord stack =
        taken_up(engine_.runtime, context, deployment.stack_name, std::move(existing));
    const Source source{deployment.template_text, deployment.parameters};
    const Plan plan = make_plan(*prepared, engine_.runtime.store,
                                {context.scope, stack.name, stack.id}, source, stack.settings);
    Change change{*prepared, plan, source, stack.settings, OnFailure::roll_back, "", false};
    return engine_.runtime.store.atomically([&] {
      const auto outcome = cloudformation::deploy(engine_, context, stack, change);
      if (outcome.failure) throw Problem(*outcome.failure);
      return summary_of(stack, outcome.changed);
    });
  } catch (const NotWellFormed& problem) {
    throw error_in(deployment.file_name, problem.line(), "", problem.what());
  } catch (const Problem& problem) {
    throw error_in(deployment.file_name, prepared ? prepared->line_of(problem.path()) : 0,
                   problem.logical_id(), problem.what());
  }
}

// The handlers may have changed since the stack was deployed.
bool Stacks::still_runs(const core::RequestContext& context, const StackRecord& record) const {
  for (const auto& [id, resource] : record.resources) {
    const ResourceType* type = engine_.types.find(resource.type);
    if (type == nullptr) return false;
    try {
      type->check(
          {engine_.runtime, engine_.services, context, engine_.known_handlers, record.name, id},
          resource.state.properties);
    } catch (const Problem&) {
      return false;
    } catch (const core::AwsError&) {
      return false;
    }
  }
  return true;
}

std::optional<StackSummary> Stacks::describe(const core::Scope& scope,
                                             std::string_view name) const {
  const auto record = load_stack(engine_.runtime.store, scope, name);
  if (!record || !record->exists()) return std::nullopt;
  return summary_of(*record, false);
}

}  // namespace votemu::cloudformation
