// The attributes that users of a pool have.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
#pragma once

#include "core/constraints.h"
#include "core/json.h"

namespace votemu::cognito {

// The standard attributes, changed and extended by the request's Schema. Throws AwsError; what
// breaks the model goes to `check`.
core::Json schema_attributes(const core::Constraints& check, const core::Json& request);

// These with those that AddCustomAttributes names.
core::Json with_custom_attributes(const core::Constraints& check, const core::Json& request,
                                  core::Json attributes);

}  // namespace votemu::cognito
