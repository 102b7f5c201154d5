// HMAC-SHA256 (RFC 2104), and comparing what it gives.
#pragma once

#include <string>
#include <string_view>

namespace votemu::core {

// 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

// Takes the same time wherever the two differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace votemu::core
