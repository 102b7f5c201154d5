#include "services/cognito/service.h"

#include <utility>

#include "services/cognito/operations.h"

namespace votemu::cognito {

Service::Service(core::Runtime& runtime, const core::SigningKey& key, core::RoleLookup roles,
                 core::RoleTrust trust)
    : runtime_(runtime),
      issuer_(key, runtime.random),
      tokens_(key),
      roles_(std::move(roles)),
      trust_(std::move(trust)) {}

core::OperationTable Service::identity_operations() {
  const Desk desk{runtime_, issuer_, tokens_, roles_, trust_};
  core::OperationTable table;
  add_identity_pool_operations(table, desk);
  add_identity_pool_role_operations(table, desk);
  add_identity_pool_tag_operations(table, desk);
  add_identity_operations(table, desk);
  add_guest_operations(table, desk);
  return table;
}

core::OperationTable Service::user_pool_operations() {
  const Desk desk{runtime_, issuer_, tokens_, roles_, trust_};
  core::OperationTable table;
  add_user_pool_operations(table, desk);
  add_user_pool_client_operations(table, desk);
  add_user_pool_tag_operations(table, desk);
  return table;
}

}  // namespace votemu::cognito
