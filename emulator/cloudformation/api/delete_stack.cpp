// DeleteStack, UpdateTerminationProtection
#include "cloudformation/api/operations.h"
#include "cloudformation/api/request.h"
#include "cloudformation/deployment.h"
#include "cloudformation/stack_rows.h"
#include "core/constraints.h"
#include "core/members.h"

namespace votemu::cloudformation::api {

Json delete_stack(const Engine& engine, const RequestContext& context, const Json& request) {
  const std::string name = required_text(request, "StackName");
  const std::string token = client_token(request);
  const auto stack = load_stack(engine.runtime.store, context.scope, name);
  if (!stack || stack->status == "DELETE_COMPLETE") return Json::object();
  if (stack->termination_protection) {
    throw invalid("Stack [" + stack->name +
                  "] cannot be deleted while TerminationProtection is enabled");
  }
  const auto listed = texts(request, "RetainResources");
  const std::set<std::string> retained(listed.begin(), listed.end());
  if (!retained.empty() && stack->status != "DELETE_FAILED") {
    throw invalid("Invalid operation on stack [" + stack->id +
                  "]. RetainResources can only be specified for a stack in DELETE_FAILED state.");
  }
  cloudformation::delete_stack(engine, in_the_name_of(*stack, context), *stack, retained, token);
  return Json::object();
}

Json update_termination_protection(const Engine& engine, const RequestContext& context,
                                   const Json& request) {
  StackRecord stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::in_brackets);
  const auto enabled = core::boolean_member(request, "EnableTerminationProtection");
  if (!enabled) throw invalid(core::null_violation("enableTerminationProtection"));
  if (stack.status == "DELETE_COMPLETE") {
    throw invalid("Stack [" + stack.name + "] does not exist");
  }
  stack.termination_protection = *enabled;
  save_stack(engine.runtime.store, context.scope, stack);
  return {{"StackId", stack.id}};
}

}  // namespace votemu::cloudformation::api
