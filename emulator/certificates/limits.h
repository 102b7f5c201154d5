// How long certificates last, and the sizes of what is read.
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::certificates::limits {

inline constexpr std::int64_t day_ms = std::int64_t{24} * 60 * 60 * 1000;
inline constexpr std::int64_t authority_lifetime_ms = 3652 * day_ms;
// Browsers take no more than 398 days.
inline constexpr std::int64_t server_lifetime_ms = 396 * day_ms;
// Certificates begin this much before they are made: clocks differ between machines.
inline constexpr std::int64_t backdating_ms = day_ms;
// A certificate is replaced this much before it expires.
inline constexpr std::int64_t renewal_ms = day_ms;

// RFC 1035.
inline constexpr std::size_t max_label_length = 63;
inline constexpr std::size_t max_host_name_length = 253;

// Of a certificate's or a key's file.
inline constexpr std::size_t max_file_bytes = std::size_t{1} << 20;

}  // namespace votemu::certificates::limits
