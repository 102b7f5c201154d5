#include "services/iot/mqtt/subscribe.h"

namespace votemu::iot::mqtt {
namespace {

SubscriptionOptions decode_options(std::uint8_t bits, Version version) {
  const bool v5 = version == Version::v5;
  const unsigned reserved = v5 ? 0xC0 : 0xFC;
  const auto qos = static_cast<std::uint8_t>(bits & 3);
  if ((bits & reserved) != 0 || qos == 3) throw malformed("a subscription's options");
  SubscriptionOptions options;
  options.qos = qos;
  if (!v5) return options;
  const unsigned retain_handling = bits >> 4 & 3U;
  if (retain_handling == 3) {
    throw ProtocolError(ReasonCode::protocol_error, "an unknown retain handling");
  }
  options.no_local = (bits & 4) != 0;
  options.retain_as_published = (bits & 8) != 0;
  options.retain_handling = static_cast<RetainHandling>(retain_handling);
  return options;
}

}  // namespace

Subscribe decode_subscribe(const Frame& frame, Version version) {
  Reader body(frame.body);
  Subscribe subscribe;
  subscribe.packet_id = body.two_bytes();
  if (subscribe.packet_id == 0) {
    throw ProtocolError(ReasonCode::protocol_error, "packet identifier 0");
  }
  if (version == Version::v5)
    subscribe.properties = decode_properties(body, PropertyPlace::subscribe);
  while (!body.empty()) {
    std::string filter(body.text());
    subscribe.subscriptions.push_back({std::move(filter), decode_options(body.byte(), version)});
  }
  if (subscribe.subscriptions.empty()) {
    throw ProtocolError(ReasonCode::protocol_error, "SUBSCRIBE without a filter");
  }
  return subscribe;
}

std::string encode_suback(std::uint16_t packet_id, const std::vector<ReasonCode>& reasons,
                          Version version) {
  Writer body;
  body.two_bytes(packet_id);
  if (version == Version::v5) encode_properties(body, {});
  for (const ReasonCode reason : reasons) body.byte(static_cast<std::uint8_t>(reason));
  return packet(PacketType::suback, 0, body.bytes());
}

}  // namespace votemu::iot::mqtt
