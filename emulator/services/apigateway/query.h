// The parameters of a call's query.
#pragma once

#include <string_view>

#include "services/apigateway/http.h"

namespace votemu::apigateway {

// Decoded, in order, repeats as they are.
Pairs decode_query(std::string_view query);

}  // namespace votemu::apigateway
