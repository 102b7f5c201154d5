// A request to a deployed API as API Gateway takes it.
#pragma once

#include <string>

#include "authorization/caller.h"
#include "core/operation.h"
#include "services/apigateway/http.h"
#include "wire/http.h"

namespace votemu::app {

// `path` is what follows the stage. The time is left out.
apigateway::HttpCall api_call(const wire::HttpRequest& request, const std::string& path,
                              const core::RequestContext& context);

apigateway::Signer signer_of(const core::RequestContext& context,
                             const authorization::Caller& caller);

}  // namespace votemu::app
