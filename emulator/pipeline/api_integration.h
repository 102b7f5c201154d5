// A call to a deployed API, answered by the function behind it.
#pragma once

#include <string>

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
  abi::Task<apigateway::HttpReply> call(core::Scope scope, std::string api_id, std::string stage,
                                        apigateway::HttpCall call);

 private:
  abi::Task<apigateway::HttpReply> invoke(const apigateway::Target& target,
                                          const apigateway::HttpCall& call);

  core::Runtime& runtime_;
  apigateway::Service& apigateway_;
  lambda::Service& lambda_;
};

}  // namespace votemu::pipeline
