// API Gateway REST APIs: the control plane, and finding what answers a call.
// https://docs.aws.amazon.com/apigateway/latest/api/
//
// An API is one row of the store, cached in memory. Calls are answered from the snapshot that a
// stage's deployment took, never from the API as it is being edited.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/operation.h"
#include "core/runtime.h"
#include "services/apigateway/http.h"

namespace votemu::apigateway {

// A method with an AWS_PROXY integration to a Lambda function, matched by a call.
struct Target {
  core::Scope scope;
  std::string api_id;
  std::string stage;
  std::string deployment_id;
  std::string resource_id;
  std::string resource_path;  // "/votes/{id}"
  std::string http_method;    // the call's own, never "ANY"
  std::string function_arn;   // from the integration's uri, qualifier included
  std::vector<std::pair<std::string, std::string>> path_parameters;
  std::vector<std::pair<std::string, std::string>> stage_variables;
  std::vector<std::string> binary_media_types;
  int timeout_ms = 29'000;  // after which the reply is integration_timeout_reply()
};

class State;

class Service {
 public:
  explicit Service(core::Runtime& runtime);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  core::OperationTable operations();

  // The one API of this scope that has this stage (as in http://localhost:4566/dev/…); nullopt when
  // none or several have.
  std::optional<std::string> api_with_stage(const core::Scope& scope, std::string_view stage) const;

  // API ids are unique over all scopes.
  std::optional<core::Scope> scope_of_api(std::string_view api_id) const;

  // What answers the call: a function to invoke, or a reply that is ready (mocks, and the gateway's
  // own 403, 413 and 500).
  std::variant<Target, HttpReply> route(const core::Scope& scope, const std::string& api_id,
                                        const std::string& stage, const HttpCall& call) const;

 private:
  std::unique_ptr<State> state_;
};

// The Lambda proxy event's JSON text.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
std::string proxy_event(const Target& target, const HttpCall& call);

// The function's result as a reply; 502 when it is an error or not in the proxy's format.
HttpReply proxy_reply(const Target& target, const HttpCall& call, std::string_view lambda_result,
                      bool function_error);

// 504 "Endpoint request timed out".
HttpReply integration_timeout_reply(const HttpCall& call);

// 500 "Internal server error": the function does not exist or may not be invoked.
HttpReply integration_failure_reply(const HttpCall& call);

}  // namespace votemu::apigateway
