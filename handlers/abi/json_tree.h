// JSON text as a tree that can be changed and kept.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace votemu::abi {

// What nlohmann::json::parse gives, in less time; discarded when the text is not JSON.
nlohmann::json parse_json_tree(std::string_view text);

}  // namespace votemu::abi
