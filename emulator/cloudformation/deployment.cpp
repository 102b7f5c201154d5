#include "cloudformation/deployment.h"

#include <algorithm>
#include <array>
#include <utility>

#include "cloudformation/deployer.h"
#include "cloudformation/exports.h"
#include "cloudformation/parameters.h"
#include "cloudformation/stack_rows.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

constexpr auto user_initiated = "User Initiated";

// The statuses of a kind of deployment.
struct Phases {
  std::string begun;
  std::string cleaning;  // "": it has no such phase
  std::string done;
  std::string failed;
  std::string undoing;
  std::string undo_cleaning;
  std::string undone;
  std::string undo_reason;  // after what has failed
};

Phases phases_of(bool creates, OnFailure on_failure) {
  if (!creates) {
    return {"UPDATE_IN_PROGRESS",
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "UPDATE_COMPLETE",
            "UPDATE_FAILED",
            "UPDATE_ROLLBACK_IN_PROGRESS",
            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
            "UPDATE_ROLLBACK_COMPLETE",
            ""};
  }
  Phases phases{"CREATE_IN_PROGRESS", "", "CREATE_COMPLETE", "CREATE_FAILED", "", "", "", ""};
  const bool removes = on_failure == OnFailure::remove;
  phases.undoing = removes ? "DELETE_IN_PROGRESS" : "ROLLBACK_IN_PROGRESS";
  phases.undone = removes ? "DELETE_COMPLETE" : "ROLLBACK_COMPLETE";
  phases.undo_reason = removes ? "Delete requested by user." : "Rollback requested by user.";
  return phases;
}

// Thrown to take back what a deployment wrote, once its services have been told.
struct RolledBack {};

// Once these types were only noted in their stack's row: what is not in its service is made anew.
void forget_unserved(StackRecord& stack) {
  constexpr int first_meaning_with_services = 2;
  constexpr std::array types = {"AWS::ApiGateway::Account",
                                "AWS::Cognito::", "AWS::IAM::", "AWS::Lambda::Permission",
                                "AWS::SQS::QueuePolicy"};
  if (stack.meaning >= first_meaning_with_services) return;
  std::erase_if(stack.resources, [&](const auto& entry) {
    return std::ranges::any_of(
        types, [&](std::string_view prefix) { return entry.second.type.starts_with(prefix); });
  });
}

void take(const Change& change, StackRecord& stack) {
  const Template& parts = change.prepared.parts();
  forget_unserved(stack);
  stack.meaning = StackRecord::current_meaning;
  stack.source = change.source;
  stack.settings = change.settings;
  stack.description = parts.description;
  stack.parameter_values = parameter_texts(parts.parameters, change.source.parameters);
  stack.secret_parameters = secret_parameters(parts.parameters);
}

void attempt(Deployer& deployer, EventLog& events, const Change& change, const Phases& phases,
             Outcome& outcome) {
  try {
    deployer.apply(change.prepared.parts(), change.plan);
  } catch (const Problem& problem) {
    outcome.failure = problem;
    const std::string why = deployer.failure_text(problem);
    if (change.on_failure == OnFailure::keep) {
      events.stack(phases.failed, why);
      return;
    }
    events.stack(phases.undoing, why + phases.undo_reason);
    deployer.undo();
    if (!phases.undo_cleaning.empty()) events.stack(phases.undo_cleaning);
    events.stack(phases.undone);
    throw RolledBack();
  }
  if (!phases.cleaning.empty()) events.stack(phases.cleaning);
  deployer.delete_leftovers();
  events.stack(phases.done);
  outcome.changed = deployer.changed();
}

void save(const Engine& engine, const core::Scope& scope, const EventLog& events,
          StackRecord& stack) {
  events.save(engine.runtime.store, scope, stack);
  if (stack.status == "DELETE_COMPLETE") {
    stack.deleted_ms = events.last_ms();
    bury_stack(engine.runtime.store, scope, stack);
  } else {
    save_stack(engine.runtime.store, scope, stack);
  }
}

