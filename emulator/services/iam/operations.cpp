#include "services/iam/operations.h"

#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/policy_document.h"

namespace votemu::iam {
namespace {

constexpr std::size_t id_length = 17;

}  // namespace

void check_policy_arn(const std::string& arn) {
  const auto parsed = core::Arn::parse(arn);
  if (!parsed || parsed->service != "iam" || !parsed->resource.starts_with("policy/")) {
    throw invalid_input("ARN " + arn + " is not valid.");
  }
}

void add_operation(core::OperationTable& table, const char* name, Desk desk, DeskOperation run) {
  table[name] = [desk, run](const core::RequestContext& context, const core::Json& request) {
    return run(desk, context, request);
  };
}

std::string new_entity_id(core::Random& random, std::string_view prefix) {
  return std::string(prefix) + random.upper_alphanumeric(id_length);
}

Role existing_role(Desk desk, const core::RequestContext& context, const std::string& name) {
  auto role = desk.registry.find_role(context.scope.account, name);
  if (!role) throw no_such_entity("The role with name " + name + " cannot be found.");
  return std::move(*role);
}

Role modifiable_role(Desk desk, const core::RequestContext& context, const std::string& name) {
  Role role = existing_role(desk, context, name);
  if (role.is_service_linked()) {
    throw core::AwsError("UnmodifiableEntity",
                         "Cannot perform the operation on the protected role '" + role.name +
                             "' - this role is only modifiable by the linked AWS Service");
  }
  return role;
}

ManagedPolicy existing_policy(Desk desk, const core::RequestContext& context,
                              const std::string& arn) {
  check_policy_arn(arn);
  auto policy = desk.registry.find_policy_by_arn(context.scope.account, arn);
  if (!policy) throw no_such_entity("Policy " + arn + " was not found.");
  return std::move(*policy);
}

ManagedPolicy modifiable_policy(Desk desk, const core::RequestContext& context,
                                const std::string& arn) {
  ManagedPolicy policy = existing_policy(desk, context, arn);
  if (policy.is_aws_managed()) {
    throw core::AwsError("AccessDenied",
                         "Policy " + arn + " is managed by AWS and cannot be changed.", 403);
  }
  return policy;
}

void check_boundary(Desk desk, const core::RequestContext& context, const std::string& arn) {
  check_policy_arn(arn);
  if (!desk.registry.find_policy_by_arn(context.scope.account, arn)) {
    throw no_such_entity("Scope ARN: " + arn + " does not exist or is not attachable.");
  }
}

void check_trust_policy(const std::string& document) {
  parse_policy_document(document, PolicyUse::trust);
  if (policy_size(document) > limits::max_trust_policy_size) {
    throw quota_exceeded("ACLSizePerRole", limits::max_trust_policy_size);
  }
}

void check_managed_policy(const std::string& document) {
  parse_policy_document(document, PolicyUse::managed);
  if (policy_size(document) > limits::max_managed_policy_size) {
    throw quota_exceeded("PolicySize", limits::max_managed_policy_size);
  }
}

}  // namespace votemu::iam
