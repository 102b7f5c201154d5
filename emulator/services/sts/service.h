// AWS Security Token Service: who is asking, and credentials that end.
// https://docs.aws.amazon.com/STS/latest/APIReference/
//
// It keeps nothing: what it issues says itself whose it is. Any well-formed role may be assumed by
// anybody whom `trust` allows it; without `trust` that is everybody.
#pragma once

#include "core/open_id_tokens.h"
#include "core/operation.h"
#include "core/role_arn.h"
#include "core/role_trust.h"
#include "core/runtime.h"
#include "core/signing_key.h"
#include "core/temporary_credentials.h"

namespace votemu::sts {

class Service {
 public:
  // `key` outlives the service.
  Service(core::Runtime& runtime, const core::SigningKey& key, core::RoleLookup roles,
          core::RoleTrust trust = {});
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  core::OperationTable operations();

 private:
  core::Clock& clock_;
  core::CredentialIssuer issuer_;
  core::OpenIdTokens web_tokens_;
  core::RoleLookup roles_;
  core::RoleTrust trust_;
};

}  // namespace votemu::sts
