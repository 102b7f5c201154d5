#include "services/iot/mqtt/unsubscribe.h"

namespace votemu::iot::mqtt {

Unsubscribe decode_unsubscribe(const Frame& frame, Version version) {
  Reader body(frame.body);
  Unsubscribe unsubscribe;
  unsubscribe.packet_id = body.two_bytes();
  if (unsubscribe.packet_id == 0) {
    throw ProtocolError(ReasonCode::protocol_error, "packet identifier 0");
  }
  if (version == Version::v5) {
    unsubscribe.properties = decode_properties(body, PropertyPlace::unsubscribe);
  }
  while (!body.empty()) unsubscribe.filters.emplace_back(body.text());
  if (unsubscribe.filters.empty()) {
    throw ProtocolError(ReasonCode::protocol_error, "UNSUBSCRIBE without a filter");
  }
  return unsubscribe;
}

std::string encode_unsuback(std::uint16_t packet_id, const std::vector<ReasonCode>& reasons,
                            Version version) {
  Writer body;
  body.two_bytes(packet_id);
  if (version == Version::v5) {
    encode_properties(body, {});
    for (const ReasonCode reason : reasons) body.byte(static_cast<std::uint8_t>(reason));
  }
  return packet(PacketType::unsuback, 0, body.bytes());
}

}  // namespace votemu::iot::mqtt
