// PutRolePolicy, GetRolePolicy, ListRolePolicies, DeleteRolePolicy.
#include "core/text.h"
#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/page.h"
#include "services/iam/policy_document.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

std::string existing_document(Desk desk, const Role& role, const std::string& policy_name) {
  const auto document = desk.registry.find_inline_policy(role, policy_name);
  if (!document) {
    throw no_such_entity("The role policy with name " + policy_name + " cannot be found.");
  }
  return *document;
}

void check_room(Desk desk, const Role& role, const std::string& policy_name,
                const std::string& document) {
  std::size_t size = policy_size(document);
  for (const auto& other : desk.registry.inline_policies(role)) {
    if (other.name != policy_name) size += policy_size(other.document);
  }
  if (size <= limits::max_inline_policies_size) return;
  throw limit_exceeded("Maximum policy size of " +
                       std::to_string(limits::max_inline_policies_size) +
                       " bytes exceeded for role " + role.name);
}

Json put_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string role_name = request.role_name();
  const std::string policy_name = request.policy_name();
  const std::string document = request.policy_document("PolicyDocument");
  request.done();
  const Role role = modifiable_role(desk, context, role_name);
  parse_policy_document(document, PolicyUse::inlined);
  check_room(desk, role, policy_name, document);
  desk.registry.put_inline_policy(role, {policy_name, document});
  return Json::object();
}

Json get_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string role_name = request.role_name();
  const std::string policy_name = request.policy_name();
  request.done();
  const Role role = existing_role(desk, context, role_name);
  const std::string document = existing_document(desk, role, policy_name);
  return {{"RoleName", role.name},
          {"PolicyName", policy_name},
          {"PolicyDocument", core::percent_encode(document)}};
}

Json list_policies(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string role_name = request.role_name();
  const Page page(request);
  request.done();
  const Role role = existing_role(desk, context, role_name);
  Page::Items items;
  for (const auto& policy : desk.registry.inline_policies(role)) {
    items.emplace_back(policy.name, policy.name);
  }
  return page.answer("PolicyNames", items);
}

Json delete_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string role_name = request.role_name();
  const std::string policy_name = request.policy_name();
  request.done();
  const Role role = modifiable_role(desk, context, role_name);
  existing_document(desk, role, policy_name);
  desk.registry.erase_inline_policy(role, policy_name);
  return Json::object();
}

}  // namespace

void add_inline_policy_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "PutRolePolicy", desk, put_policy);
  add_operation(table, "GetRolePolicy", desk, get_policy);
  add_operation(table, "ListRolePolicies", desk, list_policies);
  add_operation(table, "DeleteRolePolicy", desk, delete_policy);
}

}  // namespace votemu::iam
