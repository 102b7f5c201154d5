// UpdateStack, RollbackStack; CancelUpdateStack and ContinueUpdateRollback, for which there is
// never an occasion: no update is under way when they are called, and no rollback fails half way.
#include <algorithm>
#include <array>

#include "cloudformation/api/operations.h"
#include "cloudformation/api/stack_input.h"
#include "cloudformation/api/template_input.h"
#include "cloudformation/changes.h"

namespace votemu::cloudformation::api {
namespace {

constexpr std::array<std::string_view, 6> updatable{"CREATE_COMPLETE", "CREATE_FAILED",
                                                    "UPDATE_COMPLETE", "UPDATE_FAILED",
                                                    "IMPORT_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"};

void check_updatable(const StackRecord& stack) {
  if (std::find(updatable.begin(), updatable.end(), stack.status) != updatable.end()) return;
  throw invalid("Stack:" + stack.id + " is in " + stack.status + " state and can not be updated.");
}

// The change sets of a stack that became another are of no use any more.
void outdate_change_sets(const Engine& engine, const RequestContext& context,
                         const StackRecord& stack) {
  auto& store = engine.runtime.store;
  for (auto& set : change_sets_of(store, context.scope, stack.id)) {
    if (set.execution_status != "AVAILABLE") continue;
    set.execution_status = "OBSOLETE";
    save_change_set(store, context.scope, set);
  }
}

}  // namespace

Json update_stack(const Engine& engine, const RequestContext& request_context,
                  const Json& request) {
  StackRecord stack = find_stack(engine, request_context, required_text(request, "StackName"),
                                 Missing::in_brackets);
  const std::string token = client_token(request);
  if (!token.empty() && stack.client_token == token) return {{"StackId", stack.id}};
  check_updatable(stack);
  const RequestContext context = in_the_name_of(stack, request_context);
  const Source source = source_of(engine, context, request, &stack);
  const Settings settings = settings_of(request, &stack);
  const OnFailure on_failure = on_failure_of(request);
  auto prepared = read_prepared(source);
  check_macros_allowed(prepared, settings);
  try {
    const Plan plan = finish_template(engine, context, prepared, stack, source, settings);
    const bool retries = stack.status.ends_with("_FAILED");
    if (!retries && !find_changes(engine, stack, prepared, plan, source, settings).any) {
      throw invalid("No updates are to be performed.");
    }
    outdate_change_sets(engine, context, stack);
    if (const std::string policy = text(request, "StackPolicyBody"); !policy.empty()) {
      stack.policy = policy;
    }
    deploy(engine, context, stack, {prepared, plan, source, settings, on_failure, token});
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
  return {{"StackId", stack.id}};
}

Json rollback_stack(const Engine& engine, const RequestContext& request_context,
                    const Json& request) {
  StackRecord stack = find_stack(engine, request_context, required_text(request, "StackName"),
                                 Missing::in_brackets);
  const std::string token = client_token(request);
  const RequestContext context = in_the_name_of(stack, request_context);
  if (stack.status == "CREATE_FAILED") {
    roll_back_creation(engine, context, stack, token);
    return {{"StackId", stack.id}};
  }
  if (stack.status != "UPDATE_FAILED") {
    throw invalid("Stack:" + stack.id + " is in " + stack.status +
                  " state and can not be rolled back.");
  }
  const Source source = stack.stable;
  auto prepared = read_prepared(source);
  try {
    Settings settings = stack.settings;
    settings.capabilities = {"CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"};
    const Plan plan = finish_template(engine, context, prepared, stack, source, settings);
    roll_back_update(engine, context, stack,
                     {prepared, plan, source, stack.settings, OnFailure::keep, token});
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
  return {{"StackId", stack.id}};
}

Json cancel_update_stack(const Engine& engine, const RequestContext& context, const Json& request) {
  const auto stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::in_brackets);
  throw invalid("CancelUpdateStack cannot be called from current stack status");
}

Json continue_update_rollback(const Engine& engine, const RequestContext& context,
                              const Json& request) {
  const auto stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::in_brackets);
  throw invalid("Stack:" + stack.id + " is in " + stack.status +
                " state and can not continue its rollback.");
}

}  // namespace votemu::cloudformation::api
