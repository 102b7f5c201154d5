// AWS Identity and Access Management: roles and policies. Who may do what is decided by those who
// ask for a role's policies here, with evaluation.h.
// https://docs.aws.amazon.com/IAM/latest/APIReference/
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/operation.h"
#include "core/role_arn.h"
#include "core/runtime.h"
#include "services/iam/policy_document.h"
#include "services/iam/registry.h"

namespace votemu::iam {

struct NamedDocument {
  std::string name;  // an inline policy's name, a managed policy's ARN
  PolicyDocument document;
};

// A role with everything that decides who may assume it and what it may do.
struct RolePolicies {
  Role role;
  PolicyDocument trust;
  std::vector<NamedDocument> inlined;
  std::vector<NamedDocument> attached;  // the default versions
  std::optional<NamedDocument> boundary;
};

class Service {
 public:
  explicit Service(core::Runtime& runtime) : runtime_(runtime), registry_(runtime.store) {}
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  core::OperationTable operations();

  std::optional<RolePolicies> find_role(std::string_view account, std::string_view name) const;
  // "arn:aws:iam::ACCOUNT:role/PATH/NAME", whoever asks. The path must be the role's.
  std::optional<RolePolicies> find_role_by_arn(std::string_view arn) const;

  // The default version of a managed policy, AWS's or the account's own.
  std::optional<PolicyDocument> find_managed_policy(std::string_view account,
                                                    std::string_view arn) const;

  // Grows with every change of a role or policy. nullopt while the last one is not committed and
  // may be taken back.
  std::optional<std::uint64_t> settled_version() const { return registry_.settled_version(); }

  // For those who lend a role's rights. Works as long as the service.
  core::RoleLookup role_lookup() const;

 private:
  RolePolicies policies_of(Role role) const;

  core::Runtime& runtime_;
  Registry registry_;
};

}  // namespace votemu::iam
