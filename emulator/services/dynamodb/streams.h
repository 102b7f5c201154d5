// Every stream, its records in the store, and their end.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/aws_error.h"
#include "core/runtime.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/service.h"
#include "services/dynamodb/stream.h"
#include "services/dynamodb/stream_record.h"

namespace votemu::dynamodb {

// ResourceNotFoundException.
core::AwsError stream_not_found(const std::string& arn);

class Streams {
 public:
  // `max_records` bounds each stream beside the time that its records are kept.
  explicit Streams(core::Runtime& runtime, std::uint64_t max_records = limits::max_stream_records);

  // After rows were taken back. No stream that was found before is there any more.
  void reread();

  // A new, open stream of the table; its label tells the time and is like no other of the table.
  Stream& open(const Table& table, StreamView view);
  // No more records will come; those there stay for their time.
  void close(Stream& stream);

  // Stages one record and tells the listener.
  void append(Stream& stream, const Change& change);

  Stream* find(const std::string& arn);
  const Stream* find(const std::string& arn) const;
  // Throws ResourceNotFoundException.
  const Stream& require(const std::string& arn) const;

  // By ARN.
  const std::map<std::string, Stream>& all() const { return streams_; }

  // Kept records from `sequence` on, oldest first.
  std::vector<StreamRecord> read(const Stream& stream, std::uint64_t sequence, std::size_t limit,
                                 std::size_t max_bytes) const;

  void listen(std::function<void(const std::string& stream_arn)> listener);

 private:
  bool tail_is_current(const Stream& stream) const;
  StreamChunk& chunk_to_extend(Stream& stream, std::int64_t now_ms);
  void drop_tail(Stream& stream) const;
  template <class Take>
  static void read_tail(const Stream& stream, std::uint64_t sequence, Take take);
  std::string first_row(const Stream& stream, std::uint64_t sequence) const;
  void save(const Stream& stream);
  // Erases the oldest rows, as many as one go may: those that are expired, or whose records are too
  // many. True when some are left that should go.
  bool trim(Stream& stream, bool for_room);
  void trim_all();
  std::optional<std::int64_t> end_ms(const Stream& stream) const;
  void arm(std::int64_t delay_ms);

  core::Runtime& runtime_;
  std::uint64_t max_records_;
  std::map<std::string, Stream> streams_;
  std::function<void(const std::string&)> listener_;
  core::Timer trim_timer_;
};

}  // namespace votemu::dynamodb
