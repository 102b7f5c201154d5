// DescribeChangeSet, ListChangeSets, DeleteChangeSet, ExecuteChangeSet
#include <algorithm>

#include "cloudformation/api/operations.h"
#include "cloudformation/api/shapes.h"
#include "cloudformation/api/stack_input.h"
#include "cloudformation/api/template_input.h"
#include "cloudformation/stack_rows.h"
#include "core/calendar.h"

namespace votemu::cloudformation::api {
namespace {

Json summary_shape(const ChangeSet& set) {
  Json shape{{"StackId", set.stack_id},
             {"StackName", set.stack_name},
             {"ChangeSetId", set.id},
             {"ChangeSetName", set.name},
             {"ExecutionStatus", set.execution_status},
             {"Status", set.status},
             {"CreationTime", core::iso8601_ms(set.created_ms)},
             {"IncludeNestedStacks", false}};
  if (!set.status_reason.empty()) shape["StatusReason"] = set.status_reason;
  if (!set.description.empty()) shape["Description"] = set.description;
  return shape;
}

// The one that was executed stays to be looked at; the stack is no longer what the others changed.
void settle(const Engine& engine, const RequestContext& context, ChangeSet& set,
            const Outcome& outcome) {
  auto& store = engine.runtime.store;
  erase_change_sets(store, context.scope, set.stack_id);
  set.execution_status = outcome.failure ? "EXECUTE_FAILED" : "EXECUTE_COMPLETE";
  save_change_set(store, context.scope, set);
}

}  // namespace

Json describe_change_set(const Engine& engine, const RequestContext& context, const Json& request) {
  const auto set = find_change_set(engine, context, request);
  Json answer = summary_shape(set);
  if (!set.on_stack_failure.empty()) answer["OnStackFailure"] = set.on_stack_failure;
  answer["RollbackConfiguration"] = Json::object();
  answer["NotificationARNs"] = set.settings.notification_arns;
  if (!set.settings.capabilities.empty()) answer["Capabilities"] = set.settings.capabilities;
  answer["Tags"] = tag_shapes(set.settings.tags);
  answer["Parameters"] = parameter_shapes(set.parameter_values, set.secret_parameters);
  const Page page = page_of(request, set.changes.size());
  Json changes = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i) changes.push_back(set.changes[i]);
  answer["Changes"] = std::move(changes);
  if (!page.next_token.empty()) answer["NextToken"] = page.next_token;
  return answer;
}

Json list_change_sets(const Engine& engine, const RequestContext& context, const Json& request) {
  const auto stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::in_brackets);
  const auto sets = change_sets_of(engine.runtime.store, context.scope, stack.id);
  const Page page = page_of(request, sets.size());
  Json list = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i) list.push_back(summary_shape(sets[i]));
  return paged("Summaries", std::move(list), page.next_token);
}

Json delete_change_set(const Engine& engine, const RequestContext& context, const Json& request) {
  try {
    const auto set = find_change_set(engine, context, request);
    erase_change_set(engine.runtime.store, context.scope, set);
  } catch (const core::AwsError& error) {
    if (error.code() != "ChangeSetNotFound") throw;
  }
  return Json::object();
}

Json execute_change_set(const Engine& engine, const RequestContext& request_context,
                        const Json& request) {
  ChangeSet set = find_change_set(engine, request_context, request);
  if (set.execution_status != "AVAILABLE") {
    throw core::AwsError("InvalidChangeSetStatus",
                         "ChangeSet [" + set.id +
                             "] cannot be executed in its current status of [" + set.status + "]",
                         400);
  }
  StackRecord stack = find_stack(engine, request_context, set.stack_id, Missing::in_brackets);
  const RequestContext context = in_the_name_of(stack, request_context);
  const std::string token = client_token(request);
  const OnFailure on_failure =
      on_failure_of(set.on_stack_failure.empty() ? request : Json::object(), set.on_stack_failure);
  auto prepared = read_prepared(set.source);
  try {
    const Plan plan = finish_template(engine, context, prepared, stack, set.source, set.settings);
    stack.change_set_id = set.id;
    const auto outcome = deploy(engine, context, stack,
                                {prepared, plan, set.source, set.settings, on_failure, token});
    settle(engine, context, set, outcome);
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
  return Json::object();
}

}  // namespace votemu::cloudformation::api
