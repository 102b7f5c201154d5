// AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies, ListEntitiesForPolicy.
#include <algorithm>

#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/page.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

// "arn:aws:iam::ACCOUNT:policy/PATH/NAME" as "/PATH/" and "NAME".
std::pair<std::string, std::string> path_and_name(const std::string& arn) {
  constexpr std::string_view kind = ":policy";
  const auto path = arn.find(kind) + kind.size();
  const auto name = arn.rfind('/') + 1;
  return {arn.substr(path, name - path), arn.substr(name)};
}

void check_attachable(Desk desk, const RequestContext& context, const std::string& arn) {
  check_policy_arn(arn);
  if (!desk.registry.find_policy_by_arn(context.scope.account, arn)) {
    throw no_such_entity("Policy " + arn + " does not exist or is not attachable.");
  }
}

Json attach(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const std::string arn = request.policy_arn();
  request.done();
  const Role before = modifiable_role(desk, context, name);
  check_attachable(desk, context, arn);
  if (std::ranges::find(before.attached_policies, arn) != before.attached_policies.end()) {
    return Json::object();
  }
  if (before.attached_policies.size() >= limits::max_attached_policies) {
    throw quota_exceeded("PoliciesPerRole", limits::max_attached_policies);
  }
  Role role = before;
  role.attached_policies.push_back(arn);
  desk.registry.put(role, &before);
  return Json::object();
}

Json detach(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const std::string arn = request.policy_arn();
  request.done();
  const Role before = modifiable_role(desk, context, name);
  Role role = before;
  if (std::erase(role.attached_policies, arn) == 0) {
    throw no_such_entity("Policy " + arn + " was not found.");
  }
  desk.registry.put(role, &before);
  return Json::object();
}

Json list_attached(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string role_name = request.role_name();
  const std::string prefix = request.path_prefix();
  const Page page(request);
  request.done();
  const Role role = existing_role(desk, context, role_name);
  Page::Items items;
  for (const auto& arn : role.attached_policies) {
    const auto [path, name] = path_and_name(arn);
    if (!path.starts_with(prefix)) continue;
    items.emplace_back(arn, Json{{"PolicyName", name}, {"PolicyArn", arn}});
  }
  std::sort(items.begin(), items.end());
  return page.answer("AttachedPolicies", items);
}

Page::Items roles_that_use(Desk desk, const RequestContext& context, const std::string& arn,
                           const std::string& prefix, const std::vector<PolicyPurpose>& purposes) {
  Page::Items items;
  for (const auto purpose : purposes) {
    for (const auto& name : desk.registry.users_of(context.scope.account, arn, purpose)) {
      const Role role = existing_role(desk, context, name);
      if (!role.path.starts_with(prefix)) continue;
      items.emplace_back(role.name, Json{{"RoleName", role.name}, {"RoleId", role.id}});
    }
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

Json list_entities(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const std::string kind = request.choice(
      "EntityFilter", {"User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"});
  const std::string usage =
      request.choice("PolicyUsageFilter", {"PermissionsPolicy", "PermissionsBoundary"});
  const std::string prefix = request.path_prefix();
  const Page page(request);
  request.done();
  existing_policy(desk, context, arn);
  std::vector<PolicyPurpose> purposes;
  if (usage != "PermissionsBoundary") purposes.push_back(PolicyPurpose::permissions);
  if (usage != "PermissionsPolicy") purposes.push_back(PolicyPurpose::boundary);
  Page::Items roles;
  if (kind.empty() || kind == "Role") {
    roles = roles_that_use(desk, context, arn, prefix, purposes);
  }
  Json response = page.answer("PolicyRoles", roles);
  response["PolicyGroups"] = Json::array();
  response["PolicyUsers"] = Json::array();
  return response;
}

}  // namespace

void add_attachment_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "AttachRolePolicy", desk, attach);
  add_operation(table, "DetachRolePolicy", desk, detach);
  add_operation(table, "ListAttachedRolePolicies", desk, list_attached);
  add_operation(table, "ListEntitiesForPolicy", desk, list_entities);
}

}  // namespace votemu::iam
