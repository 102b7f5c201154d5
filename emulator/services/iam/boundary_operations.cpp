// PutRolePermissionsBoundary, DeleteRolePermissionsBoundary.
#include "services/iam/errors.h"
#include "services/iam/operations.h"
#include "services/iam/request.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

Json put_boundary(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const std::string arn = request.required_arn("PermissionsBoundary");
  request.done();
  const Role before = modifiable_role(desk, context, name);
  check_boundary(desk, context, arn);
  Role role = before;
  role.permissions_boundary = arn;
  desk.registry.put(role, &before);
  return Json::object();
}

Json delete_boundary(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  request.done();
  const Role before = modifiable_role(desk, context, name);
  if (before.permissions_boundary.empty()) {
    throw no_such_entity("Role " + before.name + " does not have a permission boundary.");
  }
  Role role = before;
  role.permissions_boundary.clear();
  desk.registry.put(role, &before);
  return Json::object();
}

}  // namespace

void add_boundary_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "PutRolePermissionsBoundary", desk, put_boundary);
  add_operation(table, "DeleteRolePermissionsBoundary", desk, delete_boundary);
}

}  // namespace votemu::iam
