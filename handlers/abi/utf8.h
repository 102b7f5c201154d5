// Well-formed UTF-8: Unicode 15, table 3-7.
#pragma once

#include <cstddef>
#include <string_view>

namespace votemu::abi {

// The length in bytes of the well-formed sequence that begins `text`, which is not empty; 0 when
// there is none.
std::size_t utf8_sequence(std::string_view text);

// Whether all of the text is well-formed.
bool is_utf8(std::string_view text);

}  // namespace votemu::abi
