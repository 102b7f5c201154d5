// JSON text as a tree that can be changed and kept.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace votemu::abi {

// What nlohmann::json::parse gives, in less time; discarded when the text is not JSON. Neither a
// byte order mark nor a NUL is any of it, nor is an exponent of more than 19 digits.
nlohmann::json parse_json_tree(std::string_view text);

}  // namespace votemu::abi
