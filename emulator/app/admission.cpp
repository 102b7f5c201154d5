#include "app/admission.h"

#include <algorithm>

#include "app/caller.h"
#include "app/root_credentials.h"
#include "core/access_key.h"
#include "wire/credential.h"
#include "wire/sigv4.h"

namespace votemu::app {
namespace {

using authorization::Caller;
using authorization::Mode;
using wire::Refusal;
using wire::RefusalKind;

constexpr std::string_view mqtt_signing_name = "iotdevicegateway";
constexpr std::string_view api_signing_name = "execute-api";

constexpr std::string_view known_keys =
    " (Known are session credentials that this votemu issued, and the account's own: access key "
    "test, or the account's id, with the secret test.)";

// Their resources' policies may let strangers in.
bool serves_strangers(std::string_view service) {
  return service == "s3" || service == "sqs";
}

// The names that a call of a service may be signed for.
std::vector<std::string_view> signing_names(std::string_view service) {
  if (service == "streams.dynamodb") return {"dynamodb"};
  if (service == "iot") return {service, api_signing_name};
  if (service == "iotdata") return {service, mqtt_signing_name};
  return {service};
}

bool is_root_key(std::string_view access_key) {
  return access_key == root_access_key || core::is_account_id(access_key);
}

}  // namespace

void Admission::admit(const wire::HttpRequest& request, wire::Protocol protocol,
                      std::string_view service, std::string_view operation,
                      const core::Json& members) {
  const auto& authorization = services_.authorization;
  if (authorization.mode() == Mode::off) return;
  if (authorization.is_public(service, operation)) return;
  Caller caller = caller_of(request);
  const auto refusal = refusal_of(request, signing_names(service));
  const bool stranger = refusal && refusal->kind == RefusalKind::not_signed;
  if (stranger && serves_strangers(service)) {
    caller.anonymous = true;
  } else if (refusal && !tolerate(request, *refusal)) {
    throw wire::refused(*refusal, protocol);
  }
  authorization.check(caller, service, operation, members);
}

std::optional<Refusal> Admission::refuse_mqtt(const wire::HttpRequest& request) {
  if (services_.authorization.mode() == Mode::off) return std::nullopt;
  const auto refusal = refusal_of(request, {mqtt_signing_name});
  if (refusal && tolerate(request, *refusal)) return std::nullopt;
  return refusal;
}

std::optional<core::AwsError> Admission::refuse_call(const wire::HttpRequest& request,
                                                     const core::Access& access) {
  const auto& authorization = services_.authorization;
  if (authorization.mode() == Mode::off) return std::nullopt;
  const auto refusal = refusal_of(request, {api_signing_name});
  if (refusal && !tolerate(request, *refusal)) {
    return wire::refused(*refusal, wire::Protocol::rest_json);
  }
  const auto denial = authorization.authorizer_for(caller_of(request))->denial(access);
  if (!denial) return std::nullopt;
  return core::AwsError("AccessDeniedException", *denial, 403);
}

Caller Admission::caller_of(const wire::HttpRequest& request) const {
  const auto credential = wire::credential_of(request);
  const auto session = session_of(request, credential, services_.session_credentials);
  Caller caller;
  caller.scope = scope_of_caller(credential, session);
  caller.secure = request.secure;
  caller.source_ip = request.source_ip;
  caller.user_agent = request.headers.get("User-Agent");
  if (session) caller.session = session->claims;
  return caller;
}

std::optional<Refusal> Admission::refusal_of(const wire::HttpRequest& request,
                                             const SigningNames& names) const {
  try {
    verify(request, names);
  } catch (const Refusal& refusal) {
    return refusal;
  }
  return std::nullopt;
}

void Admission::verify(const wire::HttpRequest& request, const SigningNames& names) const {
  const auto signature = wire::signature_of(request);
  const auto secret = secret_of(request, signature);
  wire::check_time(signature, runtime_.clock.now_ms());
  wire::check_signature(request, signature, secret);
  if (std::ranges::count(names, signature.service)) return;
  throw Refusal{RefusalKind::mismatch, "Credential should be scoped to correct service: '" +
                                           std::string(names.front()) + "'."};
}

std::string Admission::secret_of(const wire::HttpRequest& request,
                                 const wire::Signature& signature) const {
  const std::string token = wire::session_token_of(request);
  if (token.empty() && is_root_key(signature.access_key)) {
    return std::string(root_secret_access_key);
  }
  const auto session = services_.session_credentials.open(signature.access_key, token);
  if (!session) throw Refusal{RefusalKind::unknown_key};
  if (session->expired_at(runtime_.clock.now_ms())) throw Refusal{RefusalKind::expired_token};
  return session->secret_access_key;
}

// True when the refusal is only to be told, not to be carried out.
bool Admission::tolerate(const wire::HttpRequest& request, const Refusal& refusal) {
  const auto error = wire::refused(refusal, wire::Protocol::json);
  const bool enforced = services_.authorization.mode() == Mode::enforce;
  const bool unknown = refusal.kind == RefusalKind::unknown_key;
  const auto service = wire::credential_of(request).service;
  report_.tell(service + (service.empty() ? "" : ": ") + request.method + " " +
               std::string(request.path()) + (enforced ? " is refused: " : " would be refused: ") +
               error.message() + (unknown ? std::string(known_keys) : ""));
  return !enforced;
}

}  // namespace votemu::app
