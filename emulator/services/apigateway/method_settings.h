// Methods and integrations as rows, from a request's or a document's members.
#pragma once

#include <string>

#include "core/json.h"

namespace votemu::apigateway {

// Throws BadRequestException for what is not an HTTP method or ANY.
void check_http_method(const std::string& method);

// A new methodIntegration. `given` has PutIntegration's members, with the integration's own method
// under `method_member`. Throws BadRequestException.
core::Json new_integration(const core::Json& given, const char* method_member,
                           const std::string& resource_id);

// A new member of integrationResponses. `status` is checked.
core::Json new_integration_response(const core::Json& given, const std::string& status);

// Throws BadRequestException when the members of a methodIntegration do not go together.
void check_integration(const core::Json& integration);

// Throws BadRequestException for what is no authorizationType, or lacks its authorizer.
void check_authorization(const core::Json& method);

// Throws BadRequestException unless it is three digits from 1xx to 5xx.
void check_status_code(const std::string& status);

}  // namespace votemu::apigateway
