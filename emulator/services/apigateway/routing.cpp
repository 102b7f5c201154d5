#include "services/apigateway/routing.h"

#include "services/apigateway/gateway_reply.h"
#include "services/apigateway/mock.h"
#include "services/apigateway/request_path.h"

namespace votemu::apigateway {

Stage::Stage(core::Scope the_scope, std::string the_api_id, std::string the_name)
    : scope(std::move(the_scope)), api_id(std::move(the_api_id)), name(std::move(the_name)) {
  arn = core::Arn::in(scope, "execute-api", api_id + "/" + name).text();
}

const Integration* integration_for(const Resource& resource, const std::string& method) {
  auto found = resource.methods.find(method);
  if (found == resource.methods.end()) found = resource.methods.find("ANY");
  return found == resource.methods.end() ? nullptr : &found->second;
}

std::optional<HttpReply> refused_by_iam(const Stage& stage, const Integration& integration,
                                        const HttpCall& call) {
  if (!integration.authorized_by_iam || !call.refusal) return std::nullopt;
  const auto refusal = call.refusal(
      {"execute-api:Invoke", method_arn(stage, call.method, resource_path(call.path))});
  if (!refusal) return std::nullopt;
  return refused_reply(call, *refusal);
}

std::string method_arn(const Stage& stage, std::string_view method, std::string_view path) {
  std::string arn;
  arn.reserve(stage.arn.size() + 1 + method.size() + path.size());
  return std::move(arn.append(stage.arn).append("/").append(method).append(path));
}

Routed routed(const Integration& integration, PathParameters parameters, const HttpCall& call) {
  if (integration.kind == Integration::Kind::mock) return mock_reply(integration, call);
  if (integration.kind == Integration::Kind::lambda_proxy) {
    return Target{integration.endpoint, call.method, std::move(parameters)};
  }
  HttpReply reply = internal_error_reply(call, 500);
  reply.failure =
      "Execution failed due to configuration error: only mocks and Lambda proxy integrations by "
      "POST are served here";
  return reply;
}

}  // namespace votemu::apigateway
