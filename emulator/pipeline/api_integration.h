// A call to an API, deployed or tried out, answered by the function behind it.
#pragma once

#include <string>

#include "core/operation.h"
#include "core/runtime.h"
#include "handlers/abi/task.h"
#include "services/apigateway/service.h"
#include "services/lambda/service.h"

namespace votemu::pipeline {

class ApiIntegration {
 public:
  ApiIntegration(core::Runtime& runtime, apigateway::Service& apigateway, lambda::Service& lambda)
      : runtime_(runtime), apigateway_(apigateway), lambda_(lambda) {}

  // Never throws: what goes wrong behind the API is the gateway's own 500, 502 or 504. A function
  // that has not answered by the integration's timeout is abandoned.
  abi::Task<apigateway::HttpReply> call(const core::Scope& scope, const std::string& api_id,
                                        const std::string& stage, apigateway::HttpCall call);

  // The operation of API Gateway that runs a method: TestInvokeMethod.
  core::OperationTable operations();

 private:
  abi::Task<apigateway::HttpReply> reply(apigateway::Routed routed, apigateway::HttpCall call);
  abi::Task<core::Json> test(const core::RequestContext& context, core::Json request);
  abi::Task<apigateway::Execution> execute(const apigateway::Routed& routed,
                                           const apigateway::HttpCall& call);
  bool may_invoke(const apigateway::Target& target) const;

  core::Runtime& runtime_;
  apigateway::Service& apigateway_;
  lambda::Service& lambda_;
};

}  // namespace votemu::pipeline
