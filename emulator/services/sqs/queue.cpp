#include "services/sqs/queue.h"

#include <algorithm>
#include <utility>

#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/receipt_handle.h"

namespace votemu::sqs {
Queue::Queue(core::Runtime& runtime, QueueDefinition definition,
             std::function<void(const std::string&)> messages_visible)
    : runtime_(runtime),
      definition_(std::move(definition)),
      settings_(QueueSettings::from(definition_.attributes)),
      arn_(definition_.id.arn()),
      messages_visible_(std::move(messages_visible)),
      states_(runtime.store, definition_.number),
      next_sequence_(definition_.first_sequence),
      first_waiting_(next_sequence_) {}

void Queue::redefine(QueueDefinition definition) {
  definition_ = std::move(definition);
  settings_ = QueueSettings::from(definition_.attributes);
  write_definition();
  arm();
}

void Queue::write_definition() const {
  runtime_.store.put(definition_.key(), definition_.row());
}

void Queue::add(const Message& message) {
  const MessageState& state = message.state;
  const bool delayed = state.visible_at_ms > runtime_.clock.now_ms();
  const std::string row = encode_message(message);
  runtime_.store.put_new(key(next_sequence_), row);
  if (waits_for_first_receive(state, message.sent_ms)) {
    if (waiting_ == 0) {
      first_waiting_ = next_sequence_;
      waiting_since_ms_ = message.sent_ms;
    }
    ++waiting_;
  } else {
    states_.add({{next_sequence_, state_row_of(row)}});
    index_.add(next_sequence_, {.visible_at_ms = state.visible_at_ms,
                                .sent_ms = message.sent_ms,
                                .id_hash = id_hash(message.id),
                                .standing = delayed ? Standing::delayed : Standing::visible});
  }
  ++next_sequence_;
  arm();
  if (!delayed) tell_visible();
}

std::optional<Queue::Visible> Queue::first_visible() {
  std::string* row = waiting_row();
  const auto returned = index_.first_visible();
  if (row && (!returned || Place{decode_sent_ms(*row), first_waiting_} < *returned)) {
    const MessageState state = decode_state(*row);
    return Visible{first_waiting_, std::move(*row), state};
  }
  if (!returned) return std::nullopt;
  const std::uint64_t sequence = returned->sequence;
  return Visible{sequence, runtime_.store.get(key(sequence)).value(),
                 decode_state(states_.get(sequence))};
}

std::optional<std::int64_t> Queue::oldest_visible_since_ms() {
  const std::string* row = waiting_row();
  const auto returned = index_.first_visible();
  if (!row && !returned) return std::nullopt;
  if (!row) return returned->time_ms;
  const std::int64_t sent_ms = decode_sent_ms(*row);
  return returned ? std::min(sent_ms, returned->time_ms) : sent_ms;
}

void Queue::receive(std::size_t max_messages, std::int64_t visibility_timeout_s,
                    Queue* dead_letter_queue, const Receiver& receiver) {
  const std::size_t in_flight = index_.count(Standing::in_flight);
  if (in_flight >= limits::max_in_flight) {
    throw over_limit("The maximum number of in flight messages is reached.");
  }
  max_messages = std::min(max_messages, limits::max_in_flight - in_flight);
  std::vector<std::uint64_t> hidden;
  MessageStates::Rows first_states;
  std::size_t passed_over = 0;
  while (hidden.size() < max_messages && passed_over < limits::max_passed_over_per_receive) {
    const auto visible = first_visible();
    if (!visible) break;
    Message message = decode_message(visible->row);
    message.state = visible->state;
    if (is_expired(message)) {
      drop(visible->sequence);
      ++passed_over;
    } else if (dead_letter_queue &&
               message.state.receive_count >= settings_.redrive->max_receive_count) {
      redrive(visible->sequence, message, *dead_letter_queue);
      ++passed_over;
    } else {
      hide(*visible, message.state, visibility_timeout_s, first_states);
      hidden.push_back(visible->sequence);
      const ReceiptHandle handle{definition_.number, visible->sequence, message.state.receive_count,
                                 std::string(message.id)};
      receiver(message, handle.text());
    }
  }
  states_.add(first_states);
  // Not before the end: one call must not receive a message twice.
  if (visibility_timeout_s == 0) {
    const std::int64_t now = runtime_.clock.now_ms();
    for (const auto sequence : hidden) index_.move(sequence, Standing::visible, now);
  }
  arm();
  const std::size_t left = visible_count();
  const bool stopped_early = passed_over == limits::max_passed_over_per_receive;
  if (hidden.empty() && stopped_early && left > 0) messages_visible_(arn_);
  wait_line_->call(left);
}

void Queue::redrive(std::uint64_t sequence, Message message, Queue& dead_letter_queue) {
  drop(sequence);
  message.dead_letter_source_arn = arn_;
  message.state.visible_at_ms = runtime_.clock.now_ms();
  dead_letter_queue.add(message);
}

void Queue::hide(const Visible& visible, MessageState& state, std::int64_t visibility_timeout_s,
                 MessageStates::Rows& first) {
  const std::int64_t now = runtime_.clock.now_ms();
  state.visible_at_ms = now + visibility_timeout_s * 1'000;
  state.received_at_ms = now;
  if (state.receive_count == 0) state.first_received_at_ms = now;
  ++state.receive_count;
  std::string row = state_row_of(visible.row);
  replace_state(row, state);
  if (index_.find(visible.sequence)) {
    states_.replace(visible.sequence, row);
    index_.move(visible.sequence, Standing::in_flight, state.visible_at_ms);
    return;
  }
  pass_waiting();
  waiting_since_ms_ = decode_sent_ms(row);
  index_.add(visible.sequence, {.visible_at_ms = state.visible_at_ms,
                                .sent_ms = waiting_since_ms_,
                                .id_hash = id_hash(decode_message_id(row)),
                                .standing = Standing::in_flight});
  first.emplace_back(visible.sequence, std::move(row));
}

std::optional<std::uint64_t> Queue::find(const std::string& receipt_handle) const {
  const auto handle = ReceiptHandle::parse(receipt_handle);
  if (!handle) throw invalid_receipt_handle(receipt_handle);
  if (handle->queue_number != definition_.number) throw foreign_receipt_handle(receipt_handle);
  const auto* entry = index_.find(handle->sequence);
  if (!entry || entry->id_hash != id_hash(handle->message_id)) return std::nullopt;
  return handle->sequence;
}

void Queue::remove(const std::string& receipt_handle) {
  const auto sequence = find(receipt_handle);
  if (!sequence) return;
  drop(*sequence);
  arm();
}

void Queue::change_visibility(const std::string& receipt_handle, std::int64_t timeout_s) {
  const auto sequence = find(receipt_handle);
  if (!sequence) {
    throw invalid_value(
        receipt_handle, "ReceiptHandle",
        "Message does not exist or is not available for visibility timeout change.");
  }
  const std::int64_t now = runtime_.clock.now_ms();
  std::string row = states_.get(*sequence);
  MessageState state = decode_state(row);
  state.visible_at_ms = now + timeout_s * 1'000;
  if (state.visible_at_ms - state.received_at_ms > limits::max_visibility_timeout_s * 1'000) {
    throw invalid_value(std::to_string(timeout_s), "VisibilityTimeout",
                        "Total VisibilityTimeout for the message is beyond the limit [43200 "
                        "seconds]");
  }
  replace_state(row, state);
  states_.replace(*sequence, row);
  index_.move(*sequence, timeout_s > 0 ? Standing::in_flight : Standing::visible,
              state.visible_at_ms);
  arm();
  if (timeout_s == 0) tell_visible();
}

void Queue::purge() {
  definition_.purged_ms = runtime_.clock.now_ms();
  definition_.first_sequence = next_sequence_;
  write_definition();
  index_.clear();
  states_.clear();
  waiting_ = 0;
  ahead_.clear();
  arm();
}

MessageCounts Queue::counts() const {
  return {.visible = visible_count(),
          .in_flight = index_.count(Standing::in_flight),
          .delayed = index_.count(Standing::delayed)};
}

bool Queue::is_expired(const Message& message) const {
  return message.sent_ms + settings_.retention_ms <= runtime_.clock.now_ms();
}

// One that is in the index or the first that waits.
void Queue::drop(std::uint64_t sequence) {
  runtime_.store.erase(key(sequence));
  if (index_.find(sequence)) {
    states_.erase(sequence);
    index_.remove(sequence);
  } else {
    pass_waiting();
  }
}

void Queue::tell_visible() {
  messages_visible_(arn_);
  wait_line_->call(visible_count());
}

}  // namespace votemu::sqs
