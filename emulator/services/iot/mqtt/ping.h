// PINGREQ and PINGRESP, sections 3.12 and 3.13.
#pragma once

#include <string>

#include "services/iot/mqtt/bytes.h"
#include "services/iot/mqtt/framer.h"

namespace votemu::iot::mqtt {

// Throws ProtocolError.
inline void check_pingreq(const Frame& frame) {
  Reader(frame.body).expect_end();
}

inline std::string encode_pingresp() {
  return packet(PacketType::pingresp, 0, {});
}

}  // namespace votemu::iot::mqtt
