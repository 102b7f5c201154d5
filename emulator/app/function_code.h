// The archives of functions' code, where Lambda's GetFunction says that they are:
// /_votemu/lambda/code/ACCOUNT/REGION/NAME.
#pragma once

#include <optional>

#include "services/lambda/service.h"
#include "wire/http.h"

namespace votemu::app {

// nullopt when the request is for something else. As S3 does with a presigned address, nobody is
// asked for credentials.
std::optional<wire::HttpResponse> function_code(const lambda::Service& lambda,
                                                const wire::HttpRequest& request);

}  // namespace votemu::app
