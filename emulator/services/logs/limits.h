// Every bound of the log service. AWS's own are at
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/cloudwatch_limits_cwl.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::logs::limits {

// AWS's.
inline constexpr std::size_t max_name_length = 512;
inline constexpr std::size_t max_message_bytes = std::size_t{256} << 10;  // longer ones are cut
inline constexpr std::size_t max_put_events = 10'000;
inline constexpr std::size_t max_put_bytes = std::size_t{1} << 20;
inline constexpr std::size_t event_overhead_bytes = 26;  // what AWS counts beside the message
inline constexpr std::int64_t max_put_span_ms = 24LL * 3'600'000;
inline constexpr std::int64_t max_event_age_ms = 14LL * 24 * 3'600'000;
inline constexpr std::int64_t max_event_lead_ms = 2LL * 3'600'000;
inline constexpr std::int64_t max_page_events = 10'000;
inline constexpr std::size_t max_page_bytes = std::size_t{1} << 20;
inline constexpr std::int64_t max_described = 50;
inline constexpr std::size_t max_filter_pattern_length = 1'024;
inline constexpr std::size_t max_filter_streams = 100;
inline constexpr std::size_t max_tags = 50;

// votemu's: what is kept in the store. The oldest events go first, a row of them at a time.
inline constexpr std::size_t max_group_events = 50'000;
inline constexpr std::size_t max_group_bytes = std::size_t{16} << 20;
inline constexpr std::size_t max_total_events = 200'000;
inline constexpr std::size_t max_total_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_row_bytes = std::size_t{64} << 10;  // by one event at most more
inline constexpr std::size_t max_groups = 2'000;                     // over all scopes
inline constexpr std::size_t max_streams_per_group = 2'000;
inline constexpr std::size_t max_filter_terms = 64;
inline constexpr int max_filter_depth = 16;

}  // namespace votemu::logs::limits
