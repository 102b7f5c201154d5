#include "services/iam/registry.h"

#include <algorithm>

#include "core/keys.h"
#include "core/text.h"
#include "services/iam/aws_managed_policies.h"

namespace votemu::iam {
namespace {

using core::Key;
using core::Table;

constexpr std::string_view region = "aws-global";
constexpr std::string_view aws_policy_prefix = "arn:aws:iam::aws:policy/";

Key rows_of(Table table, std::string_view account) {
  Key key(table);
  key.text(account).text(region);
  return key;
}

Key role_key(std::string_view account, std::string_view name) {
  return rows_of(Table::iam_role, account).text(fold_name(name));
}

Key policy_key(std::string_view account, std::string_view name) {
  return rows_of(Table::iam_policy, account).text(fold_name(name));
}

Key inline_rows(const Role& role) {
  return rows_of(Table::iam_role_policy, role.account).text(fold_name(role.name));
}

Key inline_key(const Role& role, std::string_view policy_name) {
  return inline_rows(role).text(policy_name);
}

Key use_rows(std::string_view account, std::string_view policy_arn, PolicyPurpose purpose) {
  return rows_of(Table::iam_policy_use, account)
      .text(policy_arn)
      .number(purpose == PolicyPurpose::boundary ? 1 : 0);
}

std::size_t count(const core::Store& store, std::string_view prefix) {
  std::size_t rows = 0;
  for (auto cursor = store.scan(prefix); cursor.valid(); cursor.next()) ++rows;
  return rows;
}

// Each use of a policy by a role, as a key.
std::vector<std::string> uses(const Role& role) {
  std::vector<std::string> keys;
  for (const auto& arn : role.attached_policies) {
    keys.push_back(use_rows(role.account, arn, PolicyPurpose::permissions).text(role.name).bytes());
  }
  if (!role.permissions_boundary.empty()) {
    keys.push_back(use_rows(role.account, role.permissions_boundary, PolicyPurpose::boundary)
                       .text(role.name)
                       .bytes());
  }
  return keys;
}

}  // namespace

std::string fold_name(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), core::to_lower);
  return lower;
}

std::optional<Role> Registry::find_role(std::string_view account, std::string_view name) const {
  const auto row = store_.get(role_key(account, name));
  if (!row) return std::nullopt;
  return role_from_row(account, core::parse_own_json(*row));
}

std::vector<Role> Registry::roles(std::string_view account) const {
  std::vector<Role> found;
  const Key prefix = rows_of(Table::iam_role, account);
  for (auto cursor = store_.scan(prefix); cursor.valid(); cursor.next()) {
    found.push_back(role_from_row(account, core::parse_own_json(cursor.value())));
  }
  return found;
}

std::size_t Registry::role_count(std::string_view account) const {
  return count(store_, rows_of(Table::iam_role, account));
}

void Registry::put(const Role& role, const Role* before) {
  note_change();
  if (before != nullptr) {
    for (const auto& key : uses(*before)) store_.erase(key);
  }
  store_.put(role_key(role.account, role.name), core::dump_json(role_row(role)));
  for (const auto& key : uses(role)) store_.put(key, "");
}

void Registry::erase(const Role& role) {
  note_change();
  for (const auto& key : uses(role)) store_.erase(key);
  store_.erase_prefix(inline_rows(role));
  store_.erase(role_key(role.account, role.name));
}

std::optional<std::string> Registry::find_inline_policy(const Role& role,
                                                        std::string_view name) const {
  return store_.get(inline_key(role, name));
}

std::vector<Registry::InlinePolicy> Registry::inline_policies(const Role& role) const {
  std::vector<InlinePolicy> found;
  const Key prefix = inline_rows(role);
  for (auto cursor = store_.scan(prefix); cursor.valid(); cursor.next()) {
    core::KeyReader reader(cursor.key());
    for (int before_name = 0; before_name < 3; ++before_name) reader.text();
    found.push_back({reader.text(), std::string(cursor.value())});
  }
  return found;
}

bool Registry::has_inline_policies(const Role& role) const {
  const Key prefix = inline_rows(role);
  return store_.scan(prefix).valid();
}

void Registry::put_inline_policy(const Role& role, const InlinePolicy& policy) {
  note_change();
  store_.put(inline_key(role, policy.name), policy.document);
}

void Registry::erase_inline_policy(const Role& role, std::string_view name) {
  note_change();
  store_.erase(inline_key(role, name));
}

std::optional<ManagedPolicy> Registry::find_policy(std::string_view account,
                                                   std::string_view name) const {
  const auto row = store_.get(policy_key(account, name));
  if (!row) return std::nullopt;
  return policy_from_row(account, core::parse_own_json(*row));
}

std::vector<ManagedPolicy> Registry::policies(std::string_view account) const {
  std::vector<ManagedPolicy> found;
  const Key prefix = rows_of(Table::iam_policy, account);
  for (auto cursor = store_.scan(prefix); cursor.valid(); cursor.next()) {
    found.push_back(policy_from_row(account, core::parse_own_json(cursor.value())));
  }
  return found;
}

std::size_t Registry::policy_count(std::string_view account) const {
  return count(store_, rows_of(Table::iam_policy, account));
}

void Registry::put(const ManagedPolicy& policy) {
  note_change();
  store_.put(policy_key(policy.account, policy.name), core::dump_json(policy_row(policy)));
}

void Registry::erase(const ManagedPolicy& policy) {
  note_change();
  store_.erase(policy_key(policy.account, policy.name));
}

std::optional<ManagedPolicy> Registry::find_policy_by_arn(std::string_view account,
                                                          std::string_view arn) const {
  if (arn.starts_with(aws_policy_prefix)) return find_aws_managed_policy(arn);
  auto policy = find_policy(account, arn.substr(arn.rfind('/') + 1));
  if (!policy || policy->arn() != arn) return std::nullopt;
  return policy;
}

std::vector<std::string> Registry::users_of(std::string_view account, std::string_view policy_arn,
                                            PolicyPurpose purpose) const {
  std::vector<std::string> names;
  const Key prefix = use_rows(account, policy_arn, purpose);
  for (auto cursor = store_.scan(prefix); cursor.valid(); cursor.next()) {
    core::KeyReader reader(cursor.key());
    for (int before_number = 0; before_number < 3; ++before_number) reader.text();
    reader.number();
    names.push_back(reader.text());
  }
  return names;
}

void Registry::note_change() {
  ++version_;
  changed_after_commit_ = store_.commit_count();
}

std::optional<std::uint64_t> Registry::settled_version() const {
  if (changed_after_commit_ == store_.commit_count()) return std::nullopt;
  return version_;
}

}  // namespace votemu::iam
