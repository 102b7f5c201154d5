#include "services/dynamodb/streams.h"

#include <algorithm>

#include "core/aws_error.h"
#include "core/calendar.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb {
namespace {

// AWS's shards begin anywhere; so do these, far from where a counter would begin.
constexpr std::uint64_t least_first_sequence = 1'000'000'000;
constexpr std::uint64_t first_sequence_spread = 9'000'000'000;

std::uint64_t row_sequence(const core::Key& prefix, std::string_view key) {
  // KeyReader leaves out a key's first byte, the table's; here the byte before the number.
  return core::KeyReader(key.substr(prefix.bytes().size() - 1)).number();
}

ChunkReader chunk_at(const core::Key& prefix, const core::Store::Cursor& row) {
  return ChunkReader(row_sequence(prefix, row.key()), row.value());
}

// "2025-05-22T07:39:29.874"
std::string label_of(std::int64_t now_ms) {
  auto label = core::iso8601_ms(now_ms);
  label.pop_back();
  return label;
}

std::string shard_id_of(std::int64_t now_ms, core::Random& random) {
  const auto time = std::to_string(now_ms);
  return "shardId-" + std::string(20 - std::min<std::size_t>(time.size(), 20), '0') + time + "-" +
         random.hex(8);
}

}  // namespace

core::AwsError stream_not_found(const std::string& arn) {
  return core::AwsError("ResourceNotFoundException",
                        "Requested resource not found: Stream: " + arn + " not found");
}

Streams::Streams(core::Runtime& runtime, std::uint64_t max_records)
    : runtime_(runtime), max_records_(max_records) {
  reread();
  if (!streams_.empty()) arm(limits::trim_interval_ms);
}

void Streams::reread() {
  streams_.clear();
  for (auto row = runtime_.store.scan(core::Key(core::Table::dynamodb_stream)); row.valid();
       row.next()) {
    auto stream = stream_from_json(core::parse_own_json(row.value()));
    auto arn = stream.arn;
    streams_.emplace(std::move(arn), std::move(stream));
  }
  for (auto& [arn, stream] : streams_) {
    const auto last = runtime_.store.scan_back(stream.record_prefix);
    if (last.valid()) stream.next_sequence = chunk_at(stream.record_prefix, last).next_sequence();
  }
}

void Streams::save(const Stream& stream) {
  runtime_.store.put(stream.row_key(), core::dump_json(stream_to_json(stream)));
}

Stream& Streams::open(const Table& table, StreamView view) {
  const auto created_ms = runtime_.clock.now_ms();
  auto label_ms = created_ms;
  Stream stream(table.scope, table.definition.name, label_of(label_ms));
  while (find(stream.arn) != nullptr) {
    stream = Stream(table.scope, table.definition.name, label_of(++label_ms));
  }
  stream.view = view;
  stream.keys = table.definition.keys;
  stream.created_ms = created_ms;
  stream.shard_id = shard_id_of(created_ms, runtime_.random);
  stream.first_sequence = least_first_sequence + runtime_.random.below(first_sequence_spread);
  stream.oldest_sequence = stream.first_sequence;
  stream.next_sequence = stream.first_sequence;
  save(stream);
  auto arn = stream.arn;
  return streams_.emplace(std::move(arn), std::move(stream)).first->second;
}

void Streams::close(Stream& stream) {
  stream.closed_ms = runtime_.clock.now_ms();
  save(stream);
  if (!trim_timer_.pending()) arm(limits::stream_retention_ms);
}

void Streams::append(Stream& stream, const Change& change) {
  const auto now_ms = runtime_.clock.now_ms();
  auto& chunk = chunk_to_extend(stream, now_ms);
  const auto sequence = stream.next_sequence++;
  const auto size_before = chunk.row().size();
  chunk.append([&](std::string& json) {
    append_record_json(json, stream, change, sequence, runtime_.random.hex(32), now_ms);
  });
  runtime_.store.put(stream.tail_key, chunk.row());
  stream.tail_bytes += chunk.row().size() - size_before;
  for (; stream.tail_bytes > limits::max_tail_bytes; stream.tail.pop_front()) {
    stream.tail_bytes -= stream.tail.front().row().size();
  }
  const auto kept = stream.next_sequence - stream.oldest_sequence;
  if (kept >= max_records_ + limits::max_trimmed_at_once) trim(stream, true);
  if (!trim_timer_.pending()) arm(limits::stream_retention_ms);
  if (listener_) listener_(stream.arn);
}

bool Streams::tail_is_current(const Stream& stream) const {
  return !stream.tail.empty() && stream.tail_rollbacks == runtime_.store.rollback_count();
}

// The row that this turn wrote last, or a new one. Numbers have a gap where something was rolled
// back; within a row they have none.
StreamChunk& Streams::chunk_to_extend(Stream& stream, std::int64_t now_ms) {
  const bool current = tail_is_current(stream);
  const auto turn = runtime_.store.commit_count();
  if (current && stream.tail_turn == turn &&
      stream.tail.back().row().size() <= limits::max_extended_chunk_bytes) {
    return stream.tail.back();
  }
  if (!current) drop_tail(stream);
  stream.tail_turn = turn;
  stream.tail_key = stream.record_key(stream.next_sequence).bytes();
  auto& chunk = stream.tail.emplace_back(stream.next_sequence, now_ms);
  stream.tail_bytes += chunk.row().size();
  return chunk;
}

