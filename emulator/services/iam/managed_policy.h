// A managed policy, a customer's or AWS's, with its versions.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "services/iam/tags.h"

namespace votemu::iam {

struct PolicyVersion {
  std::string id;        // "v1"
  std::string document;  // as it was sent
  std::int64_t created_ms = 0;
};

struct ManagedPolicy {
  std::string account;  // "aws" for AWS's own
  std::string name;
  std::string path = "/";
  std::string id;
  std::string description;
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::vector<PolicyVersion> versions;  // oldest first
  std::string default_version = "v1";
  std::int64_t last_version_number = 1;
  Tags tags;

  std::string arn() const;
  bool is_aws_managed() const { return account == "aws"; }
  const PolicyVersion* find_version(std::string_view version_id) const;
  const PolicyVersion& default_document() const;
};

core::Json policy_row(const ManagedPolicy& policy);
// Throws std::exception when the row is not one of policy_row's.
ManagedPolicy policy_from_row(std::string_view account, const core::Json& row);

core::Json version_shape(const ManagedPolicy& policy, const PolicyVersion& version,
                         bool with_document);

}  // namespace votemu::iam
