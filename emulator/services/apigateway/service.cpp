#include "services/apigateway/service.h"

#include "services/apigateway/gateway_reply.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/method_test.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/request_path.h"
#include "services/apigateway/routing.h"

namespace votemu::apigateway {

Service::Service(core::Runtime& runtime) : state_(std::make_unique<State>(runtime)) {}

Service::~Service() = default;

core::OperationTable Service::operations() {
  core::OperationTable table;
  add_api_operations(table, *state_);
  add_import_operations(table, *state_);
  add_resource_operations(table, *state_);
  add_method_operations(table, *state_);
  add_integration_operations(table, *state_);
  add_deployment_operations(table, *state_);
  add_stage_operations(table, *state_);
  add_account_operations(table, *state_);
  add_tag_operations(table, *state_);
  add_empty_list_operations(table, *state_);
  return table;
}

void Service::reread() {
  state_->apis.reread();
}

std::optional<std::string> Service::api_with_stage(const core::Scope& scope,
                                                   std::string_view stage) const {
  std::optional<std::string> only;
  for (const auto& [id, api] : state_->apis.in_scope(scope)) {
    if (!api.stages.contains(stage)) continue;
    if (only) return std::nullopt;
    only = id;
  }
  return only;
}

std::optional<core::Scope> Service::scope_of_api(std::string_view api_id) const {
  return state_->apis.scope_of(api_id);
}

Routed Service::route(const core::Scope& scope, const std::string& api_id,
                      const std::string& stage_name, const HttpCall& call) const {
  const Api* api = state_->apis.find(scope, api_id);
  if (!api) return forbidden_reply(call);
  const auto stage = api->stages.find(stage_name);
  if (stage == api->stages.end()) return forbidden_reply(call);
  if (!stage->second.routes) return missing_authentication_token_reply(call);
  if (call.body.size() > limits::max_payload_bytes) return too_large_reply(call);

  const Integration* integration = nullptr;
  auto match = stage->second.routes->match(resource_path(call.path));
  if (match) integration = integration_for(*match->resource, call.method);
  if (!integration) return missing_authentication_token_reply(call);
  if (auto refusal = refused_by_iam(*stage->second.stage, *integration, call)) {
    return std::move(*refusal);
  }
  return routed(*integration, std::move(match->parameters), call);
}

MethodTest Service::test(const core::RequestContext& context, const core::Json& request) const {
  return method_test(state_->apis.existing(context.scope, request).row, context, request,
                     state_->runtime);
}

std::string source_arn(const Target& target) {
  const Endpoint& endpoint = *target.endpoint;
  return method_arn(*endpoint.stage, target.http_method, endpoint.resource_path);
}

HttpReply integration_timeout_reply(const HttpCall& call) {
  return timed_out_reply(call);
}

HttpReply no_permission_reply(const HttpCall& call) {
  HttpReply reply = internal_error_reply(call, 500);
  add_trace_header(reply, call);
  reply.failure =
      "Execution failed due to configuration error: Invalid permissions on Lambda function";
  return reply;
}

HttpReply integration_failure_reply(const HttpCall& call, int lambda_status) {
  HttpReply reply = internal_error_reply(call, 500);
  add_trace_header(reply, call);
  reply.failure = "Execution failed due to configuration error: Lambda answered with status " +
                  std::to_string(lambda_status);
  return reply;
}

}  // namespace votemu::apigateway
