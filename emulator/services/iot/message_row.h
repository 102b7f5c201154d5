// A message as the store keeps it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/iot/mqtt/message.h"

namespace votemu::iot {

struct MessageRow {
  mqtt::Message message;
  std::int64_t stored_ms;  // since the Unix epoch
};

std::string encode_message_row(const mqtt::Message& message, std::int64_t stored_ms);
// Throws mqtt::ProtocolError when the row is none.
MessageRow decode_message_row(std::string_view row);

}  // namespace votemu::iot
