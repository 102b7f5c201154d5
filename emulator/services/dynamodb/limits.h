// Every bound of the service.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::dynamodb::limits {

// Items and keys.
inline constexpr std::size_t max_item_bytes = std::size_t{400} << 10;
inline constexpr std::size_t max_hash_key_bytes = 2048;
inline constexpr std::size_t max_range_key_bytes = 1024;

// Tables.
inline constexpr std::size_t min_table_name_length = 3;
inline constexpr std::size_t max_table_name_length = 255;
inline constexpr std::size_t max_attribute_name_length = 255;  // of a key attribute
inline constexpr std::size_t max_local_indexes = 5;
inline constexpr std::size_t max_non_key_attributes = 20;  // of one index's projection
inline constexpr std::size_t max_tables_per_scope = 2'500;
inline constexpr std::size_t max_tags = 50;
inline constexpr std::size_t max_tag_key_length = 128;
inline constexpr std::size_t max_tag_value_length = 256;
inline constexpr std::int64_t max_capacity_units = 1'000'000'000'000;
inline constexpr std::size_t max_list_tables = 100;

// Expressions.
inline constexpr std::size_t max_expression_bytes = 4096;
inline constexpr std::size_t max_operators = 300;
inline constexpr std::size_t max_in_operands = 100;
inline constexpr std::size_t max_path_elements = 32;
// Parsed expressions kept for reuse, per kind; all are dropped when one more comes.
inline constexpr std::size_t max_cached_expressions = 256;

// Pages and batches.
inline constexpr std::size_t max_page_bytes = 1 << 20;
// What one parallel scan request may read of other segments' items before it answers what it has.
inline constexpr std::size_t max_foreign_segment_bytes = std::size_t{16} << 20;
inline constexpr std::int64_t max_scan_segments = 1'000'000;
inline constexpr std::size_t max_batch_get_keys = 100;
inline constexpr std::size_t max_batch_get_bytes = std::size_t{16} << 20;
inline constexpr std::size_t max_batch_write_requests = 25;

// Larger requests to update an item are read as a tree.
inline constexpr std::size_t max_plain_request_bytes = std::size_t{64} << 10;

// Streams.
inline constexpr std::int64_t stream_retention_ms = 24LL * 3600 * 1000;
// AWS bounds a stream by time alone; here the oldest records give way beyond this number.
inline constexpr std::uint64_t max_stream_records = 100'000;
// Rows erased at a time, so that trimming never makes a turn long.
inline constexpr std::uint64_t max_trimmed_at_once = 1'000;
// Expired records are looked for no more often than this.
inline constexpr std::int64_t trim_interval_ms = 60'000;
// A row that is larger takes no further record: each is written with those before it.
inline constexpr std::size_t max_extended_chunk_bytes = std::size_t{4} << 10;
// Of a stream's newest records that are in memory too; those before them are in the store alone.
inline constexpr std::size_t max_tail_bytes = std::size_t{64} << 10;
inline constexpr std::int64_t shard_iterator_lifetime_ms = 900'000;
inline constexpr std::size_t max_get_records = 1'000;
inline constexpr std::size_t max_get_records_bytes = 1 << 20;
inline constexpr std::size_t max_list_streams = 100;

}  // namespace votemu::dynamodb::limits
