// A message as the store keeps it: one row, whose first bytes are the state that receiving changes.
#pragma once

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

struct Message {
  MessageState state;
  std::int64_t sent_ms = 0;
  std::string id;
  std::string sender_id;
  std::string body;
  std::string body_md5;
  std::string attributes;  // the MessageAttributes map's JSON text, "" when there are none
  std::string trace_header;
  std::string group_id;
  std::string dead_letter_source_arn;
  bool operator==(const Message&) const = default;
};

core::Key message_key(std::uint64_t queue_number, std::uint64_t sequence);
// The beginning of all keys of a queue's messages.
core::Key message_prefix(std::uint64_t queue_number);

std::string encode_message(const Message& message);

// These throw std::runtime_error when the row is not a message: the store is corrupt.
Message decode_message(std::string_view row);
MessageState decode_state(std::string_view row);
std::int64_t decode_sent_ms(std::string_view row);
std::string decode_message_id(std::string_view row);

// Writes the state into an encoded message.
void replace_state(std::string& row, const MessageState& state);

}  // namespace votemu::sqs
