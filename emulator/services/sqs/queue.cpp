#include "services/sqs/queue.h"

#include <algorithm>
#include <utility>

#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/md5.h"

namespace votemu::sqs {

Queue::Queue(core::Runtime& runtime, QueueDefinition definition,
             std::function<void(const std::string&)> messages_visible)
    : runtime_(runtime),
      definition_(std::move(definition)),
      settings_(QueueSettings::from(definition_.attributes)),
      arn_(definition_.id.arn()),
      messages_visible_(std::move(messages_visible)),
      next_sequence_(definition_.first_sequence) {}

void Queue::redefine(QueueDefinition definition) {
  definition_ = std::move(definition);
  settings_ = QueueSettings::from(definition_.attributes);
  write_definition();
  arm();
}

void Queue::write_definition() const {
  runtime_.store.put(definition_.key(), definition_.row());
}

void Queue::restore(std::uint64_t sequence, const MessageState& state, std::int64_t sent_ms) {
  const bool hidden = state.visible_at_ms > runtime_.clock.now_ms();
  const Standing standing = !hidden                    ? Standing::visible
                            : state.receive_count == 0 ? Standing::delayed
                                                       : Standing::in_flight;
  index_.add(standing, {state.visible_at_ms, sequence, sent_ms});
  next_sequence_ = sequence + 1;
}

void Queue::restored() {
  arm();
}

void Queue::add(const Message& message) {
  const Place place{message.state.visible_at_ms, next_sequence_, message.sent_ms};
  const bool delayed = place.visible_at_ms > runtime_.clock.now_ms();
  runtime_.store.put_new(key(place.sequence), encode_message(message));
  ++next_sequence_;
  index_.add(delayed ? Standing::delayed : Standing::visible, place);
  arm();
  if (!delayed) tell_visible();
}

std::vector<ReceivedMessage> Queue::receive(std::size_t max_messages,
                                            std::int64_t visibility_timeout_s,
                                            Queue* dead_letter_queue) {
  const std::size_t in_flight = index_.count(Standing::in_flight);
  if (in_flight >= limits::max_in_flight) {
    throw over_limit("The maximum number of in flight messages is reached.");
  }
  max_messages = std::min(max_messages, limits::max_in_flight - in_flight);
  std::vector<ReceivedMessage> messages;
  std::vector<Place> hidden;
  std::size_t passed_over = 0;
  while (messages.size() < max_messages && passed_over < limits::max_passed_over_per_receive) {
    const auto place = index_.first_visible();
    if (!place) break;
    if (is_expired(*place)) {
      drop(*place);
      ++passed_over;
      continue;
    }
    std::string row = runtime_.store.get(key(place->sequence)).value();
    Message message = decode_message(row);
    if (dead_letter_queue && message.state.receive_count >= settings_.redrive->max_receive_count) {
      redrive(*place, std::move(message), *dead_letter_queue);
      ++passed_over;
      continue;
    }
    hidden.push_back(hide(*place, row, message, visibility_timeout_s));
    messages.push_back(hand_out(place->sequence, std::move(message)));
  }
  // Not before the end: one call must not receive a message twice.
  if (visibility_timeout_s == 0) {
    for (const auto& place : hidden) index_.move(place, Standing::visible, place.visible_at_ms);
  }
  arm();
  const std::size_t left = index_.count(Standing::visible);
  const bool stopped_early = passed_over == limits::max_passed_over_per_receive;
  if (messages.empty() && stopped_early && left > 0) messages_visible_(arn_);
  wait_line_->call(left);
  return messages;
}

void Queue::redrive(const Place& place, Message message, Queue& dead_letter_queue) {
  drop(place);
  message.dead_letter_source_arn = arn_;
  message.state.visible_at_ms = runtime_.clock.now_ms();
  dead_letter_queue.add(message);
}

Place Queue::hide(const Place& place, std::string& row, Message& message,
                  std::int64_t visibility_timeout_s) {
  const std::int64_t now = runtime_.clock.now_ms();
  MessageState& state = message.state;
  state.visible_at_ms = now + visibility_timeout_s * 1'000;
  state.received_at_ms = now;
  if (state.receive_count == 0) state.first_received_at_ms = now;
  ++state.receive_count;
  replace_state(row, state);
  runtime_.store.put(key(place.sequence), row);
  index_.move(place, Standing::in_flight, state.visible_at_ms);
  return {state.visible_at_ms, place.sequence, place.sent_ms};
}

ReceivedMessage Queue::hand_out(std::uint64_t sequence, Message message) const {
  const MessageState& state = message.state;
  ReceivedMessage received;
  received.receipt_handle =
      ReceiptHandle{definition_.number, sequence, state.receive_count, message.id}.text();
  received.message_id = std::move(message.id);
  received.body = std::move(message.body);
  received.md5_of_body = std::move(message.body_md5);
  auto& attributes = received.attributes;
  attributes["SenderId"] = std::move(message.sender_id);
  attributes["SentTimestamp"] = std::to_string(message.sent_ms);
  attributes["ApproximateReceiveCount"] = std::to_string(state.receive_count);
  attributes["ApproximateFirstReceiveTimestamp"] = std::to_string(state.first_received_at_ms);
  const auto add_optional = [&attributes](const char* name, std::string& value) {
    if (!value.empty()) attributes[name] = std::move(value);
  };
  add_optional("AWSTraceHeader", message.trace_header);
  add_optional("MessageGroupId", message.group_id);
  add_optional("DeadLetterQueueSourceArn", message.dead_letter_source_arn);
  if (!message.attributes.empty()) {
    received.message_attributes = core::parse_json(message.attributes);
    received.md5_of_message_attributes = md5_of_attributes(received.message_attributes);
  }
  return received;
}

std::optional<Queue::Stored> Queue::find(const std::string& receipt_handle) const {
  auto handle = ReceiptHandle::parse(receipt_handle);
  if (!handle) throw invalid_receipt_handle(receipt_handle);
  if (handle->queue_number != definition_.number) throw foreign_receipt_handle(receipt_handle);
  if (handle->sequence < definition_.first_sequence) return std::nullopt;
  auto row = runtime_.store.get(key(handle->sequence));
  if (!row || decode_message_id(*row) != handle->message_id) return std::nullopt;
  const Place place{decode_state(*row).visible_at_ms, handle->sequence, decode_sent_ms(*row)};
  return Stored{std::move(*handle), std::move(*row), place};
}

void Queue::remove(const std::string& receipt_handle) {
  const auto stored = find(receipt_handle);
  if (!stored) return;
  drop(stored->place);
  arm();
}

void Queue::change_visibility(const std::string& receipt_handle, std::int64_t timeout_s) {
  auto stored = find(receipt_handle);
  if (!stored) {
    throw invalid_value(
        receipt_handle, "ReceiptHandle",
        "Message does not exist or is not available for visibility timeout change.");
  }
  const std::int64_t now = runtime_.clock.now_ms();
  MessageState state = decode_state(stored->row);
  state.visible_at_ms = now + timeout_s * 1'000;
  if (state.visible_at_ms - state.received_at_ms > limits::max_visibility_timeout_s * 1'000) {
    throw invalid_value(std::to_string(timeout_s), "VisibilityTimeout",
                        "Total VisibilityTimeout for the message is beyond the limit [43200 "
                        "seconds]");
  }
  replace_state(stored->row, state);
  runtime_.store.put(key(stored->place.sequence), stored->row);
  index_.move(stored->place, timeout_s > 0 ? Standing::in_flight : Standing::visible,
              state.visible_at_ms);
  arm();
  if (timeout_s == 0) tell_visible();
}

void Queue::purge() {
  definition_.purged_ms = runtime_.clock.now_ms();
  definition_.first_sequence = next_sequence_;
  write_definition();
  index_.clear();
  arm();
}

MessageCounts Queue::counts() const {
  return {.visible = index_.count(Standing::visible),
          .in_flight = index_.count(Standing::in_flight),
          .delayed = index_.count(Standing::delayed)};
}

bool Queue::is_expired(const Place& place) const {
  return place.sent_ms + settings_.retention_ms <= runtime_.clock.now_ms();
}

void Queue::drop(const Place& place) {
  runtime_.store.erase(key(place.sequence));
  index_.remove(place);
}

void Queue::tell_visible() {
  messages_visible_(arn_);
  wait_line_->call(index_.count(Standing::visible));
}

void Queue::run_due() {
  const std::size_t expired = expire_due(limits::max_due_per_turn);
  const std::size_t revealed = reveal_due(limits::max_due_per_turn - expired);
  arm();
  if (revealed > 0) tell_visible();
}

std::size_t Queue::reveal_due(std::size_t most) {
  const std::int64_t now = runtime_.clock.now_ms();
  std::size_t revealed = 0;
  for (; revealed < most; ++revealed) {
    const auto place = index_.next_to_appear();
    if (!place || place->visible_at_ms > now) break;
    index_.move(*place, Standing::visible, place->visible_at_ms);
  }
  return revealed;
}

std::size_t Queue::expire_due(std::size_t most) {
  const std::int64_t sent_before = runtime_.clock.now_ms() - settings_.retention_ms;
  std::size_t seen = 0;
  for (; seen < most; ++seen) {
    const auto oldest = index_.oldest_sent_ms();
    if (!oldest || *oldest > sent_before) break;
    const std::uint64_t sequence = index_.pop_oldest();
    const auto row = runtime_.store.get(key(sequence));
    if (row) drop({decode_state(*row).visible_at_ms, sequence, *oldest});
  }
  return seen;
}

std::optional<std::int64_t> Queue::next_due_ms() const {
  const auto next = index_.next_to_appear();
  const auto oldest = index_.oldest_sent_ms();
  if (!next && !oldest) return std::nullopt;
  std::int64_t due = next ? next->visible_at_ms : *oldest + settings_.retention_ms;
  if (oldest) due = std::min(due, *oldest + settings_.retention_ms);
  return due;
}

// A timer that is armed for an earlier moment stays: arming it anew with every receive and delete
// would cost more than its one empty run.
void Queue::arm() {
  const auto due = next_due_ms();
  if (!due) return timer_.cancel();
  if (timer_.pending() && armed_for_ms_ <= *due) return;
  armed_for_ms_ = *due;
  timer_ = runtime_.timers.after(*due - runtime_.clock.now_ms(), [this] { run_due(); });
}

}  // namespace votemu::sqs
