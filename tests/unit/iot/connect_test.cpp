#include "services/iot/mqtt/connect.h"

#include <gtest/gtest.h>

#include "services/iot/mqtt/connack.h"
#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;
using test::ConnectOptions;

Connect decode(const Frame& frame) {
  Reader body(frame.body);
  const Version version = decode_protocol_version(body);
  return decode_connect(body, version);
}

Connect decode(const std::string& packet_bytes) {
  return decode(test::frame_of(packet_bytes).view());
}

// A CONNECT from its content.
ReasonCode refusal_of(const std::string& body) {
  return test::refusal([&] { decode(Frame{PacketType::connect, 0, body}); });
}

TEST(Connect, OfEachVersion) {
  for (const Version version : {Version::v3_1, Version::v3_1_1, Version::v5}) {
    const Connect connect = decode(test::connect_packet({.version = version}));
    EXPECT_EQ(connect.version, version);
    EXPECT_EQ(connect.client_id, "client");
    EXPECT_TRUE(connect.clean_start);
    EXPECT_EQ(connect.keep_alive_s, 60);
    EXPECT_FALSE(connect.will);
  }
}

TEST(Connect, UserNameAndPassword) {
  const std::string body = "\0\4MQTT\4\xC2\0\x3C\0\1c\0\4user\0\3p\0w"s;
  const Connect connect = decode(Frame{PacketType::connect, 0, body});
  EXPECT_EQ(connect.user_name, "user");
  EXPECT_EQ(connect.password, "p\0w"s);
}

TEST(Connect, LastWill) {
  Will will{{"will/topic", "gone", 1, true, {}}, 0};
  const Connect connect = decode(test::connect_packet({.will = will}));
  ASSERT_TRUE(connect.will);
  EXPECT_EQ(connect.will->message, will.message);
}

TEST(Connect, LastWillOfMqtt5HasPropertiesAndADelay) {
  Will will{{"will/topic", "gone", 0, false, {}}, 30};
  will.message.properties.add(PropertyId::content_type, "text/plain"s);
  const Connect connect = decode(test::connect_packet({.version = Version::v5, .will = will}));
  ASSERT_TRUE(connect.will);
  EXPECT_EQ(connect.will->delay_s, 30U);
  EXPECT_EQ(connect.will->message, will.message);
}

TEST(Connect, EveryOtherLengthIsRefused) {
  Will will{{"w", "p", 0, false, {}}, 5};
  for (const Version version : {Version::v3_1, Version::v3_1_1, Version::v5}) {
    const auto frame = test::frame_of(test::connect_packet({.version = version, .will = will}));
    test::expect_exact_length(frame, [](const Frame& cut) { decode(cut); });
  }
}

TEST(Connect, UnknownProtocols) {
  EXPECT_EQ(refusal_of("\0\4MQTT\6\2\0\0\0\1c"s), ReasonCode::unsupported_protocol_version);
  EXPECT_EQ(refusal_of("\0\4MQTT\3\2\0\0\0\1c"s), ReasonCode::unsupported_protocol_version);
  EXPECT_EQ(refusal_of("\0\6MQIsdp\4\2\0\0\0\1c"s), ReasonCode::unsupported_protocol_version);
  EXPECT_EQ(refusal_of("\0\4HTTP\4\2\0\0\0\1c"s), ReasonCode::malformed_packet);
}

TEST(Connect, FlagsThatContradictEachOther) {
  EXPECT_EQ(refusal_of("\0\4MQTT\4\3\0\0\0\1c"s), ReasonCode::malformed_packet);    // reserved
  EXPECT_EQ(refusal_of("\0\4MQTT\4\x0A\0\0\0\1c"s), ReasonCode::malformed_packet);  // QoS, no will
  EXPECT_EQ(refusal_of("\0\4MQTT\4\x22\0\0\0\1c"s),
            ReasonCode::malformed_packet);  // retain, no will
  EXPECT_EQ(refusal_of("\0\4MQTT\4\x1E\0\0\0\1c\0\1t\0\1p"s),
            ReasonCode::malformed_packet);  // QoS 3
  EXPECT_EQ(refusal_of("\0\4MQTT\4\x42\0\0\0\1c\0\1p"s), ReasonCode::malformed_packet);
}

TEST(Connect, PasswordWithoutUserNameIsFineInMqtt5) {
  EXPECT_EQ(refusal_of("\0\4MQTT\5\x42\0\0\0\0\1c\0\1p"s), ReasonCode::success);
}

TEST(Connect, ClientIdentifierIsUtf8) {
  EXPECT_EQ(refusal_of("\0\4MQTT\4\2\0\0\0\1\xFF"s), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\4MQTT\4\2\0\0\0\1\0"s), ReasonCode::malformed_packet);
}

TEST(Connack, OfMqtt3) {
  EXPECT_EQ(encode_connack(Version::v3_1_1, false, ReasonCode::success, {}), "\x20\2\0\0"s);
  EXPECT_EQ(encode_connack(Version::v3_1_1, true, ReasonCode::success, {}), "\x20\2\1\0"s);
  EXPECT_EQ(encode_connack(Version::v3_1, true, ReasonCode::success, {}), "\x20\2\0\0"s);
  EXPECT_EQ(encode_connack(Version::v3_1_1, false, ReasonCode::unsupported_protocol_version, {}),
            "\x20\2\0\1"s);
  EXPECT_EQ(encode_connack(Version::v3_1_1, false, ReasonCode::client_identifier_not_valid, {}),
            "\x20\2\0\2"s);
  EXPECT_EQ(encode_connack(Version::v3_1_1, false, ReasonCode::malformed_packet, {}), std::nullopt);
}

TEST(Connack, OfMqtt5) {
  Properties properties;
  properties.add(PropertyId::server_keep_alive, 30);
  EXPECT_EQ(encode_connack(Version::v5, true, ReasonCode::success, properties),
            "\x20\6\1\0\3\x13\0\x1E"s);
  EXPECT_EQ(encode_connack(Version::v5, false, ReasonCode::protocol_error, {}), "\x20\3\0\x82\0"s);
}

}  // namespace
}  // namespace votemu::iot::mqtt
