// One function per file of this folder that holds operations.
#pragma once

#include "core/clock.h"
#include "core/operation.h"
#include "core/random.h"
#include "services/iam/registry.h"

namespace votemu::iam {

// What operations work with.
struct Desk {
  Registry& registry;
  core::Clock& clock;
  core::Random& random;
};

using DeskOperation = core::Json (*)(Desk, const core::RequestContext&, const core::Json& request);
void add_operation(core::OperationTable& table, const char* name, Desk desk, DeskOperation run);

void add_role_operations(core::OperationTable& table, Desk desk);
void add_role_update_operations(core::OperationTable& table, Desk desk);
void add_inline_policy_operations(core::OperationTable& table, Desk desk);
void add_attachment_operations(core::OperationTable& table, Desk desk);
void add_boundary_operations(core::OperationTable& table, Desk desk);
void add_policy_operations(core::OperationTable& table, Desk desk);
void add_policy_version_operations(core::OperationTable& table, Desk desk);
void add_tag_operations(core::OperationTable& table, Desk desk);
void add_account_operations(core::OperationTable& table, Desk desk);

// "AROA" and 17 more characters.
std::string new_entity_id(core::Random& random, std::string_view prefix);

// Throw AwsError NoSuchEntity; the second also for a service-linked role, UnmodifiableEntity.
Role existing_role(Desk desk, const core::RequestContext& context, const std::string& name);
Role modifiable_role(Desk desk, const core::RequestContext& context, const std::string& name);

// Throws AwsError InvalidInput.
void check_policy_arn(const std::string& arn);

// Throw AwsError InvalidInput for what is no ARN, NoSuchEntity for what is not there; the second
// also for AWS's own, which nobody changes.
ManagedPolicy existing_policy(Desk desk, const core::RequestContext& context,
                              const std::string& arn);
ManagedPolicy modifiable_policy(Desk desk, const core::RequestContext& context,
                                const std::string& arn);

// Throws AwsError NoSuchEntity for a policy that cannot bound a role.
void check_boundary(Desk desk, const core::RequestContext& context, const std::string& arn);

// Throw AwsError MalformedPolicyDocument or LimitExceeded.
void check_trust_policy(const std::string& document);
void check_managed_policy(const std::string& document);

}  // namespace votemu::iam
