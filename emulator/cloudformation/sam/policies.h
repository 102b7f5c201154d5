// A function's Policies property as a role's policies.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
#pragma once

#include <string>

#include "core/json.h"

namespace votemu::cloudformation::sam {

struct RolePolicies {
  core::Json managed_arns = core::Json::array();
  core::Json inline_policies = core::Json::array();  // {PolicyName, PolicyDocument}

  // Unless it is there already.
  void add_managed(core::Json arn);
};

// Adds what `policies` names: managed policies, policy templates and documents. Documents are
// called ROLE + "Policy" + their place in the list. Throws Problem.
void add_policies(RolePolicies& to, const std::string& function_id, const core::Json& policies);

core::Json managed_policy_arn(const std::string& name_or_arn);

}  // namespace votemu::cloudformation::sam
