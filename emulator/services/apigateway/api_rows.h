// The rows of APIs: how one begins, and what clients see of it.
#pragma once

#include <string>

#include "core/json.h"
#include "services/apigateway/operations.h"

namespace votemu::apigateway {

// A new API with its root resource; "name" is not set yet.
core::Json new_api(State& state);

// AWS's RestApi.
core::Json described_api(const core::Json& row);

// A resource under `parent` ("" for the root), not yet in the row.
core::Json new_resource(State& state, const core::Json& parent, const std::string& path_part);

std::int64_t seconds_now(State& state);

}  // namespace votemu::apigateway
