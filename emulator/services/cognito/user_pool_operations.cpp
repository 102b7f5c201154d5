// CreateUserPool, DescribeUserPool, UpdateUserPool, AddCustomAttributes, ListUserPools,
// DeleteUserPool.
#include "core/calendar.h"
#include "core/ids.h"
#include "core/members.h"
#include "services/cognito/limits.h"
#include "services/cognito/operations.h"
#include "services/cognito/page_request.h"
#include "services/cognito/rules.h"
#include "services/cognito/user_pool_schema.h"
#include "services/cognito/user_pool_settings.h"
#include "services/cognito/user_pools.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::RequestContext;

constexpr std::string_view id_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::size_t id_length = 9;

std::string pool_id_member(const Json& request) {
  const core::Constraints check(request);
  std::string id = check.required_text("UserPoolId", user_pool_id_rule);
  check.throw_if_any(user_pool_model_error);
  return id;
}

Json create_user_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  Json pool = lasting_settings(check, request);
  pool.update(changeable_settings(check, request));
  UserPools pools(desk.runtime.store, context.scope);
  if (!pools.has_room()) {
    throw core::AwsError("LimitExceededException",
                         "The number of user pools has reached its limit.");
  }
  const std::string& region = context.scope.region;
  const std::string id = region + "_" + desk.runtime.random.pick(id_alphabet, id_length);
  const double now = core::epoch_seconds(desk.runtime.clock.now_ms());
  pool["Id"] = id;
  pool["Arn"] = core::Arn::in(context.scope, "cognito-idp", "userpool/" + id).text();
  pool["CreationDate"] = now;
  pool["LastModifiedDate"] = now;
  pool["EstimatedNumberOfUsers"] = 0;
  pools.put(pool);
  return {{"UserPool", std::move(pool)}};
}

Json describe_user_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  return {
      {"UserPool", UserPools(desk.runtime.store, context.scope).existing(pool_id_member(request))}};
}

Json update_user_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string id = check.required_text("UserPoolId", user_pool_id_rule);
  const auto name = check.text("PoolName", name_rule);
  Json pool = changeable_settings(check, request);
  UserPools pools(desk.runtime.store, context.scope);
  const Json old = pools.existing(id);
  for (const auto* member :
       {"Id", "Arn", "Name", "CreationDate", "EstimatedNumberOfUsers", "SchemaAttributes",
        "AliasAttributes", "UsernameAttributes", "UsernameConfiguration"}) {
    if (old.contains(member)) pool[member] = old[member];
  }
  if (name) pool["Name"] = *name;
  if (!core::find_member(request, "UserPoolTags")) pool["UserPoolTags"] = old["UserPoolTags"];
  pool["LastModifiedDate"] = core::epoch_seconds(desk.runtime.clock.now_ms());
  pools.put(pool);
  return Json::object();
}

Json add_custom_attributes(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string id = check.required_text("UserPoolId", user_pool_id_rule);
  check.require("CustomAttributes");
  check.throw_if_any(user_pool_model_error);
  UserPools pools(desk.runtime.store, context.scope);
  Json pool = pools.existing(id);
  pool["SchemaAttributes"] = with_custom_attributes(check, request, pool["SchemaAttributes"]);
  check.throw_if_any(user_pool_model_error);
  pool["LastModifiedDate"] = core::epoch_seconds(desk.runtime.clock.now_ms());
  pools.put(pool);
  return Json::object();
}

Json list_user_pools(const Desk& desk, const RequestContext& context, const Json& request) {
  const PageRequest asked = page_request(request, user_pool_model_error);
  const RowPage page = UserPools(desk.runtime.store, context.scope).page(asked.after, asked.limit);
  Json pools = Json::array();
  for (const auto& [id, pool] : page.rows) {
    Json description = Json::object();
    for (const auto* member : {"Id", "Name", "LambdaConfig", "LastModifiedDate", "CreationDate"}) {
      description[member] = pool.at(member);
    }
    pools.push_back(std::move(description));
  }
  Json response{{"UserPools", std::move(pools)}};
  if (page.next) response["NextToken"] = *page.next;
  return response;
}

Json delete_user_pool(const Desk& desk, const RequestContext& context, const Json& request) {
  UserPools pools(desk.runtime.store, context.scope);
  const std::string id = pool_id_member(request);
  if (pools.existing(id)["DeletionProtection"] == "ACTIVE") {
    throw invalid_parameter(
        "The user pool cannot be deleted because deletion protection is activated. Deletion "
        "protection must be inactivated first.");
  }
  pools.erase(id);
  return nullptr;
}

}  // namespace

void add_user_pool_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "CreateUserPool", create_user_pool);
  add_operation(table, desk, "DescribeUserPool", describe_user_pool);
  add_operation(table, desk, "UpdateUserPool", update_user_pool);
  add_operation(table, desk, "AddCustomAttributes", add_custom_attributes);
  add_operation(table, desk, "ListUserPools", list_user_pools);
  add_operation(table, desk, "DeleteUserPool", delete_user_pool);
}

}  // namespace votemu::cognito
