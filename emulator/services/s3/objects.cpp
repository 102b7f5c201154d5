#include "services/s3/objects.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/calendar.h"
#include "services/s3/errors.h"

namespace votemu::s3 {
namespace {

using core::Json;

// A version's id is chance and then its sequence, by which it is found.
constexpr std::size_t random_id_length = 16;
constexpr std::size_t sequence_digits = 16;

std::string new_version_id(core::Random& random, std::uint64_t sequence) {
  std::string digits(sequence_digits, '0');
  for (auto digit = digits.rbegin(); sequence != 0; ++digit, sequence >>= 4) {
    *digit = "0123456789abcdef"[sequence & 15];
  }
  return random.alphanumeric(random_id_length) + digits;
}

std::uint64_t sequence_of(const std::string& version_id) {
  std::uint64_t sequence = 0;
  const char* end = version_id.data() + version_id.size();
  const bool sized = version_id.size() == random_id_length + sequence_digits;
  const auto parsed = sized
                          ? std::from_chars(version_id.data() + random_id_length, end, sequence, 16)
                          : std::from_chars_result{nullptr, std::errc::invalid_argument};
  if (parsed.ec != std::errc() || parsed.ptr != end) {
    throw invalid_argument("Invalid version id specified", "versionId", version_id);
  }
  return sequence;
}

Json to_row(const ObjectVersion& version) {
  Json row = {{"VersionId", version.version_id},
              {"ModifiedMs", version.modified_ms},
              {"NullSequence", version.null_sequence}};
  if (version.delete_marker) {
    row["DeleteMarker"] = true;
    return row;
  }
  row["ETag"] = version.etag;
  row["Size"] = version.size;
  row["Blobs"] = to_json(version.blobs);
  row["Attributes"] = version.attributes;
  if (!version.tags.empty()) row["Tags"] = version.tags;
  if (version.part_count > 0) row["Parts"] = version.part_count;
  return row;
}

ObjectVersion from_row(std::uint64_t sequence, std::string_view text) {
  const auto row = core::parse_own_json(text);
  ObjectVersion version;
  version.sequence = sequence;
  version.version_id = row.at("VersionId").get<std::string>();
  version.modified_ms = row.at("ModifiedMs").get<std::int64_t>();
  version.null_sequence = row.at("NullSequence").get<std::uint64_t>();
  version.delete_marker = row.value("DeleteMarker", false);
  if (version.delete_marker) return version;
  version.etag = row.at("ETag").get<std::string>();
  version.size = row.at("Size").get<std::uint64_t>();
  version.blobs = blobs_from_json(row.at("Blobs"));
  version.attributes = row.at("Attributes");
  if (row.contains("Tags")) version.tags = row.at("Tags");
  version.part_count = row.value("Parts", std::size_t{0});
  return version;
}

core::KeyReader after_bucket(std::string_view row_key) {
  core::KeyReader reader(row_key);
  for (int component = 0; component < 3; ++component) static_cast<void>(reader.text());
  return reader;
}

}  // namespace

std::string ObjectVersion::last_modified() const {
  return core::iso8601_ms(modified_ms - modified_ms % 1'000);
}

// Greater sequences come first.
core::Key object_key(const Bucket& bucket, std::string_view key, std::uint64_t sequence) {
  auto row = key_in(core::Table::s3_object, bucket);
  row.text(key).number(std::numeric_limits<std::uint64_t>::max() - sequence);
  return row;
}

std::string key_of_object_row(std::string_view row_key) {
  return after_bucket(row_key).text();
}

ObjectRow read_object_row(const core::Store::Cursor& row) {
  auto reader = after_bucket(row.key());
  std::string key = reader.text();
  const auto sequence = std::numeric_limits<std::uint64_t>::max() - reader.number();
  return {std::move(key), from_row(sequence, row.value())};
}

std::optional<ObjectVersion> Objects::latest(const Bucket& bucket, const std::string& key) const {
  auto prefix = key_in(core::Table::s3_object, bucket);
  prefix.text(key);
  const auto row = store_.scan(prefix);
  if (!row.valid()) return std::nullopt;
  return read_object_row(row).version;
}

std::optional<ObjectVersion> Objects::at(const Bucket& bucket, const std::string& key,
                                         std::uint64_t sequence) const {
  const auto row = store_.get(object_key(bucket, key, sequence));
  if (!row) return std::nullopt;
  return from_row(sequence, *row);
}

// A version's null_sequence may be out of date only where that null version is gone.
std::optional<ObjectVersion> Objects::find_null(const Bucket& bucket,
                                                const std::string& key) const {
  auto newest = latest(bucket, key);
  if (!newest || newest->version_id == null_version) return newest;
  auto older = at(bucket, key, newest->null_sequence);
  if (!older || older->version_id != null_version) return std::nullopt;
  return older;
}

std::optional<ObjectVersion> Objects::find(const Bucket& bucket, const std::string& key,
                                           const std::optional<std::string>& version_id) const {
  if (!version_id) return latest(bucket, key);
  if (*version_id == null_version) return find_null(bucket, key);
  auto version = at(bucket, key, sequence_of(*version_id));
  if (!version || version->version_id != *version_id) return std::nullopt;
  return version;
}

void Objects::add(const Bucket& bucket, const std::string& key, ObjectVersion& version) {
  const auto newest = latest(bucket, key);
  version.sequence = newest ? newest->sequence + 1 : 1;
  version.modified_ms = clock_.now_ms();
  if (bucket.versioning() == Versioning::enabled) {
    version.version_id = new_version_id(random_, version.sequence);
    if (newest) {
      version.null_sequence =
          newest->version_id == null_version ? newest->sequence : newest->null_sequence;
    }
  } else {
    version.version_id = null_version;
    if (const auto replaced = find_null(bucket, key)) erase(bucket, key, *replaced);
  }
  save(bucket, key, version);
}

void Objects::save(const Bucket& bucket, const std::string& key, const ObjectVersion& version) {
  store_.put(object_key(bucket, key, version.sequence), core::dump_json(to_row(version)));
}

void Objects::erase(const Bucket& bucket, const std::string& key, const ObjectVersion& version) {
  blobs_.release(version.blobs);
  store_.erase(object_key(bucket, key, version.sequence));
}

bool Objects::any(const Bucket& bucket) const {
  return store_.scan(key_in(core::Table::s3_object, bucket)).valid();
}

}  // namespace votemu::s3
