// A stage's row.
#pragma once

#include <string>

#include "core/json.h"
#include "services/apigateway/operations.h"

namespace votemu::apigateway {

// Throws AwsError for a malformed name, or when the API cannot have one more.
void check_new_stage(const core::Json& api, const std::string& name);

core::Json new_stage(State& state, const std::string& name, const std::string& deployment_id);

}  // namespace votemu::apigateway
