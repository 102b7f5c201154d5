// A stream's records as rows of the store hold them: those that one turn makes one after another
// share a row, which costs far less than a row for each.
//
// A row is a version byte, the moment when its first record was made in eight bytes, and each
// record's JSON text with a newline, which JSON text itself has none of, at its end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace votemu::dynamodb {

// A row that can be extended.
class StreamChunk {
 public:
  StreamChunk(std::uint64_t first_sequence, std::int64_t now_ms);

  // `write` appends the text of the next record to the string that it is given.
  template <class Write>
  void append(Write write) {
    write(row_);
    row_.push_back('\n');
    ends_.push_back(row_.size());
  }

  const std::string& row() const { return row_; }
  std::uint64_t first_sequence() const { return first_sequence_; }
  std::uint64_t next_sequence() const { return first_sequence_ + ends_.size(); }
  // The text of one of the chunk's records.
  std::string_view record(std::uint64_t sequence) const;

 private:
  std::uint64_t first_sequence_;
  std::string row_;
  std::vector<std::size_t> ends_;  // of the records, newlines included
};

// Reads a row, which outlives it. Rows from before there were chunks hold one record each.
class ChunkReader {
 public:
  // Throws std::runtime_error when the row is none that votemu writes: the store is corrupt.
  ChunkReader(std::uint64_t first_sequence, std::string_view row);

  std::int64_t created_ms() const { return created_ms_; }
  // Of the record after the last.
  std::uint64_t next_sequence() const;

  // Calls `visit` with the sequence number and the JSON text of each record from `sequence` on, as
  // long as it returns true. Tells whether it always did.
  template <class Visit>
  bool visit(std::uint64_t sequence, Visit visit) const {
    auto rest = records_;
    for (auto current = first_sequence_; !rest.empty(); ++current) {
      const auto record = take_record(rest);
      if (current >= sequence && !visit(current, record)) return false;
    }
    return true;
  }

 private:
  static std::string_view take_record(std::string_view& rest);

  std::uint64_t first_sequence_;
  std::int64_t created_ms_ = 0;
  std::string_view records_;
};

}  // namespace votemu::dynamodb
