// What an MQTT client would send, and how tests read what the broker answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/iot/mqtt/connect.h"
#include "services/iot/mqtt/framer.h"
#include "services/iot/mqtt/publish.h"
#include "services/iot/mqtt/subscribe.h"

namespace votemu::iot::mqtt::test {

struct ConnectOptions {
  Version version = Version::v3_1_1;
  std::string client_id = "client";
  bool clean_start = true;
  std::uint16_t keep_alive_s = 60;
  std::optional<Will> will = {};
  Properties properties = {};
};

inline std::string connect_packet(const ConnectOptions& options = {}) {
  const bool v5 = options.version == Version::v5;
  Writer body;
  body.binary(options.version == Version::v3_1 ? "MQIsdp" : "MQTT");
  body.byte(static_cast<std::uint8_t>(options.version));
  int flags = options.clean_start ? 2 : 0;
  if (options.will) {
    flags |= 4 | options.will->message.qos << 3 | (options.will->message.retain ? 0x20 : 0);
  }
  body.byte(static_cast<std::uint8_t>(flags)).two_bytes(options.keep_alive_s);
  if (v5) encode_properties(body, options.properties);
  body.binary(options.client_id);
  if (options.will) {
    Properties properties = options.will->message.properties;
    if (options.will->delay_s != 0) {
      properties.add(PropertyId::will_delay_interval, options.will->delay_s);
    }
    if (v5) encode_properties(body, properties);
    body.binary(options.will->message.topic).binary(options.will->message.payload);
  }
  return packet(PacketType::connect, 0, body.bytes());
}

inline std::string publish_packet(const Message& message, Version version = Version::v3_1_1,
                                  std::uint16_t packet_id = 1) {
  return encode_publish({message, false, packet_id}, version);
}

inline std::string subscribe_packet(const std::vector<Subscription>& subscriptions,
                                    Version version = Version::v3_1_1,
                                    const Properties& properties = {}) {
  Writer body;
  body.two_bytes(7);
  if (version == Version::v5) encode_properties(body, properties);
  for (const auto& [filter, options] : subscriptions) {
    const int bits = options.qos | (options.no_local ? 4 : 0) |
                     (options.retain_as_published ? 8 : 0) |
                     static_cast<int>(options.retain_handling) << 4;
    body.binary(filter).byte(static_cast<std::uint8_t>(bits));
  }
  return packet(PacketType::subscribe, 2, body.bytes());
}

inline Subscription to(std::string filter, std::uint8_t qos = 0) {
  SubscriptionOptions options;
  options.qos = qos;
  return {std::move(filter), options};
}

inline std::string unsubscribe_packet(const std::vector<std::string>& filters,
                                      Version version = Version::v3_1_1) {
  Writer body;
  body.two_bytes(8);
  if (version == Version::v5) encode_properties(body, {});
  for (const std::string& filter : filters) body.binary(filter);
  return packet(PacketType::unsubscribe, 2, body.bytes());
}

inline std::string puback_packet(std::uint16_t packet_id) {
  Writer body;
  body.two_bytes(packet_id);
  return packet(PacketType::puback, 0, body.bytes());
}

inline std::string pingreq_packet() {
  return packet(PacketType::pingreq, 0, {});
}
inline std::string disconnect_packet() {
  return packet(PacketType::disconnect, 0, {});
}

// A frame that owns its bytes.
struct OwnedFrame {
  PacketType type;
  std::uint8_t flags;
  std::string body;
  Frame view() const { return {type, flags, body}; }
};

inline std::vector<OwnedFrame> frames_of(std::string_view stream) {
  std::vector<OwnedFrame> frames;
  Framer framer;
  while (const auto frame = framer.next(stream)) {
    frames.push_back({frame->type, frame->flags, std::string(frame->body)});
  }
  return frames;
}

inline OwnedFrame frame_of(std::string_view packet_bytes) {
  const auto frames = frames_of(packet_bytes);
  return frames.empty() ? OwnedFrame{} : frames.front();
}

}  // namespace votemu::iot::mqtt::test
