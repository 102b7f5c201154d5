// Hashes of bytes, and how they are written.
#pragma once

#include <string>
#include <string_view>

namespace votemu::core {

// Raw bytes: 16, 20 and 32 of them.
std::string md5(std::string_view bytes);
std::string sha1(std::string_view bytes);
std::string sha256(std::string_view bytes);

// Two lower-case digits a byte.
std::string hex(std::string_view bytes);

}  // namespace votemu::core
