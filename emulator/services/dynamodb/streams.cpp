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

// A record's row is the moment it was made, in eight bytes, and its JSON text.
constexpr std::size_t time_bytes = 8;

std::string record_row(std::int64_t now_ms, const std::string& json) {
  std::string row;
  row.reserve(time_bytes + json.size());
  for (int shift = 56; shift >= 0; shift -= 8) {
    row.push_back(static_cast<char>(now_ms >> shift & 0xFF));
  }
  return row += json;
}

std::int64_t row_time(std::string_view row) {
  std::uint64_t time = 0;
  for (const char byte : row.substr(0, time_bytes)) {
    time = time << 8 | static_cast<unsigned char>(byte);
  }
  return static_cast<std::int64_t>(time);
}

std::uint64_t row_sequence(const core::Key& prefix, std::string_view key) {
  // KeyReader leaves out a key's first byte, the table's; here the byte before the number.
  return core::KeyReader(key.substr(prefix.bytes().size() - 1)).number();
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
    auto arn = stream.arn();
    streams_.emplace(std::move(arn), std::move(stream));
  }
  for (auto& [arn, stream] : streams_) {
    const auto prefix = stream.record_prefix();
    const auto last = runtime_.store.scan_back(prefix);
    if (last.valid()) stream.next_sequence = row_sequence(prefix, last.key()) + 1;
  }
}

void Streams::save(const Stream& stream) {
  runtime_.store.put(stream.row_key(), core::dump_json(stream_to_json(stream)));
}

Stream& Streams::open(const Table& table, StreamView view) {
  Stream stream;
  stream.scope = table.scope;
  stream.table_name = table.definition.name;
  stream.view = view;
  stream.keys = table.definition.keys;
  stream.created_ms = runtime_.clock.now_ms();
  stream.shard_id = shard_id_of(stream.created_ms, runtime_.random);
  stream.first_sequence = least_first_sequence + runtime_.random.below(first_sequence_spread);
  stream.oldest_sequence = stream.first_sequence;
  stream.next_sequence = stream.first_sequence;
  auto label_ms = stream.created_ms;
  do {
    stream.label = label_of(label_ms++);
  } while (find(stream.arn()) != nullptr);
  save(stream);
  auto arn = stream.arn();
  return streams_.emplace(std::move(arn), std::move(stream)).first->second;
}

void Streams::close(Stream& stream) {
  stream.closed_ms = runtime_.clock.now_ms();
  save(stream);
  if (!trim_timer_.pending()) arm(limits::stream_retention_ms);
}

void Streams::append(Stream& stream, const Change& change) {
  const auto now_ms = runtime_.clock.now_ms();
  const auto sequence = stream.next_sequence++;
  const auto json = record_json(stream, change, sequence, runtime_.random.hex(32), now_ms);
  runtime_.store.put_new(stream.record_key(sequence), record_row(now_ms, json));
  const auto kept = stream.next_sequence - stream.oldest_sequence;
  if (kept >= max_records_ + limits::max_trimmed_at_once) trim(stream, true);
  if (!trim_timer_.pending()) arm(limits::stream_retention_ms);
  if (listener_) listener_(stream.arn());
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

std::vector<StreamRecord> Streams::read(const Stream& stream, std::uint64_t sequence,
                                        std::size_t limit, std::size_t max_bytes) const {
  std::vector<StreamRecord> records;
  std::size_t bytes = 0;
  const auto from = std::max(sequence, stream.oldest_sequence);
  if (from >= stream.next_sequence) return records;
  const auto prefix = stream.record_prefix();
  auto row = runtime_.store.scan_from(prefix, stream.record_key(from));
  for (; row.valid() && records.size() < limit; row.next()) {
    bytes += row.value().size();
    if (bytes > max_bytes && !records.empty()) break;
    records.push_back({sequence_text(row_sequence(prefix, row.key())),
                       std::string(row.value().substr(time_bytes))});
  }
  return records;
}

void Streams::listen(std::function<void(const std::string&)> listener) {
  listener_ = std::move(listener);
}

bool Streams::trim(Stream& stream, bool for_room) {
  const auto expired_ms = runtime_.clock.now_ms() - limits::stream_retention_ms;
  const auto prefix = stream.record_prefix();
  std::vector<std::string> expired;
  bool more = false;
  {
    auto row = runtime_.store.scan_from(prefix, stream.record_key(stream.oldest_sequence));
    const auto should_go = [&] { return for_room || row_time(row.value()) <= expired_ms; };
    for (; row.valid() && should_go(); row.next()) {
      more = expired.size() == limits::max_trimmed_at_once;
      if (more) break;
      expired.emplace_back(row.key());
    }
  }
  if (expired.empty()) return false;
  for (const auto& key : expired) runtime_.store.erase(key);
  stream.oldest_sequence = row_sequence(prefix, expired.back()) + 1;
  save(stream);
  return more;
}

// When something of the stream is due to end: its oldest record, or once closed the stream itself.
std::optional<std::int64_t> Streams::end_ms(const Stream& stream) const {
  const auto row =
      runtime_.store.scan_from(stream.record_prefix(), stream.record_key(stream.oldest_sequence));
  if (row.valid()) return row_time(row.value()) + limits::stream_retention_ms;
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
