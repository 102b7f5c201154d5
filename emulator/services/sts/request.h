// What the operations ask of their callers and members, and how they write credentials. All throw
// AwsError.
#pragma once

#include <cstdint>
#include <string>

#include "core/constraints.h"
#include "core/operation.h"
#include "core/role_arn.h"
#include "core/temporary_credentials.h"

namespace votemu::sts {

// MissingAuthenticationToken for a call that is not signed.
void require_signed(const core::RequestContext& context);

// What AssumeRole and AssumeRoleWithWebIdentity have in common.
struct RoleRequest {
  core::RoleArn role;
  std::string session_name;
  std::int64_t duration_s;
};
// Checks the other members too, together with what `check` has found already.
RoleRequest role_request(const core::Constraints& check, const core::RoleLookup& roles);

// {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}
core::Json credentials_json(const core::TemporaryCredentials& credentials);

}  // namespace votemu::sts
