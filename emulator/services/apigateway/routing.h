// From a matched resource to what answers the call, deployed or being edited.
#pragma once

#include "services/apigateway/integration.h"
#include "services/apigateway/routes.h"

namespace votemu::apigateway {

// The integration of the method, or of ANY; nullptr when the resource has neither.
const Integration* integration_for(const Resource& resource, const std::string& method);

// `target` has everything but what the integration says.
Routed routed(Target target, const Integration& integration, const HttpCall& call);

}  // namespace votemu::apigateway
