#include "services/iot/mqtt/publish.h"

namespace votemu::iot::mqtt {
namespace {

constexpr std::uint8_t retain_flag = 0x01;
constexpr std::uint8_t duplicate_flag = 0x08;

}  // namespace

Publish decode_publish(const Frame& frame, Version version) {
  Publish publish;
  Message& message = publish.message;
  message.retain = (frame.flags & retain_flag) != 0;
  message.qos = static_cast<std::uint8_t>(frame.flags >> 1 & 3);
  publish.duplicate = (frame.flags & duplicate_flag) != 0;
  if (message.qos == 3) throw malformed("QoS 3");
  if (publish.duplicate && message.qos == 0) throw malformed("DUP with QoS 0");

  Reader body(frame.body);
  message.topic = body.text();
  if (message.qos > 0) {
    publish.packet_id = body.two_bytes();
    if (publish.packet_id == 0) {
      throw ProtocolError(ReasonCode::protocol_error, "packet identifier 0");
    }
  }
  if (version == Version::v5) message.properties = decode_properties(body, PropertyPlace::publish);
  message.payload = body.take_rest();
  return publish;
}

std::string encode_publish(const Publish& publish, Version version) {
  const Message& message = publish.message;
  Writer body;
  body.binary(message.topic);
  if (message.qos > 0) body.two_bytes(publish.packet_id);
  if (version == Version::v5) encode_properties(body, message.properties);
  body.raw(message.payload);
  const int flags = (message.retain ? retain_flag : 0) | message.qos << 1 |
                    (publish.duplicate ? duplicate_flag : 0);
  return packet(PacketType::publish, static_cast<std::uint8_t>(flags), body.bytes());
}

}  // namespace votemu::iot::mqtt
