// Whose state a request sees.
#pragma once

#include "core/ids.h"
#include "core/temporary_credentials.h"
#include "wire/credential.h"
#include "wire/http.h"

namespace votemu::app {

// The region is the credential's. The account is that of the session when the credentials are
// temporary ones of ours, though they may have expired; else the access key tells it.
core::Scope scope_of_caller(const wire::HttpRequest& request, const wire::Credential& credential,
                            const core::CredentialIssuer& issuer);

}  // namespace votemu::app
