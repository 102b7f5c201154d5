// Amazon Cognito: identity pools, which give guests credentials, and user pools as far as templates
// and tools describe them; nobody signs up or in here.
// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
//
// Everything is a row of the store, nothing is kept in memory. What guests call (GetId,
// GetCredentialsForIdentity, GetOpenIdToken) comes unsigned: the pool's or the identity's id alone
// tells whose it is.
#pragma once

#include "core/open_id_tokens.h"
#include "core/operation.h"
#include "core/role_arn.h"
#include "core/role_trust.h"
#include "core/runtime.h"
#include "core/signing_key.h"
#include "core/temporary_credentials.h"

namespace votemu::cognito {

class Service {
 public:
  // `key` outlives the service. Without `trust` guests have every role that their pool names.
  Service(core::Runtime& runtime, const core::SigningKey& key, core::RoleLookup roles,
          core::RoleTrust trust = {});
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  core::OperationTable identity_operations();   // cognito-identity
  core::OperationTable user_pool_operations();  // cognito-idp

 private:
  core::Runtime& runtime_;
  core::CredentialIssuer issuer_;
  core::OpenIdTokens tokens_;
  core::RoleLookup roles_;
  core::RoleTrust trust_;
};

}  // namespace votemu::cognito
