// Every bound of the object store. AWS's own are at
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::s3::limits {

// AWS's.
inline constexpr std::size_t min_bucket_name_length = 3;
inline constexpr std::size_t max_bucket_name_length = 63;
inline constexpr std::size_t max_key_bytes = 1'024;
inline constexpr std::size_t max_metadata_bytes = 2'048;
inline constexpr std::size_t max_object_tags = 10;
inline constexpr std::size_t max_bucket_tags = 50;
inline constexpr std::size_t max_tag_key_length = 128;
inline constexpr std::size_t max_tag_value_length = 256;
inline constexpr std::size_t max_policy_bytes = std::size_t{20} * 1'024;
inline constexpr std::int64_t max_part_number = 10'000;
inline constexpr std::uint64_t min_part_bytes = std::uint64_t{5} << 20;  // the last may be smaller
inline constexpr std::size_t max_deleted_at_once = 1'000;
inline constexpr std::int64_t max_page = 1'000;
inline constexpr std::int64_t max_listed_buckets = 10'000;

// votemu's. AWS allows 5 TiB an object. One PutObject or UploadPart is bounded by
// core::limits::max_body_bytes.
inline constexpr std::uint64_t max_object_bytes = std::uint64_t{1} << 30;
// A row of the store; also the piece in which an object is read.
inline constexpr std::size_t chunk_bytes = std::size_t{256} << 10;
// What GetObject gives to callers within the process as a whole: the largest code of a function.
inline constexpr std::uint64_t max_whole_body_bytes = 262'144'000;
// What UploadPartCopy copies, byte by byte.
inline constexpr std::uint64_t max_copied_range_bytes = std::uint64_t{64} << 20;
inline constexpr std::size_t max_buckets = 1'000;
inline constexpr std::size_t max_setting_bytes = std::size_t{256} << 10;  // one of a bucket's
// Multipart uploads that are not complete. Older ones than this are aborted when another begins.
inline constexpr std::size_t max_uploads_per_bucket = 1'000;
inline constexpr std::int64_t upload_lifetime_ms = std::int64_t{7} * 24 * 3'600'000;
inline constexpr std::size_t max_uploads_expired_at_once = 20;
// Rows that one page of a list looks at: noncurrent versions and delete markers may be many. The
// page is then shorter and says that it is truncated.
inline constexpr std::size_t max_rows_per_page = 10'000;

}  // namespace votemu::s3::limits
