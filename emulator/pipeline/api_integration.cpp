#include "pipeline/api_integration.h"

#include <utility>
#include <variant>

#include "core/aws_error.h"
#include "core/wakeup.h"

namespace votemu::pipeline {

using apigateway::Execution;

abi::Task<apigateway::HttpReply> ApiIntegration::call(const core::Scope& scope,
                                                      const std::string& api_id,
                                                      const std::string& stage,
                                                      apigateway::HttpCall call) {
  auto routed = apigateway_.route(scope, api_id, stage, call);
  return reply(std::move(routed), std::move(call));
}

abi::Task<apigateway::HttpReply> ApiIntegration::reply(apigateway::Routed routed,
                                                       apigateway::HttpCall call) {
  auto executing = execute(routed, call);
  auto execution = co_await std::move(executing);
  co_return std::move(execution.reply);
}

core::OperationTable ApiIntegration::operations() {
  core::OperationTable table;
  table["TestInvokeMethod"] =
      core::WaitingOperation([this](const core::RequestContext& context, core::Json request) {
        return test(context, std::move(request));
      });
  return table;
}

abi::Task<core::Json> ApiIntegration::test(const core::RequestContext& context,
                                           core::Json request) {
  const auto test = apigateway_.test(context, request);
  auto executing = execute(test.routed, test.call);
  const auto execution = co_await std::move(executing);
  co_return apigateway::test_answer(test, execution, runtime_.clock.now_ms());
}

abi::Task<Execution> ApiIntegration::execute(const apigateway::Routed& routed,
                                             const apigateway::HttpCall& call) {
  Execution execution;
  if (const auto* reply = std::get_if<apigateway::HttpReply>(&routed)) {
    execution.reply = *reply;
    co_return execution;
  }
  const auto& target = std::get<apigateway::Target>(routed);
  const apigateway::Endpoint& endpoint = *target.endpoint;
  const core::Scope& scope = endpoint.stage->scope;
  if (!may_invoke(target)) {
    runtime_.log.warn("API " + endpoint.stage->api_id + ": no permission to invoke " +
                      endpoint.function_arn + " for " + apigateway::source_arn(target));
    execution.reply = apigateway::no_permission_reply(call);
    co_return execution;
  }
  const std::int64_t started_ms = runtime_.clock.steady_ms();
  core::Wakeup* waiting = nullptr;
  auto invocation =
      lambda_.invoke(scope, endpoint.function_arn, apigateway::proxy_event(target, call));
  invocation.start([&waiting] {
    if (waiting) waiting->wake();
  });
  if (!invocation.done()) {
    core::Wakeup settled(runtime_.turn);
    waiting = &settled;
    const auto timeout = runtime_.timers.after(endpoint.timeout_ms, [&settled] { settled.wake(); });
    co_await settled;
    waiting = nullptr;
  }
  execution.latency_ms = runtime_.clock.steady_ms() - started_ms;
  if (!invocation.done()) {
    execution.reply = apigateway::integration_timeout_reply(call);
    co_return execution;
  }
  try {
    auto result = invocation.outcome().take();
    const bool error = !result.function_error.empty();
    execution.reply = apigateway::proxy_reply(target, call, result.payload, error);
    execution.answer = apigateway::FunctionAnswer(
        {std::move(result.payload), std::move(result.request_id), error});
  } catch (const core::AwsError& error) {
    runtime_.log.debug("API " + endpoint.stage->api_id + ": " + error.message());
    execution.reply = apigateway::integration_failure_reply(call, error.http_status());
  }
  co_return execution;
}

// A role of the integration's own is trusted: its policies are not evaluated.
bool ApiIntegration::may_invoke(const apigateway::Target& target) const {
  const apigateway::Endpoint& endpoint = *target.endpoint;
  return endpoint.has_role ||
         lambda_.may_invoke(endpoint.stage->scope, endpoint.function_arn,
                            "apigateway.amazonaws.com", apigateway::source_arn(target));
}

}  // namespace votemu::pipeline
