// What a trigger may have under way.
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::pipeline::limits {

// Batches of one queue's mapping that are being processed at the same time, as many as AWS begins
// with.
inline constexpr std::size_t max_concurrent_batches = 5;
// Lambda's payload limit, less room for what surrounds the records.
inline constexpr std::size_t max_event_bytes = 6'000'000;
// Pauses between retries of a stream's batch: doubling from the first to the last. A queue's batch
// whose messages are visible again at once waits for the first.
inline constexpr std::int64_t first_retry_delay_ms = 500;
inline constexpr std::int64_t last_retry_delay_ms = 60'000;

}  // namespace votemu::pipeline::limits
