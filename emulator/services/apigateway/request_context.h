// The requestContext of a proxy event.
#pragma once

#include <string>

#include "services/apigateway/integration.h"

namespace votemu::apigateway {

// What follows the endpoint's own text, from the value of httpMethod to the closing brace.
void append_request_context(std::string& json, const Target& target, const HttpCall& call);

}  // namespace votemu::apigateway