// What there is of a stack after its creation was rolled back.
void empty_out(StackRecord& stack) {
  stack.resources.clear();
  stack.leftovers.clear();
  stack.outputs.clear();
  stack.imports.clear();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

StackRecord new_stack(core::Runtime& runtime, const core::RequestContext& context,
                      const std::string& name) {
  StackRecord stack;
  stack.name = name;
  stack.id =
      core::Arn::in(context.scope, "cloudformation", "stack/" + name + "/" + runtime.random.uuid())
          .text();
  stack.host = context.host;
  stack.created_ms = runtime.clock.now_ms();
  return stack;
}

Outcome deploy(const Engine& engine, const core::RequestContext& context, StackRecord& stack,
               const Change& change) {
  const bool creates = !stack.exists();
  const Phases phases = phases_of(creates, change.on_failure);
  EventLog events(engine.runtime, stack, change.client_token);
  events.stack(phases.begun, user_initiated);
  stack.client_token = change.client_token;
  stack.disable_rollback = change.on_failure == OnFailure::keep;
  StackRecord wanted = stack;
  take(change, wanted);
  Outcome outcome;
  try {
    engine.runtime.store.atomically([&] {
      Deployer deployer(engine, context, wanted, events);
      attempt(deployer, events, change, phases, outcome);
    });
    const bool was_stable = stack.stable.template_text.empty();
    wanted.stable = !outcome.failure || creates ? Source()
                    : was_stable                ? stack.source
                                                : stack.stable;
    stack = std::move(wanted);
  } catch (const RolledBack&) {
    if (engine.services.reread) engine.services.reread();
    if (creates) {
      take(change, stack);
      empty_out(stack);
    }
  }
  const bool nothing_happened = !creates && !outcome.changed && !outcome.failure;
  if (nothing_happened && !change.tells_if_unchanged) {
    save_stack(engine.runtime.store, context.scope, stack);
    return outcome;
  }
  if (!creates) stack.updated_ms = engine.runtime.clock.now_ms();
  save(engine, context.scope, events, stack);
  return outcome;
}

void roll_back_update(const Engine& engine, const core::RequestContext& context, StackRecord& stack,
                      const Change& change) {
  Phases phases = phases_of(false, OnFailure::keep);
  phases.cleaning = phases.undo_cleaning;
  phases.done = phases.undone;
  phases.failed = "UPDATE_ROLLBACK_FAILED";
  EventLog events(engine.runtime, stack, change.client_token);
  events.stack(phases.undoing, user_initiated);
  Deployer deployer(engine, context, stack, events);
  take(change, stack);
  Outcome outcome;
  attempt(deployer, events, change, phases, outcome);
  if (!outcome.failure) stack.stable = {};
  stack.client_token = change.client_token;
  stack.updated_ms = engine.runtime.clock.now_ms();
  save(engine, context.scope, events, stack);
}

void roll_back_creation(const Engine& engine, const core::RequestContext& context,
                        StackRecord& stack, const std::string& client_token) {
  EventLog events(engine.runtime, stack, client_token);
  events.stack("ROLLBACK_IN_PROGRESS", user_initiated);
  Deployer deployer(engine, context, stack, events);
  const auto failed = deployer.delete_all({});
  if (failed.empty()) {
    empty_out(stack);
    events.stack("ROLLBACK_COMPLETE");
  } else {
    events.stack("ROLLBACK_FAILED",
                 "The following resource(s) failed to delete: [" + joined(failed) + "]. ");
  }
  stack.client_token = client_token;
  save(engine, context.scope, events, stack);
}

void delete_stack(const Engine& engine, const core::RequestContext& context, StackRecord stack,
                  const std::set<std::string>& retained, const std::string& client_token) {
  auto& store = engine.runtime.store;
  EventLog events(engine.runtime, stack, client_token);
  const std::string status_before = stack.status;
  events.stack("DELETE_IN_PROGRESS", user_initiated);
  stack.client_token = client_token;
  try {
    check_exports(store, context.scope, stack, {});
  } catch (const Problem& problem) {
    events.stack(status_before, std::string("Delete canceled. ") + problem.what());
    save(engine, context.scope, events, stack);
    return;
  }
  Deployer deployer(engine, context, stack, events);
  const auto failed = deployer.delete_all(retained);
  if (failed.empty()) {
    save_exports(store, context.scope, stack, {});
    events.stack("DELETE_COMPLETE");
  } else {
    events.stack("DELETE_FAILED",
                 "The following resource(s) failed to delete: [" + joined(failed) + "]. ");
  }
  save(engine, context.scope, events, stack);
}

}  // namespace votemu::cloudformation
