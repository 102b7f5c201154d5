// PUBACK, PUBREC, PUBREL and PUBCOMP, sections 3.4 to 3.7: one shape.
#pragma once

#include <cstdint>
#include <string>

#include "services/iot/mqtt/framer.h"
#include "services/iot/mqtt/properties.h"

namespace votemu::iot::mqtt {

struct Acknowledgement {
  std::uint16_t packet_id = 0;
  std::uint8_t reason = 0;  // as the peer said; codes that votemu never sends are fine
  Properties properties;
};

// Throws ProtocolError.
Acknowledgement decode_acknowledgement(const Frame& frame, Version version);

std::string encode_puback(std::uint16_t packet_id, ReasonCode reason, Version version);

}  // namespace votemu::iot::mqtt
