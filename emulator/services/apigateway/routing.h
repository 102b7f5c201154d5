// From a matched resource to what answers the call, deployed or being edited.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/apigateway/integration.h"
#include "services/apigateway/routes.h"

namespace votemu::apigateway {

// The reply to who may not call a method with AWS_IAM; nullopt for everybody else.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
std::optional<HttpReply> refused_by_iam(const Stage& stage, const Integration& integration,
                                        const HttpCall& call);

// "arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH"; the path begins with '/'.
std::string method_arn(const Stage& stage, std::string_view method, std::string_view path);

// The integration of the method, or of ANY; nullptr when the resource has neither.
const Integration* integration_for(const Resource& resource, const std::string& method);

Routed routed(const Integration& integration, PathParameters parameters, const HttpCall& call);

}  // namespace votemu::apigateway
