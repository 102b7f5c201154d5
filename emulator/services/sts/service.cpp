#include "services/sts/service.h"

#include <utility>

#include "services/sts/operations.h"

namespace votemu::sts {

Service::Service(core::Runtime& runtime, const core::SigningKey& key, core::RoleLookup roles,
                 core::RoleTrust trust)
    : clock_(runtime.clock),
      issuer_(key, runtime.random),
      web_tokens_(key),
      roles_(std::move(roles)),
      trust_(std::move(trust)) {}

core::OperationTable Service::operations() {
  const Desk desk{clock_, issuer_, web_tokens_, roles_, trust_};
  core::OperationTable table;
  add_identity_operations(table, desk);
  add_session_operations(table, desk);
  add_assume_role_operations(table, desk);
  return table;
}

}  // namespace votemu::sts
