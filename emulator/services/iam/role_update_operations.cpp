// UpdateRole, UpdateRoleDescription, UpdateAssumeRolePolicy.
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/request.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

Json update_role(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const auto description = request.description();
  const auto duration = request.number("MaxSessionDuration", limits::min_session_duration_s,
                                       limits::max_session_duration_s);
  request.done();
  Role role = modifiable_role(desk, context, name);
  if (description) role.description = *description;
  if (duration) role.max_session_duration_s = *duration;
  desk.registry.put(role);
  return Json::object();
}

Json update_description(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const auto description = request.description();
  request.done();
  Role role = modifiable_role(desk, context, name);
  role.description = description.value_or("");
  desk.registry.put(role);
  return {{"Role", role_shape(role, RoleView::whole)}};
}

Json update_trust_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const std::string document = request.policy_document("PolicyDocument");
  request.done();
  Role role = modifiable_role(desk, context, name);
  check_trust_policy(document);
  role.trust_policy = document;
  desk.registry.put(role);
  return Json::object();
}

}  // namespace

void add_role_update_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "UpdateRole", desk, update_role);
  add_operation(table, "UpdateRoleDescription", desk, update_description);
  add_operation(table, "UpdateAssumeRolePolicy", desk, update_trust_policy);
}

}  // namespace votemu::iam
