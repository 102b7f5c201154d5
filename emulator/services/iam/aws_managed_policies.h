// AWS's own managed policies that serverless stacks use, with the statements that AWS gives them.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "services/iam/managed_policy.h"

namespace votemu::iam {

struct AwsManagedPolicy {
  std::string_view path;
  std::string_view name;
  std::string_view version;  // the current one, the only one that is kept
  std::int64_t created_s;
  std::int64_t updated_s;
  std::string_view document;
};

// By family, each in a file of its own.
std::span<const AwsManagedPolicy> compute_policies();
std::span<const AwsManagedPolicy> data_policies();
std::span<const AwsManagedPolicy> front_policies();
std::span<const AwsManagedPolicy> account_policies();

std::vector<ManagedPolicy> all_aws_managed_policies();
std::optional<ManagedPolicy> find_aws_managed_policy(std::string_view arn);

}  // namespace votemu::iam
