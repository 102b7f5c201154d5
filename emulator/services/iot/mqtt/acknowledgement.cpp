#include "services/iot/mqtt/acknowledgement.h"

namespace votemu::iot::mqtt {

Acknowledgement decode_acknowledgement(const Frame& frame, Version version) {
  Reader body(frame.body);
  Acknowledgement acknowledgement;
  acknowledgement.packet_id = body.two_bytes();
  if (acknowledgement.packet_id == 0) {
    throw ProtocolError(ReasonCode::protocol_error, "packet identifier 0");
  }
  // MQTT 5 leaves out a reason of 0 and an empty list of properties.
  if (version == Version::v5 && !body.empty()) {
    acknowledgement.reason = body.byte();
    if (!body.empty()) {
      acknowledgement.properties = decode_properties(body, PropertyPlace::acknowledgement);
    }
  }
  body.expect_end();
  return acknowledgement;
}

std::string encode_puback(std::uint16_t packet_id, ReasonCode reason, Version version) {
  Writer body;
  body.two_bytes(packet_id);
  if (version == Version::v5 && reason != ReasonCode::success) {
    body.byte(static_cast<std::uint8_t>(reason));
  }
  return packet(PacketType::puback, 0, body.bytes());
}

}  // namespace votemu::iot::mqtt
