// Every bound of this room.
#pragma once

#include <cstddef>

namespace votemu::authorization::limits {

// Distinct lines about what is denied; what comes after them is not told.
inline constexpr std::size_t max_reported_denials = 1'000;
// One question's part in such a line.
inline constexpr std::size_t max_reported_bytes = 2'048;

// What a function has been allowed and need not be decided again; over it, all is.
inline constexpr std::size_t max_known_allowances = 1'000;

}  // namespace votemu::authorization::limits
