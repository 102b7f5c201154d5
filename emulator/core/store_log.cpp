#include "core/store_log.h"

#include <bit>
#include <boost/crc.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

namespace votemu::core {
namespace {

constexpr std::size_t block_bytes = 32768;
constexpr std::size_t header_bytes = 7;         // checksum, length, type
constexpr std::size_t empty_commit_bytes = 12;  // sequence number, count of changes

// How a commit lies in records: whole in one, or in a first, some middle ones and a last.
enum RecordType : unsigned char { none = 0, full = 1, first = 2, middle = 3, last = 4 };

struct Record {
  RecordType type;
  std::size_t bytes;  // with its header
};

static_assert(std::endian::native == std::endian::little, "as the log's numbers are");

template <class Number>
Number number_at(std::string_view bytes, std::size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

std::uint32_t masked_crc32c(std::string_view bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return std::rotr(crc.checksum(), 15) + 0xa282ead8U;
}

std::size_t rest_of_block(std::size_t at) {
  return block_bytes - at % block_bytes;
}

// The sound record at an offset.
std::optional<Record> record_at(std::string_view log, std::size_t at) {
  if (rest_of_block(at) < header_bytes || log.size() - at < header_bytes) return std::nullopt;
  const auto type = static_cast<unsigned char>(log[at + 6]);
  if (type < full || type > last) return std::nullopt;
  const std::size_t bytes = header_bytes + number_at<std::uint16_t>(log, at + 4);
  if (bytes > rest_of_block(at) || bytes > log.size() - at) return std::nullopt;
  const auto covered = log.substr(at + 6, bytes - 6);
  if (masked_crc32c(covered) != number_at<std::uint32_t>(log, at)) return std::nullopt;
  return Record{static_cast<RecordType>(type), bytes};
}

bool begins_commit(RecordType type) {
  return type == full || type == first;
}

struct Sound {
  std::size_t commits_end = 0;  // where the commit begins that is not whole
  std::size_t records_end = 0;  // where the record is that is not sound
};

Sound sound_part(std::string_view log) {
  Sound sound;
  bool within_commit = false;
  for (std::size_t at = 0; at < log.size();) {
    if (rest_of_block(at) < header_bytes) {  // filled up with zeros
      at += rest_of_block(at);
      continue;
    }
    const auto record = record_at(log, at);
    if (!record || begins_commit(record->type) == within_commit) break;
    at += record->bytes;
    sound.records_end = at;
    within_commit = record->type == first || record->type == middle;
    if (!within_commit) sound.commits_end = at;
  }
  return sound;
}

// RocksDB reads the log up to here and no further, and says nothing.
bool cut_off(std::string_view log, std::size_t at) {
  if (rest_of_block(at) < header_bytes) at += rest_of_block(at);
  if (log.size() <= at || log.size() - at < header_bytes) return true;
  const auto type = static_cast<unsigned char>(log[at + 6]);
  const std::size_t bytes = header_bytes + number_at<std::uint16_t>(log, at + 4);
  return type >= full && type <= last && bytes <= rest_of_block(at) && bytes > log.size() - at;
}

}  // namespace

LogEnd end_of_log(std::string_view log) {
  const auto sound = sound_part(log);
  if (cut_off(log, sound.records_end)) return LogEnd::whole;
  for (auto at = sound.commits_end + 1; at < log.size(); ++at) {
    const auto record = record_at(log, at);
    if (record && begins_commit(record->type)) return LogEnd::damaged;
  }
  return LogEnd::torn;
}

bool has_commits(std::string_view log) {
  return log.size() > header_bytes + empty_commit_bytes;
}

}  // namespace votemu::core
