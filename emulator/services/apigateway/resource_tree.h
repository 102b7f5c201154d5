// Growing an API's tree of resources.
#pragma once

#include <string>

#include "core/json.h"
#include "services/apigateway/operations.h"

namespace votemu::apigateway {

// Adds a resource to a copy of an API's row and returns it. Throws AwsError: no such parent, a
// malformed or taken path part, too many resources.
core::Json& add_resource(State& state, core::Json& api, const std::string& parent_id,
                         const std::string& path_part);

}  // namespace votemu::apigateway
