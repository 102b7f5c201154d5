// The properties of MQTT 5 packets.
// https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901027
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "services/iot/mqtt/bytes.h"

namespace votemu::iot::mqtt {

enum class PropertyId : std::uint8_t {
  payload_format_indicator = 0x01,
  message_expiry_interval = 0x02,
  content_type = 0x03,
  response_topic = 0x08,
  correlation_data = 0x09,
  subscription_identifier = 0x0B,
  session_expiry_interval = 0x11,
  assigned_client_identifier = 0x12,
  server_keep_alive = 0x13,
  authentication_method = 0x15,
  authentication_data = 0x16,
  request_problem_information = 0x17,
  will_delay_interval = 0x18,
  request_response_information = 0x19,
  response_information = 0x1A,
  server_reference = 0x1C,
  reason_string = 0x1F,
  receive_maximum = 0x21,
  topic_alias_maximum = 0x22,
  topic_alias = 0x23,
  maximum_qos = 0x24,
  retain_available = 0x25,
  user_property = 0x26,
  maximum_packet_size = 0x27,
  wildcard_subscription_available = 0x28,
  subscription_identifier_available = 0x29,
  shared_subscription_available = 0x2A,
};

// Where properties stand: a packet, or the last will inside CONNECT.
enum class PropertyPlace : std::uint8_t {
  connect,
  will,
  connack,
  publish,
  acknowledgement,  // PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK
  subscribe,
  unsubscribe,
  disconnect,
  auth,
};

using UserProperty = std::pair<std::string, std::string>;

// In the order in which they were added. Only user properties repeat.
class Properties {
 public:
  using Value = std::variant<std::uint32_t, std::string, UserProperty>;
  struct Property {
    PropertyId id;
    Value value;
    bool operator==(const Property&) const = default;
  };

  Properties& add(PropertyId id, std::uint32_t value);
  Properties& add(PropertyId id, std::string value);
  Properties& add_user(std::string name, std::string value);
  // In place of the one that is there.
  void replace(PropertyId id, std::uint32_t value);
  void remove(PropertyId id);

  // The first of that kind.
  std::optional<std::uint32_t> number(PropertyId id) const;
  const std::string* text(PropertyId id) const;
  std::uint32_t number_or(PropertyId id, std::uint32_t otherwise) const {
    return number(id).value_or(otherwise);
  }

  const std::vector<Property>& all() const { return properties_; }
  bool empty() const { return properties_.empty(); }
  bool operator==(const Properties&) const = default;

 private:
  const Property* find(PropertyId id) const;
  std::vector<Property> properties_;
};

// Length and properties. Throws ProtocolError: malformed_packet for one that does not belong in
// this place or ends early, protocol_error for one that occurs twice or has a value out of its
// range, quota_exceeded for more user properties than AWS takes.
Properties decode_properties(Reader& reader, PropertyPlace place);

void encode_properties(Writer& writer, const Properties& properties);

}  // namespace votemu::iot::mqtt
