#include "services/dynamodb/stream_chunk.h"

#include <algorithm>
#include <stdexcept>

namespace votemu::dynamodb {
namespace {

constexpr char version = 1;
constexpr char first_version = 0;  // no version byte: the time's first byte, which is always zero
constexpr std::size_t time_bytes = 8;

void append_time(std::string& row, std::int64_t time_ms) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    row.push_back(static_cast<char>(time_ms >> shift & 0xFF));
  }
}

std::int64_t time_of(std::string_view bytes) {
  std::uint64_t time = 0;
  for (const char byte : bytes) time = time << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(time);
}

}  // namespace

StreamChunk::StreamChunk(std::uint64_t first_sequence, std::int64_t now_ms)
    : first_sequence_(first_sequence), row_(1, version) {
  append_time(row_, now_ms);
}

std::string_view StreamChunk::record(std::uint64_t sequence) const {
  const auto index = static_cast<std::size_t>(sequence - first_sequence_);
  const auto begin = index == 0 ? 1 + time_bytes : ends_[index - 1];
  return std::string_view(row_).substr(begin, ends_[index] - 1 - begin);
}

ChunkReader::ChunkReader(std::uint64_t first_sequence, std::string_view row)
    : first_sequence_(first_sequence), records_(row) {
  if (row.starts_with(version)) records_.remove_prefix(1);
  if (records_.size() <= time_bytes || (row.front() != version && row.front() != first_version)) {
    throw std::runtime_error("a stream's row of the store is of an unknown version");
  }
  created_ms_ = time_of(records_.substr(0, time_bytes));
  records_.remove_prefix(time_bytes);
}

std::uint64_t ChunkReader::next_sequence() const {
  const auto newlines =
      static_cast<std::uint64_t>(std::count(records_.begin(), records_.end(), '\n'));
  return first_sequence_ + std::max<std::uint64_t>(newlines, 1);
}

std::string_view ChunkReader::take_record(std::string_view& rest) {
  const auto record = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(record.size() + 1, rest.size()));
  return record;
}

}  // namespace votemu::dynamodb
