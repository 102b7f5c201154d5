// A role as it is kept: its own members. Its inline documents are rows of their own.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "services/iam/tags.h"

namespace votemu::iam {

struct Role {
  std::string account;
  std::string name;
  std::string path = "/";
  std::string id;
  std::string trust_policy;  // as it was sent
  std::string description;
  std::string permissions_boundary;  // a policy's ARN, or ""
  std::int64_t max_session_duration_s = 3'600;
  std::int64_t created_ms = 0;
  std::vector<std::string> attached_policies;  // ARNs, in the order of their attachment
  Tags tags;

  std::string arn() const;
  // Made and changed by its AWS service only.
  bool is_service_linked() const { return path.starts_with("/aws-service-role/"); }
};

core::Json role_row(const Role& role);
// Throws std::exception when the row is not one of role_row's.
Role role_from_row(std::string_view account, const core::Json& row);

// Operations answer with different parts of a role.
enum class RoleView { created, listed, whole };
core::Json role_shape(const Role& role, RoleView view);

}  // namespace votemu::iam
