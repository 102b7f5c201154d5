// The requestContext of a proxy event.
#pragma once

#include <string>

#include "services/apigateway/integration.h"

namespace votemu::apigateway {

// Appends `,"requestContext":{…}`.
void append_request_context(std::string& json, const Target& target, const HttpCall& call);

}  // namespace votemu::apigateway
