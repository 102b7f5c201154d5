#include "services/iot/mqtt/connect.h"

namespace votemu::iot::mqtt {
namespace {

struct ConnectFlags {
  explicit ConnectFlags(std::uint8_t bits)
      : user_name((bits & 0x80) != 0),
        password((bits & 0x40) != 0),
        will_retain((bits & 0x20) != 0),
        will_qos(static_cast<std::uint8_t>(bits >> 3 & 3)),
        will((bits & 0x04) != 0),
        clean_start((bits & 0x02) != 0),
        reserved((bits & 0x01) != 0) {}

  void check(Version version) const {
    if (reserved) throw malformed("CONNECT's reserved flag");
    if (will_qos == 3 || (!will && (will_qos != 0 || will_retain))) {
      throw malformed("CONNECT's will flags");
    }
    if (version != Version::v5 && password && !user_name) {
      throw malformed("a password without a user name");
    }
  }

  bool user_name;
  bool password;
  bool will_retain;
  std::uint8_t will_qos;
  bool will;
  bool clean_start;
  bool reserved;
};

Will decode_will(Reader& body, Version version, const ConnectFlags& flags) {
  Will will;
  if (version == Version::v5) {
    will.message.properties = decode_properties(body, PropertyPlace::will);
    will.delay_s = will.message.properties.number_or(PropertyId::will_delay_interval, 0);
    will.message.properties.remove(PropertyId::will_delay_interval);
  }
  will.message.topic = body.text();
  will.message.payload = body.binary();
  will.message.qos = flags.will_qos;
  will.message.retain = flags.will_retain;
  return will;
}

}  // namespace

Version decode_protocol_version(Reader& body) {
  const std::string_view name = body.text();
  const std::uint8_t level = body.byte();
  if (name == "MQIsdp" && level == 3) return Version::v3_1;
  if (name == "MQTT" && level == 4) return Version::v3_1_1;
  if (name == "MQTT" && level == 5) return Version::v5;
  if (name != "MQTT" && name != "MQIsdp") throw malformed("an unknown protocol name");
  throw ProtocolError(ReasonCode::unsupported_protocol_version, "an unknown protocol level");
}

Connect decode_connect(Reader& body, Version version) {
  Connect connect;
  connect.version = version;
  const ConnectFlags flags(body.byte());
  flags.check(version);
  connect.clean_start = flags.clean_start;
  connect.keep_alive_s = body.two_bytes();
  if (version == Version::v5) {
    connect.properties = decode_properties(body, PropertyPlace::connect);
  }
  connect.client_id = body.text();
  if (flags.will) connect.will = decode_will(body, version, flags);
  if (flags.user_name) connect.user_name = body.text();
  if (flags.password) connect.password = body.binary();
  body.expect_end();
  return connect;
}

}  // namespace votemu::iot::mqtt
