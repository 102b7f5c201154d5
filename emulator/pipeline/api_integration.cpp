#include "pipeline/api_integration.h"

#include <utility>
#include <variant>

#include "core/aws_error.h"
#include "core/wakeup.h"

namespace votemu::pipeline {

abi::Task<apigateway::HttpReply> ApiIntegration::call(core::Scope scope, std::string api_id,
                                                      std::string stage,
                                                      apigateway::HttpCall call) {
  auto routed = apigateway_.route(scope, api_id, stage, call);
  if (auto* reply = std::get_if<apigateway::HttpReply>(&routed)) co_return std::move(*reply);
  auto invoking = invoke(std::get<apigateway::Target>(routed), call);
  auto reply = co_await std::move(invoking);
  co_return reply;
}

abi::Task<apigateway::HttpReply> ApiIntegration::invoke(const apigateway::Target& target,
                                                        const apigateway::HttpCall& call) {
  core::Wakeup settled(runtime_.turn);
  auto invocation =
      lambda_.invoke(target.scope, target.function_arn, apigateway::proxy_event(target, call));
  invocation.start([&settled] { settled.wake(); });
  if (!invocation.done()) {
    const auto timeout = runtime_.timers.after(target.timeout_ms, [&settled] { settled.wake(); });
    co_await settled;
  }
  if (!invocation.done()) co_return apigateway::integration_timeout_reply(call);
  try {
    const auto result = invocation.outcome().take();
    co_return apigateway::proxy_reply(target, call, result.payload, !result.function_error.empty());
  } catch (const core::AwsError& error) {
    runtime_.log.debug("API " + target.api_id + ": " + error.message());
  }
  co_return apigateway::integration_failure_reply(call);
}

}  // namespace votemu::pipeline
