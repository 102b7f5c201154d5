// TestInvokeMethod's request.
// https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
#pragma once

#include "core/operation.h"
#include "core/runtime.h"
#include "services/apigateway/service.h"

namespace votemu::apigateway {

// `api` is the API's row. Throws AwsError.
MethodTest method_test(const core::Json& api, const core::RequestContext& context,
                       const core::Json& request, core::Runtime& runtime);

}  // namespace votemu::apigateway
