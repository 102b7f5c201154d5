// Whose state a request sees.
#pragma once

#include <optional>

#include "core/ids.h"
#include "core/temporary_credentials.h"
#include "wire/credential.h"
#include "wire/http.h"

namespace votemu::app {

// The session whose temporary credentials the request came with; nullopt when they are none of
// ours. They may have expired.
std::optional<core::Session> session_of(const wire::HttpRequest& request,
                                        const wire::Credential& credential,
                                        const core::CredentialIssuer& issuer);

// The region is the credential's. The account is the session's; without one the access key tells
// it.
core::Scope scope_of_caller(const wire::Credential& credential,
                            const std::optional<core::Session>& session);

}  // namespace votemu::app
