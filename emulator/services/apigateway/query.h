// The parameters of a call's query.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace votemu::apigateway {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Decoded, in order, repeats as they are.
Pairs decode_query(std::string_view query);

}  // namespace votemu::apigateway
