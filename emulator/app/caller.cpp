#include "app/caller.h"

namespace votemu::app {

core::Scope scope_of_caller(const wire::HttpRequest& request, const wire::Credential& credential,
                            const core::CredentialIssuer& issuer) {
  core::Scope scope = wire::scope_of(credential);
  const std::string token = wire::session_token_of(request);
  if (token.empty()) return scope;
  const auto session = issuer.open(credential.access_key, token);
  if (session) scope.account = session->claims.account;
  return scope;
}

}  // namespace votemu::app
