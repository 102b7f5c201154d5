// What CreateUserPoolClient and UpdateUserPoolClient say of a client.
#pragma once

#include "core/constraints.h"
#include "core/json.h"

namespace votemu::cognito {

// Members of AWS's UserPoolClientType, with AWS's defaults; without ids, name and secret. Throws
// AwsError, also for what `check` has found already.
core::Json client_settings(const core::Constraints& check, const core::Json& request);

}  // namespace votemu::cognito
