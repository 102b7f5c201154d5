// Every bound of the protocols. A request's size is bounded before, in core/limits.h.
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::wire::limits {

// What one form may hold; more is answered with MalformedQueryString. A batch of ten SQS messages
// with ten attributes each needs about 320 parameters, a stack with all its parameters about 600.
inline constexpr std::size_t max_query_parameters = 10'000;
// Components of one parameter's name, as in "Entry.1.MessageAttribute.2.Value.StringValue".
inline constexpr std::size_t max_query_depth = 16;

// A list of 10,000 parts with checksums takes about 3 MiB and 60,000 elements.
inline constexpr std::size_t max_xml_bytes = std::size_t{4} << 20;
inline constexpr std::size_t max_xml_elements = 100'000;
inline constexpr std::size_t max_xml_depth = 32;

// How far a signature's time may be from ours, in either direction.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
inline constexpr std::int64_t max_clock_skew_ms = std::int64_t{5} * 60'000;
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: RequestTimeTooSkewed
inline constexpr std::int64_t max_clock_skew_of_s3_ms = std::int64_t{15} * 60'000;
// Of a presigned URL: a week.
inline constexpr std::int64_t max_expires_s = 604'800;

}  // namespace votemu::wire::limits
