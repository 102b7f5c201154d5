// The operations, one file per family, and what they work with.
#pragma once

#include "core/clock.h"
#include "core/open_id_tokens.h"
#include "core/operation.h"
#include "core/role_arn.h"
#include "core/role_trust.h"
#include "core/temporary_credentials.h"

namespace votemu::sts {

struct Desk {
  core::Clock& clock;
  const core::CredentialIssuer& issuer;
  const core::OpenIdTokens& web_tokens;
  const core::RoleLookup& roles;
  const core::RoleTrust& trust;
};

// {"UserId", "Account", "Arn"}. Whoever comes without a session is the account itself: no user is
// known by their access key.
core::Json caller_identity(const Desk& desk, const core::RequestContext& context);

void add_identity_operations(core::OperationTable& table, Desk desk);
void add_session_operations(core::OperationTable& table, Desk desk);
void add_assume_role_operations(core::OperationTable& table, Desk desk);

inline void add_operation(core::OperationTable& table, Desk desk, const char* name,
                          core::Json (*run)(const Desk&, const core::RequestContext&,
                                            const core::Json&)) {
  table[name] = [desk, run](const core::RequestContext& context, const core::Json& request) {
    return run(desk, context, request);
  };
}

}  // namespace votemu::sts
