// Who may assume a role, as those ask who lend its rights: STS and Cognito, which do not see IAM.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/role_arn.h"
#include "core/temporary_credentials.h"

namespace votemu::core {

// Somebody wants a session of a role.
struct RoleRequest {
  std::string action;                   // "sts:AssumeRole"
  std::string account;                  // the caller's; "" for a web identity
  std::optional<SessionClaims> caller;  // when it is in a session itself
  std::optional<WebIdentity> identity;  // when an identity provider vouches for it
  std::string session_name;
  std::string external_id = {};
};

struct RoleTrust {
  // Whether the role's trust policy lets it happen. Without it everybody may.
  std::function<bool(const RoleArn&, const RoleRequest&)> allows;
  // Throws AwsError MalformedPolicyDocument when a session's own policy cannot be evaluated.
  std::function<void(const std::string& policy)> check_policy;
};

}  // namespace votemu::core
