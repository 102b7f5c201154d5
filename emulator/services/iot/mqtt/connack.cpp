#include "services/iot/mqtt/connack.h"

namespace votemu::iot::mqtt {
namespace {

// Section 3.2.2.3 of MQTT 3.1.1.
std::optional<std::uint8_t> return_code(ReasonCode reason) {
  switch (reason) {
    case ReasonCode::success:
      return std::uint8_t{0};
    case ReasonCode::unsupported_protocol_version:
      return std::uint8_t{1};
    case ReasonCode::client_identifier_not_valid:
      return std::uint8_t{2};
    case ReasonCode::not_authorized:
      return std::uint8_t{5};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> encode_connack(Version version, bool session_present, ReasonCode reason,
                                          const Properties& properties) {
  Writer body;
  if (version == Version::v5) {
    body.byte(session_present ? 1 : 0).byte(static_cast<std::uint8_t>(reason));
    encode_properties(body, properties);
  } else {
    const std::optional<std::uint8_t> code = return_code(reason);
    if (!code) return std::nullopt;
    // MQTT 3.1 has no session present flag.
    body.byte(session_present && version == Version::v3_1_1 ? 1 : 0).byte(*code);
  }
  return packet(PacketType::connack, 0, body.bytes());
}

}  // namespace votemu::iot::mqtt
