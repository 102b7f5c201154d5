// GetObject, HeadObject.
#include <algorithm>
#include <limits>
#include <optional>

#include "core/members.h"
#include "core/text.h"
#include "services/s3/conditions.h"
#include "services/s3/errors.h"
#include "services/s3/get_object.h"
#include "services/s3/limits.h"

namespace votemu::s3 {
namespace {

// A place in an object: one that no number holds is behind every end.
std::optional<std::uint64_t> parse_place(std::string_view digits) {
  if (digits.empty() || !std::ranges::all_of(digits, core::is_digit)) return std::nullopt;
  return core::parse_number(digits).value_or(std::numeric_limits<std::uint64_t>::max());
}

// "bytes=0-9", "bytes=10-", "bytes=-5". What is not one such range is as if it were not there.
std::optional<ByteRange> parse_range(const std::string& text, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  const auto dash = text.find('-');
  if (!text.starts_with(unit) || dash == std::string::npos) return std::nullopt;
  const auto first = parse_place(std::string_view(text).substr(unit.size(), dash - unit.size()));
  const auto last = parse_place(std::string_view(text).substr(dash + 1));
  const bool from_end = dash == unit.size();
  const bool to_end = dash + 1 == text.size();
  if ((!first && !from_end) || (!last && !to_end) || (from_end && to_end)) return std::nullopt;
  if (first && last && *last < *first) return std::nullopt;
  const std::uint64_t begin = from_end ? size - std::min(*last, size) : *first;
  if (begin >= size || (from_end && *last == 0)) {
    throw error("InvalidRange", "The requested range is not satisfiable", 416,
                {{"RangeRequested", text},
                 {"ActualObjectSize", std::to_string(size)},
                 {"headers", {{"Content-Range", "bytes */" + std::to_string(size)}}}});
  }
  const std::uint64_t end = from_end || to_end ? size : std::min(*last, size - 1) + 1;
  return ByteRange{begin, end - begin};
}

// Each part of a multipart upload is one blob, but for a last one without bytes, which is none;
// anything else is one part.
ByteRange range_of_part(const ObjectVersion& version, std::int64_t part) {
  const std::size_t parts = std::max<std::size_t>(version.part_count, 1);
  if (part < 1 || static_cast<std::size_t>(part) > parts) {
    throw error("InvalidPartNumber", "The requested partnumber is not satisfiable", 416);
  }
  if (version.part_count == 0) return {0, version.size};
  const auto before = static_cast<std::size_t>(part - 1);
  if (before >= version.blobs.size()) return {version.size, 0};
  ByteRange range;
  for (std::size_t i = 0; i < before; ++i) range.first += version.blobs[i].size;
  range.size = version.blobs[before].size;
  return range;
}

constexpr std::pair<const char*, const char*> overrides[] = {
    {"ResponseCacheControl", "CacheControl"},
    {"ResponseContentDisposition", "ContentDisposition"},
    {"ResponseContentEncoding", "ContentEncoding"},
    {"ResponseContentLanguage", "ContentLanguage"},
    {"ResponseContentType", "ContentType"},
    {"ResponseExpires", "Expires"},
};

// Checksums are told only when they are asked for, and only of the whole.
Json told_attributes(const ObjectVersion& version, const Json& request, bool partial) {
  Json told = version.attributes;
  if (partial || core::string_member(request, "ChecksumMode").value_or("") != "ENABLED") {
    for (const auto& algorithm : checksum_algorithms()) told.erase(std::string(algorithm.member));
    told.erase("ChecksumType");
  }
  for (const auto& [parameter, member] : overrides) {
    if (const auto value = core::string_member(request, parameter)) told[member] = *value;
  }
  return told;
}

Json get_object(Shelf& shelf, const RequestContext& context, const Json& request) {
  auto reading = read_object(shelf, context, request);
  if (reading.range.size > limits::max_whole_body_bytes) {
    throw entity_too_large(reading.range.size, limits::max_whole_body_bytes);
  }
  reading.answer["Body"] = shelf.objects.blobs().read(reading.blobs, reading.range);
  return std::move(reading.answer);
}

Json head_object(Shelf& shelf, const RequestContext& context, const Json& request) {
  return read_object(shelf, context, request).answer;
}

}  // namespace

Reading read_object(const Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto [bucket, key, version] = require_object(shelf, context, request);
  check_read_conditions(request, version);
  std::optional<ByteRange> range;
  const auto part = core::integer_member(request, "PartNumber");
  if (part) {
    range = range_of_part(version, *part);
  } else if (const auto text = core::string_member(request, "Range")) {
    range = parse_range(*text, version.size);
  }
  const ByteRange read = range.value_or(ByteRange{0, version.size});
  Json answer = told_attributes(version, request, read.size != version.size);
  answer["AcceptRanges"] = "bytes";
  answer["ContentLength"] = read.size;
  answer["ETag"] = quoted_etag(version.etag);
  answer["LastModified"] = version.last_modified();
  if (!version.tags.empty()) answer["TagCount"] = version.tags.size();
  if (part && version.part_count > 0) answer["PartsCount"] = version.part_count;
  if (range && range->size > 0) {
    answer["ContentRange"] = "bytes " + std::to_string(read.first) + "-" +
                             std::to_string(read.first + read.size - 1) + "/" +
                             std::to_string(version.size);
  }
  tell_version(answer, bucket, version);
  return {std::move(answer), version.blobs, read};
}

void add_get_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "GetObject", get_object);
  add(table, shelf, "HeadObject", head_object);
}

}  // namespace votemu::s3
