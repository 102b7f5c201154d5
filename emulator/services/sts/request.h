// What the operations ask of their callers and members, and how they write credentials. All throw
// AwsError.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/constraints.h"
#include "core/operation.h"
#include "core/role_arn.h"
#include "core/role_trust.h"
#include "core/temporary_credentials.h"

namespace votemu::sts {

// MissingAuthenticationToken for a call that is not signed.
void require_signed(const core::RequestContext& context);

// What AssumeRole and AssumeRoleWithWebIdentity have in common.
struct RoleRequest {
  core::RoleArn role;
  std::string session_name;
  std::int64_t duration_s;
  std::string policy;                    // "" when the session is not narrowed by one
  std::vector<std::string> policy_arns;  // of managed policies that narrow it
  int packed_policy_percent;             // of what may be passed, -1 when nothing was
};
// Checks the other members too, together with what `check` has found already.
RoleRequest role_request(const core::Constraints& check, const core::Json& request,
                         const core::RoleLookup& roles, const core::RoleTrust& trust);

// {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}
core::Json credentials_json(const core::TemporaryCredentials& credentials);

}  // namespace votemu::sts
