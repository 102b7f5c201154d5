#include "services/cognito/identity_pools.h"

#include "core/keys.h"
#include "services/cognito/limits.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::Key;
using core::Table;

Key pools_of(const core::Scope& scope) {
  return Key(Table::cognito_identity_pool, scope);
}

Key pool_key(const core::Scope& scope, std::string_view id) {
  return std::move(pools_of(scope).text(id));
}

Key owner_key(std::string_view id) {
  return std::move(Key(Table::cognito_identity_pool_owner).text(id));
}

core::AwsError pool_not_found(std::string_view id) {
  return not_found("IdentityPool '" + std::string(id) + "' not found.");
}

}  // namespace

IdentityPool IdentityPools::existing(const core::Scope& scope, std::string_view id) const {
  const auto row = store_.get(pool_key(scope, id));
  if (!row) throw pool_not_found(id);
  return {scope, std::string(id), core::parse_own_json(*row)};
}

IdentityPool IdentityPools::existing_anywhere(std::string_view id) const {
  const auto row = store_.get(owner_key(id));
  if (!row) throw pool_not_found(id);
  const Json owner = core::parse_own_json(*row);
  return existing({owner.at("account").get<std::string>(), owner.at("region").get<std::string>()},
                  id);
}

RowPage IdentityPools::page(const core::Scope& scope, std::string_view after,
                            std::size_t limit) const {
  return page_of(store_, pools_of(scope), after, limit);
}

bool IdentityPools::has_room(const core::Scope& scope) const {
  return count_rows(store_, pools_of(scope), limits::max_identity_pools) <
         limits::max_identity_pools;
}

void IdentityPools::put(const IdentityPool& pool) {
  store_.put(pool_key(pool.scope, pool.id), row_text(pool.row));
  const Json owner{{"account", pool.scope.account}, {"region", pool.scope.region}};
  store_.put(owner_key(pool.id), core::dump_json(owner));
}

void IdentityPools::erase(const IdentityPool& pool) {
  store_.erase(pool_key(pool.scope, pool.id));
  store_.erase(owner_key(pool.id));
}

}  // namespace votemu::cognito
