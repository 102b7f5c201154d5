// What the service itself says of a message, under the names that receivers ask for.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/sqs/message.h"

namespace votemu::sqs {

// Calls `visit` with the name and the value of each that the message has, in the order of their
// names. A value is a text or a number (std::int64_t).
template <class Visit>
void each_system_attribute(const Message& message, Visit visit) {
  const MessageState& state = message.state;
  const auto optional = [&visit](std::string_view name, std::string_view value) {
    if (!value.empty()) visit(name, value);
  };
  optional("AWSTraceHeader", message.trace_header);
  visit("ApproximateFirstReceiveTimestamp", state.first_received_at_ms);
  visit("ApproximateReceiveCount", std::int64_t{state.receive_count});
  optional("DeadLetterQueueSourceArn", message.dead_letter_source_arn);
  optional("MessageGroupId", message.group_id);
  visit("SenderId", message.sender_id);
  visit("SentTimestamp", message.sent_ms);
}

// The value as answers have it.
inline std::string attribute_text(std::string_view value) {
  return std::string(value);
}
inline std::string attribute_text(std::int64_t value) {
  std::array<char, 20> digits{};
  return {digits.data(), std::to_chars(digits.begin(), digits.end(), value).ptr};
}

}  // namespace votemu::sqs
