// A request's Tags.
#pragma once

#include "core/json.h"

namespace votemu::lambda {

// {} when there are none. Throws AwsError when it is no map of strings or has too many.
core::Json tags_member(const core::Json& request);

}  // namespace votemu::lambda
