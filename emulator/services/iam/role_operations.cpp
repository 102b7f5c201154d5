// CreateRole, GetRole, ListRoles, DeleteRole, ListInstanceProfilesForRole.
#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/page.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

Json create_role(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  Role role;
  role.account = context.scope.account;
  role.name = request.role_name();
  role.path = request.path();
  role.trust_policy = request.policy_document("AssumeRolePolicyDocument");
  role.description = request.description().value_or("");
  role.max_session_duration_s = request
                                    .number("MaxSessionDuration", limits::min_session_duration_s,
                                            limits::max_session_duration_s)
                                    .value_or(limits::min_session_duration_s);
  role.permissions_boundary = request.arn("PermissionsBoundary").value_or("");
  role.tags = request.tags();
  request.done();
  check_trust_policy(role.trust_policy);
  if (!role.permissions_boundary.empty()) {
    check_boundary(desk, context, role.permissions_boundary);
  }

  if (desk.registry.find_role(role.account, role.name)) {
    throw already_exists("Role with name " + role.name + " already exists.");
  }
  if (desk.registry.role_count(role.account) >= limits::max_roles) {
    throw quota_exceeded("RolesPerAccount", limits::max_roles);
  }

  role.id = new_entity_id(desk.random, "AROA");
  role.created_ms = desk.clock.now_ms();
  desk.registry.put(role);
  return {{"Role", role_shape(role, RoleView::created)}};
}

Json get_role(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  request.done();
  return {{"Role", role_shape(existing_role(desk, context, name), RoleView::whole)}};
}

Json list_roles(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string prefix = request.path_prefix();
  const Page page(request);
  request.done();
  Page::Items items;
  for (const auto& role : desk.registry.roles(context.scope.account)) {
    if (!role.path.starts_with(prefix)) continue;
    items.emplace_back(fold_name(role.name), role_shape(role, RoleView::listed));
  }
  return page.answer("Roles", items);
}

Json delete_role(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  request.done();
  const Role role = modifiable_role(desk, context, name);
  if (!role.attached_policies.empty()) {
    throw delete_conflict("Cannot delete entity, must detach all policies first.");
  }
  if (desk.registry.has_inline_policies(role)) {
    throw delete_conflict("Cannot delete entity, must delete policies first.");
  }
  desk.registry.erase(role);
  return Json::object();
}

// There are none, but tools ask before they delete a role.
Json list_instance_profiles(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const Page page(request);
  request.done();
  existing_role(desk, context, name);
  return page.answer("InstanceProfiles", {});
}

}  // namespace

void add_role_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "CreateRole", desk, create_role);
  add_operation(table, "GetRole", desk, get_role);
  add_operation(table, "ListRoles", desk, list_roles);
  add_operation(table, "DeleteRole", desk, delete_role);
  add_operation(table, "ListInstanceProfilesForRole", desk, list_instance_profiles);
}

}  // namespace votemu::iam
