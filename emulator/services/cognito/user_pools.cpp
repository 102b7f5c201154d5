#include "services/cognito/user_pools.h"

#include <utility>

#include "services/cognito/limits.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {

using core::Json;
using core::Key;
using core::Table;

Key UserPools::pools() const {
  return Key(Table::cognito_user_pool, scope_);
}

Key UserPools::clients_of(std::string_view pool_id) const {
  return std::move(Key(Table::cognito_user_pool_client, scope_).text(pool_id));
}

Json UserPools::existing(std::string_view id) const {
  const auto row = store_.get(pools().text(id));
  if (!row) throw not_found("User pool " + std::string(id) + " does not exist.");
  return core::parse_own_json(*row);
}

Json UserPools::existing_client(std::string_view pool_id, std::string_view client_id) const {
  existing(pool_id);
  const auto row = store_.get(clients_of(pool_id).text(client_id));
  if (!row) throw not_found("User pool client " + std::string(client_id) + " does not exist.");
  return core::parse_own_json(*row);
}

RowPage UserPools::page(std::string_view after, std::size_t limit) const {
  return page_of(store_, pools(), after, limit);
}

RowPage UserPools::client_page(std::string_view pool_id, std::string_view after,
                               std::size_t limit) const {
  return page_of(store_, clients_of(pool_id), after, limit);
}

bool UserPools::has_room() const {
  return count_rows(store_, pools(), limits::max_user_pools) < limits::max_user_pools;
}

bool UserPools::has_room_for_client(std::string_view pool_id) const {
  return count_rows(store_, clients_of(pool_id), limits::max_clients_per_pool) <
         limits::max_clients_per_pool;
}

void UserPools::put(const Json& pool) {
  store_.put(pools().text(pool.at("Id").get_ref<const std::string&>()), row_text(pool));
}

void UserPools::put_client(const Json& client) {
  Key key = clients_of(client.at("UserPoolId").get_ref<const std::string&>());
  store_.put(key.text(client.at("ClientId").get_ref<const std::string&>()), row_text(client));
}

void UserPools::erase(std::string_view id) {
  store_.erase_prefix(clients_of(id));
  store_.erase(pools().text(id));
}

void UserPools::erase_client(std::string_view pool_id, std::string_view client_id) {
  store_.erase(clients_of(pool_id).text(client_id));
}

}  // namespace votemu::cognito
