// A call that a Lambda function answers: what is sent to it, and what its result becomes.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/apigateway/endpoint.h"
#include "services/apigateway/http.h"

namespace votemu::apigateway {

// A method with an AWS_PROXY integration to a Lambda function, matched by a call.
struct Target {
  std::shared_ptr<const Endpoint> endpoint;
  std::string http_method;  // the call's own, never "ANY"
  PathParameters path_parameters;
};

// A function to invoke, or a reply that is ready (mocks, and the gateway's own).
using Routed = std::variant<Target, HttpReply>;

// What a function answered.
struct FunctionAnswer {
  std::string payload;
  std::string request_id;
  bool error = false;
};

// What a call came to.
struct Execution {
  HttpReply reply;
  std::optional<FunctionAnswer> answer;  // when a function was reached and has answered
  std::int64_t latency_ms = 0;           // of the integration
};

// The Lambda proxy event's JSON text.
std::string proxy_event(const Target& target, const HttpCall& call);

// The function's result as a reply; 502 when it is an error or not in the proxy's format.
HttpReply proxy_reply(const Target& target, const HttpCall& call, std::string_view lambda_result,
                      bool function_error);

// In whose name the function is invoked: "arn:aws:execute-api:…:API/STAGE/METHOD/PATH".
std::string source_arn(const Target& target);

// 504 "Endpoint request timed out".
HttpReply integration_timeout_reply(const HttpCall& call);

// 500 "Internal server error": the function does not exist or may not be invoked.
HttpReply no_permission_reply(const HttpCall& call);

// 500 "Internal server error": Lambda refused the invocation with this status.
HttpReply integration_failure_reply(const HttpCall& call, int lambda_status);

}  // namespace votemu::apigateway
