// The rows of IAM. IAM knows no regions: an account has one set of roles and policies. Nothing is
// kept in memory, so the store's rollback is all there is to undo.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store.h"
#include "services/iam/managed_policy.h"
#include "services/iam/role.h"

namespace votemu::iam {

// Names that differ in case only are the same, and are listed in this form's order.
std::string fold_name(std::string_view name);

// What a managed policy does for a role.
enum class PolicyPurpose { permissions, boundary };

class Registry {
 public:
  explicit Registry(core::Store& store) : store_(store) {}

  // Names are unique whatever their case.
  std::optional<Role> find_role(std::string_view account, std::string_view name) const;
  std::vector<Role> roles(std::string_view account) const;
  std::size_t role_count(std::string_view account) const;
  // Writes the role and what it uses; `before` is the role as it was, if it was.
  void put(const Role& role, const Role* before = nullptr);
  void erase(const Role& role);

  struct InlinePolicy {
    std::string name;
    std::string document;
  };
  std::optional<std::string> find_inline_policy(const Role& role, std::string_view name) const;
  std::vector<InlinePolicy> inline_policies(const Role& role) const;
  bool has_inline_policies(const Role& role) const;
  void put_inline_policy(const Role& role, const InlinePolicy& policy);
  void erase_inline_policy(const Role& role, std::string_view name);

  // A customer's.
  std::optional<ManagedPolicy> find_policy(std::string_view account, std::string_view name) const;
  std::vector<ManagedPolicy> policies(std::string_view account) const;
  std::size_t policy_count(std::string_view account) const;
  void put(const ManagedPolicy& policy);
  void erase(const ManagedPolicy& policy);
  // A customer's of this account, or AWS's.
  std::optional<ManagedPolicy> find_policy_by_arn(std::string_view account,
                                                  std::string_view arn) const;

  // The names of the roles that use a policy, in order.
  std::vector<std::string> users_of(std::string_view account, std::string_view policy_arn,
                                    PolicyPurpose purpose) const;

  // Grows with every change of a role or policy. nullopt while the last one is not committed and
  // may be taken back.
  std::optional<std::uint64_t> settled_version() const;

 private:
  void note_change();

  core::Store& store_;
  std::uint64_t version_ = 1;
  std::optional<std::uint64_t> changed_after_commit_;  // the store's count of commits then
};

}  // namespace votemu::iam
