// The members of a function's configuration, as CreateFunction and UpdateFunctionConfiguration give
// them. All throw AwsError.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::lambda {

// Validates what the request has of Handler, Runtime, Role, Timeout, MemorySize, Description,
// Environment and the members that are only kept, and writes it into the configuration.
void apply_configuration(const core::Json& request, core::Json& configuration);

// Architectures, when the request has it.
void apply_architectures(const core::Json& request, core::Json& configuration);

}  // namespace votemu::lambda
