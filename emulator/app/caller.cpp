#include "app/caller.h"

namespace votemu::app {

std::optional<core::Session> session_of(const wire::HttpRequest& request,
                                        const wire::Credential& credential,
                                        const core::CredentialIssuer& issuer) {
  const std::string token = wire::session_token_of(request);
  if (token.empty()) return std::nullopt;
  return issuer.open(credential.access_key, token);
}

core::Scope scope_of_caller(const wire::Credential& credential,
                            const std::optional<core::Session>& session) {
  core::Scope scope = wire::scope_of(credential);
  if (session) scope.account = session->claims.account;
  return scope;
}

}  // namespace votemu::app
