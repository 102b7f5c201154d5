// Answers a call by a mock integration.
#pragma once

#include "services/apigateway/http.h"
#include "services/apigateway/routes.h"

namespace votemu::apigateway {

// Templates are taken as they stand: of the request's, the number behind "statusCode"; of the
// response's, the whole text. Velocity references and directives in them are not evaluated.
HttpReply mock_reply(const Integration& integration, const HttpCall& call);

}  // namespace votemu::apigateway
