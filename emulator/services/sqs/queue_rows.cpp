// What a queue takes up from the store: at start-up, and the first of its waiting messages.
#include <algorithm>

#include "services/sqs/limits.h"
#include "services/sqs/queue.h"

namespace votemu::sqs {
namespace {

std::uint64_t sequence_of(std::string_view key) {
  core::KeyReader reader(key);
  reader.number();
  return reader.number();
}

}  // namespace

void Queue::restore() {
  if (!definition_.has_state_rows) separate_states();
  restore_index();
  restore_waiting();
  arm();
}

// An older votemu kept the state in the message's row, where it remains as it was then.
void Queue::separate_states() {
  std::vector<std::pair<std::uint64_t, std::string>> state_rows;
  const core::Key prefix = message_prefix(definition_.number);
  for (auto row = runtime_.store.scan_from(prefix, key(definition_.first_sequence)); row.valid();
       row.next()) {
    if (waits_for_first_receive(decode_state(row.value()), decode_sent_ms(row.value()))) continue;
    state_rows.emplace_back(sequence_of(row.key()), state_row_of(row.value()));
  }
  for (const auto& [sequence, row] : state_rows) states_.replace(sequence, row);
  definition_.has_state_rows = true;
  write_definition();
}

void Queue::restore_index() {
  const std::int64_t now = runtime_.clock.now_ms();
  states_.restore(definition_.first_sequence, [&](std::uint64_t sequence, std::string_view row) {
    const MessageState state = decode_state(row);
    const Standing standing = state.visible_at_ms <= now ? Standing::visible
                              : state.receive_count == 0 ? Standing::delayed
                                                         : Standing::in_flight;
    index_.add(sequence, {.visible_at_ms = state.visible_at_ms,
                          .sent_ms = decode_sent_ms(row),
                          .id_hash = id_hash(decode_message_id(row)),
                          .standing = standing});
  });
}

// Numbers are missing where messages were deleted before earlier ones were received, as when the
// clock was set back. What a long queue lacks beyond its first messages is found as they are read.
void Queue::restore_waiting() {
  const core::Key prefix = message_prefix(definition_.number);
  if (const auto last = runtime_.store.scan_back(prefix); last.valid()) {
    next_sequence_ = std::max(next_sequence_, sequence_of(last.key()) + 1);
  }
  first_waiting_ = next_sequence_;
  waiting_ = 0;
  std::uint64_t uncounted = next_sequence_;
  for (auto row = runtime_.store.scan_from(prefix, key(definition_.first_sequence)); row.valid();
       row.next()) {
    const std::uint64_t sequence = sequence_of(row.key());
    if (index_.find(sequence)) continue;
    if (waiting_ == 0) {
      first_waiting_ = sequence;
      waiting_since_ms_ = decode_sent_ms(row.value());
    }
    if (++waiting_ == limits::max_counted_at_start) {
      uncounted = sequence + 1;
      break;
    }
  }
  waiting_ += next_sequence_ - uncounted - index_.count_from(uncounted);
}

std::string* Queue::waiting_row() {
  if (ahead_.empty() && waiting_ > 0) read_ahead();
  if (!ahead_.empty()) return &ahead_.front().second;
  waiting_ = 0;
  return nullptr;
}

// One after the other while the queue is short: they are those of this turn then, as a rule, which
// the database has yet to hear of. Sequence numbers in between may be those of messages that are in
// the index or gone.
void Queue::read_ahead() {
  if (waiting_ <= limits::max_rows_read_ahead) {
    for (; first_waiting_ < next_sequence_; ++first_waiting_) {
      if (index_.find(first_waiting_)) continue;
      auto row = runtime_.store.get(key(first_waiting_));
      if (!row) continue;
      ahead_.emplace_back(first_waiting_, std::move(*row));
      return;
    }
    return;
  }
  std::size_t bytes = 0;
  const core::Key prefix = message_prefix(definition_.number);
  for (auto row = runtime_.store.scan_from(prefix, key(first_waiting_));
       row.valid() && ahead_.size() < limits::max_rows_read_ahead &&
       bytes < limits::max_bytes_read_ahead;
       row.next()) {
    const std::uint64_t sequence = sequence_of(row.key());
    if (index_.find(sequence)) continue;
    ahead_.emplace_back(sequence, row.value());
    bytes += row.value().size();
  }
  if (!ahead_.empty()) first_waiting_ = ahead_.front().first;
}

// After waiting_row().
void Queue::pass_waiting() {
  ahead_.pop_front();
  first_waiting_ = ahead_.empty() ? first_waiting_ + 1 : ahead_.front().first;
  --waiting_;
}

}  // namespace votemu::sqs