void Streams::drop_tail(Stream& stream) const {
  stream.tail.clear();
  stream.tail_bytes = 0;
  stream.tail_rollbacks = runtime_.store.rollback_count();
}

Stream* Streams::find(const std::string& arn) {
  const auto found = streams_.find(arn);
  return found == streams_.end() ? nullptr : &found->second;
}

const Stream* Streams::find(const std::string& arn) const {
  const auto found = streams_.find(arn);
  return found == streams_.end() ? nullptr : &found->second;
}

const Stream& Streams::require(const std::string& arn) const {
  if (const auto* stream = find(arn)) return *stream;
  throw stream_not_found(arn);
}

template <class Take>
void Streams::read_tail(const Stream& stream, std::uint64_t sequence, Take take) {
  auto chunk = stream.tail.end();
  while ((--chunk)->first_sequence() > sequence) {
  }
  for (; chunk != stream.tail.end(); ++chunk) {
    sequence = std::max(sequence, chunk->first_sequence());
    for (; sequence < chunk->next_sequence(); ++sequence) {
      if (!take(sequence, chunk->record(sequence))) return;
    }
  }
}

std::vector<StreamRecord> Streams::read(const Stream& stream, std::uint64_t sequence,
                                        std::size_t limit, std::size_t max_bytes) const {
  std::vector<StreamRecord> records;
  std::size_t bytes = 0;
  const auto from = std::max(sequence, stream.oldest_sequence);
  if (from >= stream.next_sequence || limit == 0) return records;
  const auto take = [&](std::uint64_t one, std::string_view json) {
    bytes += json.size();
    if (bytes > max_bytes && !records.empty()) return false;
    records.push_back({sequence_text(one), std::string(json)});
    return records.size() < limit;
  };
  if (tail_is_current(stream) && stream.tail.front().first_sequence() <= from) {
    read_tail(stream, from, take);
    return records;
  }
  const auto& prefix = stream.record_prefix;
  auto row = runtime_.store.scan_from(prefix, first_row(stream, from));
  while (row.valid() && chunk_at(prefix, row).visit(from, take)) row.next();
  return records;
}

// The key of the row that has this record, or of a later one when there is no such record.
std::string Streams::first_row(const Stream& stream, std::uint64_t sequence) const {
  // What was trimmed ends with a row. It is not looked for: it may be a lot.
  if (sequence > stream.oldest_sequence) {
    const auto row = runtime_.store.scan_back(stream.record_prefix, stream.record_key(sequence));
    if (row.valid()) return std::string(row.key());
  }
  return stream.record_key(sequence).bytes();
}

void Streams::listen(std::function<void(const std::string&)> listener) {
  listener_ = std::move(listener);
}

bool Streams::trim(Stream& stream, bool for_room) {
  const auto expired_ms = runtime_.clock.now_ms() - limits::stream_retention_ms;
  const auto& prefix = stream.record_prefix;
  std::vector<std::string> expired;
  auto oldest = stream.oldest_sequence;
  bool more = false;
  {
    auto row = runtime_.store.scan_from(prefix, stream.record_key(oldest));
    while (row.valid()) {
      std::string key(row.key());
      const bool is_old = chunk_at(prefix, row).created_ms() <= expired_ms;
      row.next();
      // Where the next row begins tells where this one ends, without counting its records.
      const auto end = row.valid() ? row_sequence(prefix, row.key()) : stream.next_sequence;
      if (for_room ? stream.next_sequence - end < max_records_ : !is_old) break;
      more = expired.size() == limits::max_trimmed_at_once;
      if (more) break;
      expired.push_back(std::move(key));
      oldest = end;
    }
  }
  if (expired.empty()) return false;
  for (const auto& key : expired) runtime_.store.erase(key);
  drop_tail(stream);
  stream.oldest_sequence = oldest;
  save(stream);
  return more;
}

// When something of the stream is due to end: its oldest record, or once closed the stream itself.
std::optional<std::int64_t> Streams::end_ms(const Stream& stream) const {
  const auto& prefix = stream.record_prefix;
  const auto row = runtime_.store.scan_from(prefix, stream.record_key(stream.oldest_sequence));
  if (row.valid()) return chunk_at(prefix, row).created_ms() + limits::stream_retention_ms;
  if (stream.closed_ms) return *stream.closed_ms + limits::stream_retention_ms;
  return std::nullopt;
}

void Streams::trim_all() {
  const auto now_ms = runtime_.clock.now_ms();
  bool more = false;
  std::optional<std::int64_t> next_ms;
  for (auto entry = streams_.begin(); entry != streams_.end();) {
    auto& stream = entry->second;
    const bool left = trim(stream, false);
    more = more || left;
    const auto due_ms = end_ms(stream);
    if (due_ms && *due_ms <= now_ms && !left) {
      runtime_.store.erase(stream.row_key());
      entry = streams_.erase(entry);
      continue;
    }
    if (due_ms) next_ms = std::min(next_ms.value_or(*due_ms), *due_ms);
    ++entry;
  }
  if (more) {
    arm(0);
  } else if (next_ms) {
    arm(std::max(*next_ms - now_ms, limits::trim_interval_ms));
  }
}

void Streams::arm(std::int64_t delay_ms) {
  trim_timer_ = runtime_.timers.after(delay_ms, [this] { trim_all(); });
}

}  // namespace votemu::dynamodb
