// CreateIdentityPool, DescribeIdentityPool, UpdateIdentityPool, ListIdentityPools,
// DeleteIdentityPool.
#include "core/members.h"
#include "services/cognito/identities.h"
#include "services/cognito/identity_pool_request.h"
#include "services/cognito/identity_pools.h"
#include "services/cognito/limits.h"
#include "services/cognito/operations.h"
#include "services/cognito/page_request.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::RequestContext;

IdentityPool pool_of(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string id = check.required_text("IdentityPoolId", identity_id_rule);
  check.throw_if_any(identity_model_error);
  return IdentityPools(desk.runtime.store).existing(context.scope, id);
}

Json create_identity_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  IdentityPool pool;
  pool.scope = context.scope;
  pool.row = {{"Pool", identity_pool_settings(core::Constraints(request), request)},
              {"Roles", Json::object()}};
  IdentityPools pools(desk.runtime.store);
  if (!pools.has_room(context.scope)) {
    throw core::AwsError("LimitExceededException",
                         "The number of identity pools has reached its limit.");
  }
  pool.id = context.scope.region + ":" + desk.runtime.random.uuid();
  pool.description()["IdentityPoolId"] = pool.id;
  pools.put(pool);
  return pool.description();
}

Json describe_identity_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  return pool_of(desk, context, request).description();
}

// What is not said goes back to its default, but for the tags.
Json update_identity_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string id = check.required_text("IdentityPoolId", identity_id_rule);
  Json settings = identity_pool_settings(check, request);
  IdentityPools pools(desk.runtime.store);
  IdentityPool pool = pools.existing(context.scope, id);
  settings["IdentityPoolId"] = id;
  if (!core::find_member(request, "IdentityPoolTags")) {
    settings["IdentityPoolTags"] = pool.description()["IdentityPoolTags"];
  }
  pool.description() = std::move(settings);
  pools.put(pool);
  return pool.description();
}

Json list_identity_pools(const Desk& desk, const RequestContext& context, const Json& request) {
  const PageRequest asked = page_request(request, identity_model_error);
  const RowPage page =
      IdentityPools(desk.runtime.store).page(context.scope, asked.after, asked.limit);
  Json pools = Json::array();
  for (const auto& [id, row] : page.rows) {
    pools.push_back(
        {{"IdentityPoolId", id}, {"IdentityPoolName", row.at("Pool").at("IdentityPoolName")}});
  }
  Json response{{"IdentityPools", std::move(pools)}};
  if (page.next) response["NextToken"] = *page.next;
  return response;
}

Json delete_identity_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  const IdentityPool pool = pool_of(desk, context, request);
  Identities(desk.runtime.store).erase_all(pool.id);
  IdentityPools(desk.runtime.store).erase(pool);
  return nullptr;
}

}  // namespace

void add_identity_pool_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "CreateIdentityPool", create_identity_pool);
  add_operation(table, desk, "DescribeIdentityPool", describe_identity_pool);
  add_operation(table, desk, "UpdateIdentityPool", update_identity_pool);
  add_operation(table, desk, "ListIdentityPools", list_identity_pools);
  add_operation(table, desk, "DeleteIdentityPool", delete_identity_pool);
}

}  // namespace votemu::cognito
