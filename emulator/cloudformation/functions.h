// The intrinsic functions that only look at their evaluated arguments.
#pragma once

#include <string>

#include "cloudformation/environment.h"

namespace votemu::cloudformation {

// `name` begins with "Fn::". Throws Problem.
core::Json call_function(const std::string& name, const core::Json& argument,
                         const Environment& environment);

}  // namespace votemu::cloudformation
