// What CreateIdentityPool and UpdateIdentityPool say of a pool.
#pragma once

#include "core/constraints.h"
#include "core/json.h"

namespace votemu::cognito {

// AWS's IdentityPool but for the id. Throws AwsError, also for what `check` has found already.
core::Json identity_pool_settings(const core::Constraints& check, const core::Json& request);

}  // namespace votemu::cognito
