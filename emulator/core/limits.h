// Bounds that belong to no single service. Each service keeps its own in its `limits.h`.
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::core::limits {

// API Gateway's payload limit; larger ones get its 413.
inline constexpr std::size_t max_api_payload_bytes = 10'485'760;
// What the listener reads: room above every service's own limit, so that the service can say no.
inline constexpr std::size_t max_body_bytes = std::size_t{16} << 20;
inline constexpr std::size_t max_header_bytes = std::size_t{64} << 10;

inline constexpr std::int64_t idle_connection_timeout_ms = 120'000;
// From a request's first byte to its last.
inline constexpr std::int64_t slow_request_timeout_ms = 60'000;

// How many ready events one turn takes before it commits, and after how long it takes no further
// one: what they answer waits for the commit.
inline constexpr std::size_t max_ready_per_turn = 256;
inline constexpr std::int64_t max_turn_ms = 20;

}  // namespace votemu::core::limits
