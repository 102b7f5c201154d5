// The operations, one file per family, and what they work with.
#pragma once

#include "core/open_id_tokens.h"
#include "core/operation.h"
#include "core/role_arn.h"
#include "core/role_trust.h"
#include "core/runtime.h"
#include "core/temporary_credentials.h"

namespace votemu::cognito {

struct Desk {
  core::Runtime& runtime;
  const core::CredentialIssuer& issuer;
  const core::OpenIdTokens& tokens;
  const core::RoleLookup& roles;
  const core::RoleTrust& trust;
};

// cognito-identity
void add_identity_pool_operations(core::OperationTable& table, Desk desk);
void add_identity_pool_role_operations(core::OperationTable& table, Desk desk);
void add_identity_pool_tag_operations(core::OperationTable& table, Desk desk);
void add_identity_operations(core::OperationTable& table, Desk desk);
void add_guest_operations(core::OperationTable& table, Desk desk);

// cognito-idp
void add_user_pool_operations(core::OperationTable& table, Desk desk);
void add_user_pool_client_operations(core::OperationTable& table, Desk desk);
void add_user_pool_tag_operations(core::OperationTable& table, Desk desk);

inline void add_operation(core::OperationTable& table, Desk desk, const char* name,
                          core::Json (*run)(const Desk&, const core::RequestContext&,
                                            const core::Json&)) {
  table[name] = [desk, run](const core::RequestContext& context, const core::Json& request) {
    return run(desk, context, request);
  };
}

}  // namespace votemu::cognito
