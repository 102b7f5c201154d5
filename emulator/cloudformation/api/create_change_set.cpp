// CreateChangeSet
#include <algorithm>

#include "cloudformation/api/operations.h"
#include "cloudformation/api/stack_input.h"
#include "cloudformation/api/template_input.h"
#include "cloudformation/changes.h"
#include "cloudformation/events.h"
#include "cloudformation/limits.h"
#include "cloudformation/parameters.h"
#include "cloudformation/stack_rows.h"
#include "core/constraints.h"
#include "core/members.h"

namespace votemu::cloudformation::api {
namespace {

bool creates(const Json& request) {
  const std::string type = text(request, "ChangeSetType");
  if (type == "CREATE") return true;
  if (type.empty() || type == "UPDATE") return false;
  if (type == "IMPORT") throw invalid("Change sets of type IMPORT are not supported.");
  throw invalid(core::violation(type, "changeSetType",
                                "Member must satisfy enum value set: [CREATE, UPDATE, IMPORT]"));
}

// The stack that is reviewed, or one that is about to be.
StackRecord stack_to_create(const Engine& engine, const RequestContext& context,
                            const std::string& name, const std::string& change_set) {
  check_name(name, "StackName");
  auto& store = engine.runtime.store;
  if (auto existing = load_stack(store, context.scope, name)) {
    if (existing->status == "REVIEW_IN_PROGRESS") return std::move(*existing);
    throw invalid("Stack [" + name +
                  "] already exists and cannot be created again with the "
                  "changeSet [" +
                  change_set + "].");
  }
  if (count_stacks(store, context.scope) >= limits::max_stacks) {
    throw core::AwsError("LimitExceededException", "Limit for stack has been exceeded for account.",
                         400);
  }
  return new_stack(engine.runtime, context, name);
}

StackRecord stack_to_update(const Engine& engine, const RequestContext& context,
                            const std::string& name) {
  auto stack = find_stack(engine, context, name, Missing::in_brackets);
  const bool can_change =
      stack.status.ends_with("_COMPLETE")
          ? stack.status != "ROLLBACK_COMPLETE" && stack.status != "DELETE_COMPLETE"
          : stack.status == "CREATE_FAILED" || stack.status == "UPDATE_FAILED";
  if (can_change) return stack;
  throw invalid("Stack:" + stack.id + " is in " + stack.status + " state and can not be updated.");
}

ChangeSet new_change_set(const Engine& engine, const RequestContext& context,
                         const StackRecord& stack, const std::string& name) {
  ChangeSet set;
  set.name = name;
  set.id = core::Arn::in(context.scope, "cloudformation",
                         "changeSet/" + name + "/" + engine.runtime.random.uuid())
               .text();
  set.stack_name = stack.name;
  set.stack_id = stack.id;
  set.created_ms = engine.runtime.clock.now_ms();
  return set;
}

void fail(ChangeSet& set, const std::string& reason) {
  set.status = "FAILED";
  set.execution_status = "UNAVAILABLE";
  set.status_reason = reason;
}

// What macros make of a template, and what is wrong with that, AWS finds out when the change set is
// there already; what is wrong with any other template it says at once.
void find_out(const Engine& engine, const RequestContext& context, PreparedTemplate& prepared,
              const StackRecord& stack, ChangeSet& set) {
  set.status = "CREATE_COMPLETE";
  set.execution_status = "AVAILABLE";
  try {
    const Plan plan = finish_template(engine, context, prepared, stack, set.source, set.settings);
    const auto changes = find_changes(engine, stack, prepared, plan, set.source, set.settings);
    set.changes = changes.list;
    if (!changes.any && stack.exists() && !stack.status.ends_with("_FAILED")) {
      fail(set,
           "The submitted information didn't contain changes. Submit different information "
           "to create a change set.");
    }
  } catch (const Problem& problem) {
    if (!prepared.has_macros()) throw invalid(problem.what());
    fail(set, problem.what());
  } catch (const core::AwsError& error) {
    if (!prepared.has_macros()) throw;
    fail(set, error.message());
  }
}

// A change set that cannot be executed makes room first, else the oldest.
void make_room(const Engine& engine, const RequestContext& context, const StackRecord& stack) {
  auto& store = engine.runtime.store;
  auto sets = change_sets_of(store, context.scope, stack.id);
  if (sets.size() < limits::max_change_sets_per_stack) return;
  const auto oldest =
      std::min_element(sets.begin(), sets.end(), [](const ChangeSet& left, const ChangeSet& right) {
        const bool left_usable = left.execution_status == "AVAILABLE";
        const bool right_usable = right.execution_status == "AVAILABLE";
        return std::pair(left_usable, left.created_ms) < std::pair(right_usable, right.created_ms);
      });
  erase_change_set(store, context.scope, *oldest);
}

// A stack that is only reviewed is there from its first change set on.
void begin_review(const Engine& engine, const RequestContext& context, StackRecord& stack) {
  if (!stack.status.empty()) return;
  EventLog events(engine.runtime, stack, "");
  events.stack("REVIEW_IN_PROGRESS", "User Initiated");
  events.save(engine.runtime.store, context.scope, stack);
  save_stack(engine.runtime.store, context.scope, stack);
}

}  // namespace

Json create_change_set(const Engine& engine, const RequestContext& request_context,
                       const Json& request) {
  const std::string stack_name = required_text(request, "StackName");
  const std::string name = required_text(request, "ChangeSetName");
  check_name(name, "ChangeSetName");
  const bool creating = creates(request);
  StackRecord stack = creating ? stack_to_create(engine, request_context, stack_name, name)
                               : stack_to_update(engine, request_context, stack_name);
  const RequestContext context = in_the_name_of(stack, request_context);
  auto& store = engine.runtime.store;
  const std::string token = client_token(request, "ClientToken");
  if (const auto same = load_change_set(store, context.scope, stack.id, name)) {
    const bool repeated = !token.empty() && same->client_token == token;
    if (repeated) return {{"Id", same->id}, {"StackId", stack.id}};
    // Tools name change sets after the second, and here a second is long enough for several.
    if (same->execution_status == "AVAILABLE") {
      throw core::AwsError("AlreadyExistsException", "ChangeSet [" + name + "] already exists",
                           400);
    }
  }
  const StackRecord* previous = creating ? nullptr : &stack;
  ChangeSet set = new_change_set(engine, context, stack, name);
  set.creates = creating;
  set.client_token = token;
  set.description = text(request, "Description");
  set.on_stack_failure = text(request, "OnStackFailure");
  on_failure_of(Json::object(), set.on_stack_failure);
  set.source = source_of(engine, context, request, previous);
  set.settings = settings_of(request, previous);
  auto prepared = read_prepared(set.source);
  set.parameter_values = parameter_texts(prepared.parts().parameters, set.source.parameters);
  set.secret_parameters = secret_parameters(prepared.parts().parameters);
  find_out(engine, context, prepared, stack, set);
  begin_review(engine, context, stack);
  make_room(engine, context, stack);
  save_change_set(store, context.scope, set);
  return {{"Id", set.id}, {"StackId", stack.id}};
}

}  // namespace votemu::cloudformation::api
