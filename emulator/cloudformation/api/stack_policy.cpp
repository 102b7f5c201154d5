// SetStackPolicy, GetStackPolicy. A policy is kept and given back; updates are not held to it.
#include "cloudformation/api/operations.h"
#include "cloudformation/api/request.h"
#include "cloudformation/limits.h"
#include "cloudformation/stack_rows.h"
#include "core/members.h"

namespace votemu::cloudformation::api {

Json set_stack_policy(const Engine& engine, const RequestContext& context, const Json& request) {
  StackRecord stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::in_brackets);
  const std::string policy = text(request, "StackPolicyBody");
  if (policy.empty()) throw invalid("Either StackPolicyBody or StackPolicyURL must be specified.");
  if (policy.size() > limits::max_stack_policy_bytes) {
    throw too_long("stackPolicyBody", limits::max_stack_policy_bytes);
  }
  if (!stack.exists()) throw invalid("Stack [" + stack.name + "] does not exist");
  try {
    core::parse_json(policy);
  } catch (const core::AwsError&) {
    throw invalid("Error validating stack policy: Invalid stack policy");
  }
  stack.policy = policy;
  save_stack(engine.runtime.store, context.scope, stack);
  return Json::object();
}

Json get_stack_policy(const Engine& engine, const RequestContext& context, const Json& request) {
  const auto stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::in_brackets);
  if (stack.policy.empty()) return Json::object();
  return {{"StackPolicyBody", stack.policy}};
}

}  // namespace votemu::cloudformation::api
