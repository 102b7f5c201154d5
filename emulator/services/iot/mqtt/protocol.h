// The words of MQTT that every packet shares: versions, packet types, reason codes.
// https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html
// https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/mqtt-v3.1.1.html
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace votemu::iot::mqtt {

// The protocol level of CONNECT.
enum class Version : std::uint8_t { v3_1 = 3, v3_1_1 = 4, v5 = 5 };

enum class PacketType : std::uint8_t {
  connect = 1,
  connack = 2,
  publish = 3,
  puback = 4,
  pubrec = 5,
  pubrel = 6,
  pubcomp = 7,
  subscribe = 8,
  suback = 9,
  unsubscribe = 10,
  unsuback = 11,
  pingreq = 12,
  pingresp = 13,
  disconnect = 14,
  auth = 15,
};

// Section 2.4 of MQTT 5. Older versions only close.
enum class ReasonCode : std::uint8_t {
  success = 0x00,
  granted_qos_1 = 0x01,
  disconnect_with_will = 0x04,
  no_subscription_existed = 0x11,
  unspecified_error = 0x80,
  malformed_packet = 0x81,
  protocol_error = 0x82,
  unsupported_protocol_version = 0x84,
  client_identifier_not_valid = 0x85,
  not_authorized = 0x87,
  bad_authentication_method = 0x8C,
  keep_alive_timeout = 0x8D,
  session_taken_over = 0x8E,
  topic_filter_invalid = 0x8F,
  topic_name_invalid = 0x90,
  topic_alias_invalid = 0x94,
  packet_too_large = 0x95,
  quota_exceeded = 0x97,
  qos_not_supported = 0x9B,
  maximum_connect_time = 0xA0,
  subscription_identifiers_not_supported = 0xA1,
};

constexpr bool is_error(ReasonCode code) {
  return static_cast<std::uint8_t>(code) >= 0x80;
}

// The client broke the protocol: its connection ends with this code.
class ProtocolError : public std::runtime_error {
 public:
  ProtocolError(ReasonCode reason, const std::string& what)
      : std::runtime_error(what), reason_(reason) {}
  ReasonCode reason() const { return reason_; }

 private:
  ReasonCode reason_;
};

inline ProtocolError malformed(const std::string& what) {
  return {ReasonCode::malformed_packet, what};
}

}  // namespace votemu::iot::mqtt
