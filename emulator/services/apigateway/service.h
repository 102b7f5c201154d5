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
#include <vector>

#include "core/operation.h"
#include "core/runtime.h"
#include "services/apigateway/http.h"
#include "services/apigateway/integration.h"

namespace votemu::apigateway {

// A resource's method, called by TestInvokeMethod as it is being edited.
struct MethodTest {
  Routed routed;
  HttpCall call;
  std::string resource_path;  // "/votes/{id}"
  std::vector<std::pair<std::string, std::string>> path_parameters;
};

class State;

class Service {
 public:
  explicit Service(core::Runtime& runtime);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  core::OperationTable operations();

  // Takes up what the store holds now, after what operations wrote was taken back.
  void reread();

  // The one API of this scope that has this stage (as in http://localhost:4566/dev/…); nullopt when
  // none or several have.
  std::optional<std::string> api_with_stage(const core::Scope& scope, std::string_view stage) const;

  // API ids are unique over all scopes.
  std::optional<core::Scope> scope_of_api(std::string_view api_id) const;

  // What answers the call.
  Routed route(const core::Scope& scope, const std::string& api_id, const std::string& stage,
               const HttpCall& call) const;

  // What answers a TestInvokeMethod request. Throws AwsError.
  MethodTest test(const core::RequestContext& context, const core::Json& request) const;

 private:
  std::unique_ptr<State> state_;
};

// TestInvokeMethod's answer, with the log of the execution, which ended at `end_ms`.
core::Json test_answer(const MethodTest& test, const Execution& execution, std::int64_t end_ms);

}  // namespace votemu::apigateway
