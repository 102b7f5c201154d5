// DISCONNECT, section 3.14.
#pragma once

#include <cstdint>
#include <string>

#include "services/iot/mqtt/framer.h"
#include "services/iot/mqtt/properties.h"

namespace votemu::iot::mqtt {

struct Disconnect {
  std::uint8_t reason = 0;  // as the client said
  Properties properties;
};

// Throws ProtocolError.
Disconnect decode_disconnect(const Frame& frame, Version version);

// MQTT 5 only: earlier servers just close.
std::string encode_disconnect(ReasonCode reason);

}  // namespace votemu::iot::mqtt
