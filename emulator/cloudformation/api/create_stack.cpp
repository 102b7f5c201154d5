// CreateStack
#include "cloudformation/api/operations.h"
#include "cloudformation/api/stack_input.h"
#include "cloudformation/api/template_input.h"
#include "cloudformation/limits.h"
#include "cloudformation/stack_rows.h"
#include "core/members.h"

namespace votemu::cloudformation::api {

Json create_stack(const Engine& engine, const RequestContext& context, const Json& request) {
  const std::string name = required_text(request, "StackName");
  check_name(name, "StackName");
  const std::string token = client_token(request);
  auto& store = engine.runtime.store;
  if (const auto existing = load_stack(store, context.scope, name)) {
    const bool repeated = !token.empty() && existing->client_token == token;
    if (repeated) return {{"StackId", existing->id}};
    throw core::AwsError("AlreadyExistsException", "Stack [" + name + "] already exists", 400);
  }
  if (count_stacks(store, context.scope) >= limits::max_stacks) {
    throw core::AwsError("LimitExceededException", "Limit for stack has been exceeded for account.",
                         400);
  }
  StackRecord stack = new_stack(engine.runtime, context, name);
  stack.timeout_minutes = core::integer_member(request, "TimeoutInMinutes").value_or(0);
  stack.termination_protection = flag(request, "EnableTerminationProtection");
  stack.policy = text(request, "StackPolicyBody");
  const Source source = source_of(engine, context, request, nullptr);
  const Settings settings = settings_of(request, nullptr);
  const OnFailure on_failure = on_failure_of(request);
  auto prepared = read_prepared(source);
  check_macros_allowed(prepared, settings);
  try {
    const Plan plan = finish_template(engine, context, prepared, stack, source, settings);
    deploy(engine, context, stack, {prepared, plan, source, settings, on_failure, token});
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
  return {{"StackId", stack.id}};
}

}  // namespace votemu::cloudformation::api
