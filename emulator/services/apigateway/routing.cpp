#include "services/apigateway/routing.h"

#include "services/apigateway/gateway_reply.h"
#include "services/apigateway/mock.h"
#include "services/apigateway/request_path.h"

namespace votemu::apigateway {

const Integration* integration_for(const Resource& resource, const std::string& method) {
  auto found = resource.methods.find(method);
  if (found == resource.methods.end()) found = resource.methods.find("ANY");
  return found == resource.methods.end() ? nullptr : &found->second;
}

std::optional<HttpReply> refused_by_iam(const Target& target, const HttpCall& call) {
  if (!target.authorized_by_iam || !call.refusal) return std::nullopt;
  const auto resource = core::Arn::in(
      target.scope, "execute-api",
      target.api_id + "/" + target.stage + "/" + target.http_method + resource_path(call.path));
  const auto refusal = call.refusal({"execute-api:Invoke", resource.text()});
  if (!refusal) return std::nullopt;
  return refused_reply(call, *refusal);
}

Routed routed(Target target, const Integration& integration, const HttpCall& call) {
  if (integration.kind == Integration::Kind::mock) return mock_reply(integration, call);
  if (integration.kind == Integration::Kind::unserved || integration.http_method != "POST") {
    HttpReply reply = internal_error_reply(call, 500);
    reply.failure =
        "Execution failed due to configuration error: only mocks and Lambda proxy integrations by "
        "POST are served here";
    return reply;
  }
  target.function_arn = integration.function_arn;
  target.has_role = integration.has_role;
  target.timeout_ms = static_cast<int>(integration.timeout_ms);
  return target;
}

}  // namespace votemu::apigateway
