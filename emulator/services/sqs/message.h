// A message as the store keeps it.
//
// Its row never changes once it is written. What receiving changes is kept apart from it, as a row
// that begins as the message's row does: the state row (see message_states.h). A message that was
// sent without delay and waits for its first receive has none.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/keys.h"

namespace votemu::sqs {

// All times are milliseconds since the epoch.
struct MessageState {
  std::int64_t visible_at_ms = 0;  // end of the delay or of the visibility timeout
  std::int64_t received_at_ms = 0;
  std::int64_t first_received_at_ms = 0;
  std::uint32_t receive_count = 0;
  bool operator==(const MessageState&) const = default;
};

// The texts are those of the row, or of whoever sends the message.
struct Message {
  MessageState state;
  std::int64_t sent_ms = 0;
  std::string_view id;
  std::string_view sender_id;
  std::string_view body;
  std::string_view body_md5;
  std::string_view attributes;  // the MessageAttributes map's JSON text, "" when there are none
  std::string_view trace_header;
  std::string_view group_id;
  std::string_view dead_letter_source_arn;
  bool operator==(const Message&) const = default;
};

// A core::Key of two numbers, in place: every change of a message needs one.
class MessageKey {
 public:
  MessageKey(core::Table table, std::uint64_t queue_number, std::uint64_t sequence);
  operator std::string_view() const {  // NOLINT(*-explicit-*): a key is its bytes
    return {bytes_.data(), bytes_.size()};
  }

 private:
  std::array<char, 1 + 8 + 8> bytes_;
};
inline MessageKey message_key(std::uint64_t queue_number, std::uint64_t sequence) {
  return {core::Table::sqs_message, queue_number, sequence};
}
inline MessageKey state_key(std::uint64_t queue_number, std::uint64_t sequence) {
  return {core::Table::sqs_message_state, queue_number, sequence};
}
// The beginning of all keys of a queue's messages and of their states.
core::Key message_prefix(std::uint64_t queue_number);
core::Key state_prefix(std::uint64_t queue_number);

std::string encode_message(const Message& message);
// Throws std::runtime_error when the row is not a message: the store is corrupt.
Message decode_message(std::string_view row);

// The state row of a message's row, with the state that is in it.
std::string state_row_of(std::string_view message_row);

// Of either row. Throw std::runtime_error as decode_message() does.
MessageState decode_state(std::string_view row);
std::int64_t decode_sent_ms(std::string_view row);
std::string_view decode_message_id(std::string_view row);
void replace_state(std::string& row, const MessageState& state);

// Whether a message with this state needs no state row.
inline bool waits_for_first_receive(const MessageState& state, std::int64_t sent_ms) {
  return state.receive_count == 0 && state.visible_at_ms == sent_ms;
}

}  // namespace votemu::sqs
