// Every bound of the Lambda service. AWS's own are at
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::lambda::limits {

// AWS's.
inline constexpr std::size_t max_name_length = 64;
inline constexpr std::size_t max_handler_length = 128;
inline constexpr std::size_t max_description_length = 256;
inline constexpr std::int64_t max_timeout_s = 900;
inline constexpr std::int64_t default_timeout_s = 3;
inline constexpr std::int64_t min_memory_mb = 128;
inline constexpr std::int64_t max_memory_mb = 10'240;
inline constexpr std::size_t max_environment_bytes = 4'096;
// Of an archive in the request itself (the listener's max_body_bytes may refuse it before), and of
// one in S3, where AWS bounds what it unpacks to.
inline constexpr std::size_t max_code_bytes = 52'428'800;
inline constexpr std::size_t max_fetched_code_bytes = 262'144'000;
inline constexpr std::int64_t max_total_code_bytes = 80'530'636'800;
inline constexpr std::size_t max_policy_bytes = 20'480;
inline constexpr std::size_t max_tags = 50;
inline constexpr std::size_t max_payload_bytes = 6'291'456;
inline constexpr std::size_t max_async_payload_bytes = 1'048'576;
inline constexpr std::size_t max_result_bytes = 6'291'556;
inline constexpr std::size_t log_tail_bytes = 4'096;
inline constexpr std::int64_t listed_functions = 50;
inline constexpr std::int64_t listed_mappings = 100;
inline constexpr std::int64_t account_concurrency = 1'000;
inline constexpr std::int64_t least_unreserved_concurrency = 100;
inline constexpr int async_retries = 2;
inline constexpr std::int64_t min_event_age_s = 60;
inline constexpr std::int64_t max_event_age_s = 21'600;
inline constexpr std::int64_t async_retry_delay_ms = 60'000;  // times the number of the attempt
inline constexpr std::int64_t throttled_retry_delay_ms = 1'000;  // twice as long each time
inline constexpr std::int64_t longest_async_delay_ms = 300'000;
inline constexpr std::int64_t max_batch_size = 10'000;
inline constexpr std::int64_t max_batch_size_without_window = 10;
inline constexpr std::int64_t max_batching_window_s = 300;
inline constexpr std::size_t max_filters = 10;

// votemu's.
inline constexpr std::size_t code_piece_bytes = std::size_t{1} << 20;  // a row of an archive
inline constexpr std::size_t max_functions = 10'000;                   // over all scopes
inline constexpr std::size_t max_event_source_mappings = 10'000;
inline constexpr std::size_t max_async_invocations =
    10'000;  // waiting for their turn or their retry
inline constexpr std::size_t max_async_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_kept_log_bytes = std::size_t{16}
                                                  << 10;  // of one invocation, for its tail
// What most invocations log, and a little more: such a log grows only once.
inline constexpr std::size_t usual_log_bytes = 640;
inline constexpr std::size_t usual_log_lines = 6;
// Handlers share one heap: what one of them uses is not known, and this is what REPORT lines say.
inline constexpr int reported_memory_mb = 32;

}  // namespace votemu::lambda::limits
