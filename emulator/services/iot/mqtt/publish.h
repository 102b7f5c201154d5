// PUBLISH, section 3.3.
#pragma once

#include <cstdint>
#include <string>

#include "services/iot/mqtt/framer.h"
#include "services/iot/mqtt/message.h"

namespace votemu::iot::mqtt {

struct Publish {
  Message message;
  bool duplicate = false;
  std::uint16_t packet_id = 0;  // 0 for QoS 0
};

// The topic may be empty in MQTT 5, where an alias can stand for it. Throws ProtocolError.
Publish decode_publish(const Frame& frame, Version version);

std::string encode_publish(const Publish& publish, Version version);

}  // namespace votemu::iot::mqtt
