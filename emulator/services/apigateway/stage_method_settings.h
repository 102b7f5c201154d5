// The methodSettings of a stage. They are kept and answered; nothing here throttles or caches.
#pragma once

#include "core/json.h"
#include "services/apigateway/patching.h"

namespace votemu::apigateway {

// Applies a patch whose path is "/{resourcePath}/{httpMethod}/{setting}". Throws
// BadRequestException when it is not.
void apply_method_setting(const Patch& patch, core::Json& method_settings);

}  // namespace votemu::apigateway
