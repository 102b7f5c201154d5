#include "services/iam/service.h"

#include "services/iam/operations.h"

namespace votemu::iam {

core::OperationTable Service::operations() {
  core::OperationTable table;
  const Desk desk{registry_, runtime_.clock, runtime_.random};
  add_role_operations(table, desk);
  add_role_update_operations(table, desk);
  add_inline_policy_operations(table, desk);
  add_attachment_operations(table, desk);
  add_boundary_operations(table, desk);
  add_policy_operations(table, desk);
  add_policy_version_operations(table, desk);
  add_tag_operations(table, desk);
  add_account_operations(table, desk);
  return table;
}

std::optional<PolicyDocument> Service::find_managed_policy(std::string_view account,
                                                           std::string_view arn) const {
  const auto policy = registry_.find_policy_by_arn(account, arn);
  if (!policy) return std::nullopt;
  return parse_policy_document(policy->default_document().document, PolicyUse::managed);
}

RolePolicies Service::policies_of(Role role) const {
  RolePolicies found;
  found.trust = parse_policy_document(role.trust_policy, PolicyUse::trust);
  for (const auto& policy : registry_.inline_policies(role)) {
    found.inlined.push_back(
        {policy.name, parse_policy_document(policy.document, PolicyUse::inlined)});
  }
  for (const auto& arn : role.attached_policies) {
    auto document = find_managed_policy(role.account, arn);
    if (document) found.attached.push_back({arn, std::move(*document)});
  }
  if (!role.permissions_boundary.empty()) {
    auto document = find_managed_policy(role.account, role.permissions_boundary);
    // What is bounded by nothing that there is may do nothing.
    found.boundary = {role.permissions_boundary,
                      document ? std::move(*document) : PolicyDocument()};
  }
  found.role = std::move(role);
  return found;
}

std::optional<RolePolicies> Service::find_role(std::string_view account,
                                               std::string_view name) const {
  auto role = registry_.find_role(account, name);
  if (!role) return std::nullopt;
  return policies_of(std::move(*role));
}

std::optional<RolePolicies> Service::find_role_by_arn(std::string_view arn) const {
  const auto parsed = core::Arn::parse(arn);
  if (!parsed || parsed->service != "iam") return std::nullopt;
  const std::string& resource = parsed->resource;
  auto role = registry_.find_role(parsed->account,
                                  std::string_view(resource).substr(resource.rfind('/') + 1));
  if (!role || role->arn() != arn) return std::nullopt;
  return policies_of(std::move(*role));
}

core::RoleLookup Service::role_lookup() const {
  return [this](const core::RoleArn& arn) -> std::optional<core::KnownRole> {
    const auto role = registry_.find_role(arn.account, arn.name);
    if (!role || role->arn() != arn.text) return std::nullopt;
    return core::KnownRole{role->id, role->max_session_duration_s};
  };
}

}  // namespace votemu::iam
