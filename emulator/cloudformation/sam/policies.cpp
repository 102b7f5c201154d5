#include "cloudformation/sam/policies.h"

#include <algorithm>

#include "cloudformation/sam/build.h"
#include "cloudformation/sam/policy_templates.h"

namespace votemu::cloudformation::sam {
namespace {

void add_policy(RolePolicies& to, const std::string& function_id, const Json& policy,
                std::size_t place) {
  const auto add_document = [&](Json document) {
    to.inline_policies.push_back(
        {{"PolicyName", function_id + "RolePolicy" + std::to_string(place)},
         {"PolicyDocument", std::move(document)}});
  };
  if (policy.is_string()) {
    to.add_managed(managed_policy_arn(policy.get<std::string>()));
  } else if (is_intrinsic(policy)) {
    to.add_managed(policy);
  } else if (member(policy, "Statement") != nullptr) {
    add_document(policy);
  } else if (policy.is_object() && policy.size() == 1 && is_policy_template(policy.begin().key())) {
    const std::string name = policy.begin().key();
    auto document = policy_from_template(name, policy.begin().value());
    if (!document) {
      throw invalid(function_id,
                    "Must specify valid parameter values for policy template '" + name + "'",
                    {"Properties", "Policies"});
    }
    add_document(std::move(*document));
  } else {
    const std::string name =
        policy.is_object() && !policy.empty() ? policy.begin().key() : core::dump_json(policy);
    throw invalid(function_id, "Policy '" + name + "' is not one that is known.",
                  {"Properties", "Policies"});
  }
}

}  // namespace

void RolePolicies::add_managed(Json arn) {
  if (std::find(managed_arns.begin(), managed_arns.end(), arn) == managed_arns.end()) {
    managed_arns.push_back(std::move(arn));
  }
}

void add_policies(RolePolicies& to, const std::string& function_id, const Json& policies) {
  if (!policies.is_array()) {
    add_policy(to, function_id, policies, 0);
    return;
  }
  for (std::size_t i = 0; i < policies.size(); ++i) add_policy(to, function_id, policies[i], i);
}

// AWS keeps Lambda's execution roles under a path of their own.
Json managed_policy_arn(const std::string& name_or_arn) {
  if (name_or_arn.starts_with("arn:")) return name_or_arn;
  const bool service_role = name_or_arn.starts_with("AWSLambda") && name_or_arn.ends_with("Role");
  return "arn:aws:iam::aws:policy/" + std::string(service_role ? "service-role/" : "") +
         name_or_arn;
}

}  // namespace votemu::cloudformation::sam
