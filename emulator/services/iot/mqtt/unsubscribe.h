// UNSUBSCRIBE and UNSUBACK, sections 3.10 and 3.11.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/iot/mqtt/framer.h"
#include "services/iot/mqtt/properties.h"

namespace votemu::iot::mqtt {

struct Unsubscribe {
  std::uint16_t packet_id = 0;
  Properties properties;
  std::vector<std::string> filters;  // at least one
};

// Throws ProtocolError.
Unsubscribe decode_unsubscribe(const Frame& frame, Version version);

// One reason for each filter, in their order; versions before 5 do not carry them.
std::string encode_unsuback(std::uint16_t packet_id, const std::vector<ReasonCode>& reasons,
                            Version version);

}  // namespace votemu::iot::mqtt
