// Sending one message, shared by the single and the batch operation and by callers in this process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/sqs/queues.h"

namespace votemu::sqs {

// A message that a client wants to send; its texts are the caller's.
struct Outgoing {
  std::string_view body;
  std::string_view group_id;
  std::string_view sender_id;
  std::optional<std::int64_t> delay_s;
  core::Json attributes;         // checked; null when there are none
  core::Json system_attributes;  // checked; null when there are none
  std::size_t attribute_bytes = 0;
};

// Throws AwsError unless the queue takes the message.
void check_outgoing(const Queue& queue, const Outgoing& message);

struct Sent {
  std::string message_id;
  std::string md5_of_body;
  std::string md5_of_attributes;         // "" when there are none
  std::string md5_of_system_attributes;  // "" when there are none
};

// After check_outgoing().
Sent send(core::Runtime& runtime, Queue& queue, const Outgoing& message);

}  // namespace votemu::sqs
