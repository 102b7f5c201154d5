#include "services/iot/mqtt/disconnect.h"

namespace votemu::iot::mqtt {

Disconnect decode_disconnect(const Frame& frame, Version version) {
  Reader body(frame.body);
  Disconnect disconnect;
  if (version == Version::v5 && !body.empty()) {
    disconnect.reason = body.byte();
    if (!body.empty()) {
      disconnect.properties = decode_properties(body, PropertyPlace::disconnect);
    }
  }
  body.expect_end();
  return disconnect;
}

std::string encode_disconnect(ReasonCode reason) {
  Writer body;
  body.byte(static_cast<std::uint8_t>(reason));
  return packet(PacketType::disconnect, 0, body.bytes());
}

}  // namespace votemu::iot::mqtt
