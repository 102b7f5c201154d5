// From a matched resource to what answers the call, deployed or being edited.
#pragma once

#include "services/apigateway/integration.h"
#include "services/apigateway/routes.h"

namespace votemu::apigateway {

// The reply to who may not call a method with AWS_IAM; nullopt for everybody else.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
std::optional<HttpReply> refused_by_iam(const Target& target, const HttpCall& call);

// The integration of the method, or of ANY; nullptr when the resource has neither.
const Integration* integration_for(const Resource& resource, const std::string& method);

// `target` has everything but what the integration says.
Routed routed(Target target, const Integration& integration, const HttpCall& call);

}  // namespace votemu::apigateway
