// CreateUserPoolClient, DescribeUserPoolClient, UpdateUserPoolClient, ListUserPoolClients,
// DeleteUserPoolClient.
#include "core/calendar.h"
#include "core/members.h"
#include "services/cognito/limits.h"
#include "services/cognito/operations.h"
#include "services/cognito/page_request.h"
#include "services/cognito/rules.h"
#include "services/cognito/user_pool_client_settings.h"
#include "services/cognito/user_pools.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::RequestContext;

constexpr std::size_t id_length = 26;
constexpr std::size_t secret_length = 51;

struct ClientName {
  std::string pool_id;
  std::string client_id;
};

ClientName client_members(const core::Constraints& check) {
  return {check.required_text("UserPoolId", user_pool_id_rule),
          check.required_text("ClientId", client_id_rule)};
}

ClientName named_client(const Json& request) {
  const core::Constraints check(request);
  ClientName name = client_members(check);
  check.throw_if_any(user_pool_model_error);
  return name;
}

Json create_client(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string pool_id = check.required_text("UserPoolId", user_pool_id_rule);
  const std::string name = check.required_text("ClientName", name_rule);
  Json client = client_settings(check, request);
  UserPools pools(desk.runtime.store, context.scope);
  pools.existing(pool_id);
  if (!pools.has_room_for_client(pool_id)) {
    throw core::AwsError("LimitExceededException",
                         "The number of clients of the user pool has reached its limit.");
  }
  const double now = core::epoch_seconds(desk.runtime.clock.now_ms());
  client["UserPoolId"] = pool_id;
  client["ClientName"] = name;
  client["ClientId"] = desk.runtime.random.alphanumeric(id_length);
  client["CreationDate"] = now;
  client["LastModifiedDate"] = now;
  if (core::boolean_member(request, "GenerateSecret").value_or(false)) {
    client["ClientSecret"] = desk.runtime.random.alphanumeric(secret_length);
  }
  pools.put_client(client);
  return {{"UserPoolClient", std::move(client)}};
}

Json describe_client(const Desk& desk, const RequestContext& context, const Json& request) {
  const ClientName name = named_client(request);
  return {
      {"UserPoolClient",
       UserPools(desk.runtime.store, context.scope).existing_client(name.pool_id, name.client_id)}};
}

// What is not said goes back to its default.
Json update_client(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const ClientName name = client_members(check);
  const auto new_name = check.text("ClientName", name_rule);
  Json client = client_settings(check, request);
  UserPools pools(desk.runtime.store, context.scope);
  const Json old = pools.existing_client(name.pool_id, name.client_id);
  for (const auto* member :
       {"UserPoolId", "ClientName", "ClientId", "ClientSecret", "CreationDate"}) {
    if (old.contains(member)) client[member] = old[member];
  }
  if (new_name) client["ClientName"] = *new_name;
  client["LastModifiedDate"] = core::epoch_seconds(desk.runtime.clock.now_ms());
  pools.put_client(client);
  return {{"UserPoolClient", std::move(client)}};
}

Json list_clients(const Desk& desk, const RequestContext& context, const Json& request) {
  const core::Constraints check(request);
  const std::string pool_id = check.required_text("UserPoolId", user_pool_id_rule);
  check.throw_if_any(user_pool_model_error);
  const PageRequest asked = page_request(request, user_pool_model_error, false);
  const UserPools pools(desk.runtime.store, context.scope);
  pools.existing(pool_id);
  const RowPage page = pools.client_page(pool_id, asked.after, asked.limit);
  Json clients = Json::array();
  for (const auto& [id, client] : page.rows) {
    clients.push_back(
        {{"ClientId", id}, {"UserPoolId", pool_id}, {"ClientName", client.at("ClientName")}});
  }
  Json response{{"UserPoolClients", std::move(clients)}};
  if (page.next) response["NextToken"] = *page.next;
  return response;
}

Json delete_client(const Desk& desk, const RequestContext& context, const Json& request) {
  const ClientName name = named_client(request);
  UserPools pools(desk.runtime.store, context.scope);
  pools.existing_client(name.pool_id, name.client_id);
  pools.erase_client(name.pool_id, name.client_id);
  return nullptr;
}

}  // namespace

void add_user_pool_client_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "CreateUserPoolClient", create_client);
  add_operation(table, desk, "DescribeUserPoolClient", describe_client);
  add_operation(table, desk, "UpdateUserPoolClient", update_client);
  add_operation(table, desk, "ListUserPoolClients", list_clients);
  add_operation(table, desk, "DeleteUserPoolClient", delete_client);
}

}  // namespace votemu::cognito
