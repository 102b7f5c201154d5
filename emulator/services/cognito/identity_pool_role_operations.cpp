// SetIdentityPoolRoles, GetIdentityPoolRoles.
#include "core/members.h"
#include "services/cognito/identity_pools.h"
#include "services/cognito/limits.h"
#include "services/cognito/operations.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Constraints;
using core::Json;
using core::RequestContext;

constexpr core::TextRule claim_rule{.least = 1, .most = 64};
constexpr core::TextRule claim_value_rule{.least = 1, .most = 128};

Json roles_member(const Constraints& check, const Json& request) {
  check.require("Roles");
  const Json* given = core::object_member(request, "Roles");
  if (!given) return Json::object();
  const Constraints roles = check.within("Roles");
  Json made = Json::object();
  for (const auto& [kind, unused] : given->items()) {
    if (kind != "authenticated" && kind != "unauthenticated") {
      check.fail(core::dump_json(*given), "Roles",
                 "Map keys must satisfy constraint: [Member must satisfy regular expression "
                 "pattern: (un)?authenticated]");
      return made;
    }
    made[kind] = roles.required_text(kind, arn_rule);
  }
  return made;
}

void check_rules(const Constraints& mapping, const Json& given) {
  const Json* configuration = core::object_member(given, "RulesConfiguration");
  if (!configuration) return;
  const Constraints rules = mapping.within("RulesConfiguration");
  rules.require("Rules");
  const Json* list = core::array_member(*configuration, "Rules");
  if (!list) return;
  rules.length("[" + std::to_string(list->size()) + " rules]", "Rules", list->size(), 1,
               limits::max_mapping_rules);
  std::size_t index = 0;
  for (const Json& element : *list) {
    const Constraints rule = rules.at(element, "Rules", index++);
    rule.required_text("Claim", claim_rule);
    rule.require("MatchType");
    rule.choice("MatchType", {"Equals", "Contains", "StartsWith", "NotEqual"});
    rule.required_text("Value", claim_value_rule);
    rule.required_text("RoleARN", arn_rule);
  }
}

// Kept for who asks; only those who log in are mapped by them.
const Json* mappings_member(const Constraints& check, const Json& request) {
  const Json* given = core::object_member(request, "RoleMappings");
  if (!given) return nullptr;
  check.length("{" + std::to_string(given->size()) + " mappings}", "RoleMappings", given->size(), 0,
               limits::max_role_mappings);
  const Constraints mappings = check.within("RoleMappings");
  for (const auto& [provider, mapping] : given->items()) {
    const Constraints one = mappings.within(provider);
    one.require("Type");
    one.choice("Type", {"Token", "Rules"});
    one.choice("AmbiguousRoleResolution", {"AuthenticatedRole", "Deny"});
    check_rules(one, mapping);
  }
  return given;
}

Json set_identity_pool_roles(const Desk& desk, const RequestContext& context, const Json& request) {
  const Constraints check(request);
  const std::string id = check.required_text("IdentityPoolId", identity_id_rule);
  Json roles = roles_member(check, request);
  const Json* mappings = mappings_member(check, request);
  check.throw_if_any(identity_model_error);
  IdentityPools pools(desk.runtime.store);
  IdentityPool pool = pools.existing(context.scope, id);
  pool.row["Roles"] = std::move(roles);
  pool.row.erase("RoleMappings");
  if (mappings) pool.row["RoleMappings"] = *mappings;
  pools.put(pool);
  return nullptr;
}

Json get_identity_pool_roles(const Desk& desk, const RequestContext& context, const Json& request) {
  const Constraints check(request);
  const std::string id = check.required_text("IdentityPoolId", identity_id_rule);
  check.throw_if_any(identity_model_error);
  const IdentityPool pool = IdentityPools(desk.runtime.store).existing(context.scope, id);
  Json response{{"IdentityPoolId", id}, {"Roles", pool.row["Roles"]}};
  if (pool.row.contains("RoleMappings")) response["RoleMappings"] = pool.row["RoleMappings"];
  return response;
}

}  // namespace

void add_identity_pool_role_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "SetIdentityPoolRoles", set_identity_pool_roles);
  add_operation(table, desk, "GetIdentityPoolRoles", get_identity_pool_roles);
}

}  // namespace votemu::cognito
