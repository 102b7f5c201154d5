// What CreateUserPool and UpdateUserPool say of a pool, with AWS's defaults for what they do not.
#pragma once

#include "core/constraints.h"
#include "core/json.h"

namespace votemu::cognito {

// Members of AWS's UserPoolType. Throw AwsError; what breaks the model goes to `check`.

// Of a pool as long as it lives: the attributes and how users are named.
core::Json lasting_settings(const core::Constraints& check, const core::Json& request);
// What may be changed later; what is not said then goes back to its default.
core::Json changeable_settings(const core::Constraints& check, const core::Json& request);

}  // namespace votemu::cognito
