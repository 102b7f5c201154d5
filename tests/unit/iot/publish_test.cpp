#include "services/iot/mqtt/publish.h"

#include <gtest/gtest.h>

#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

ReasonCode refusal_of(std::uint8_t flags, const std::string& body, Version version) {
  return test::refusal([&] { decode_publish({PacketType::publish, flags, body}, version); });
}

TEST(Publish, ComesBackAsItWentInEveryFormAndVersion) {
  for (const Version version : {Version::v3_1, Version::v3_1_1, Version::v5}) {
    for (const std::uint8_t qos : std::initializer_list<std::uint8_t>{0, 1, 2}) {
      for (const bool retain : {false, true}) {
        Publish publish{{"votes/total", "{\"dogs\":1}", qos, retain, {}}, qos > 0, 0};
        if (qos > 0) publish.packet_id = 513;
        if (version == Version::v5) {
          publish.message.properties.add(PropertyId::content_type, "text/plain"s);
        }
        const auto frame = test::frame_of(encode_publish(publish, version));
        const Publish decoded = decode_publish(frame.view(), version);
        EXPECT_EQ(decoded.message, publish.message);
        EXPECT_EQ(decoded.duplicate, publish.duplicate);
        EXPECT_EQ(decoded.packet_id, publish.packet_id);
      }
    }
  }
}

TEST(Publish, HasTheBytesOfTheSpecification) {
  EXPECT_EQ(encode_publish({{"a/b", "x", 0, false, {}}, false, 0}, Version::v3_1_1),
            "\x30\6\0\3a/bx"s);
  EXPECT_EQ(encode_publish({{"a/b", "x", 1, true, {}}, true, 10}, Version::v3_1_1),
            "\x3B\x08\0\3a/b\0\x0Ax"s);
  EXPECT_EQ(encode_publish({{"a/b", "x", 0, false, {}}, false, 0}, Version::v5),
            "\x30\7\0\3a/b\0x"s);
}

TEST(Publish, AnEmptyPayloadIsFine) {
  EXPECT_EQ(refusal_of(0, "\0\1t"s, Version::v3_1_1), ReasonCode::success);
}

TEST(Publish, ImpossibleFlags) {
  EXPECT_EQ(refusal_of(6, "\0\1t\0\1"s, Version::v3_1_1), ReasonCode::malformed_packet);  // QoS 3
  EXPECT_EQ(refusal_of(8, "\0\1t"s, Version::v3_1_1), ReasonCode::malformed_packet);      // DUP
}

TEST(Publish, PacketIdentifierZero) {
  EXPECT_EQ(refusal_of(2, "\0\1t\0\0"s, Version::v3_1_1), ReasonCode::protocol_error);
}

TEST(Publish, ATopicThatIsCutOrNotUtf8) {
  EXPECT_EQ(refusal_of(0, "\0"s, Version::v3_1_1), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of(0, "\0\5abc"s, Version::v3_1_1), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of(0, "\0\1\xFF"s, Version::v3_1_1), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of(2, "\0\1t\0"s, Version::v3_1_1), ReasonCode::malformed_packet);
}

TEST(Publish, PropertiesThatReachPastTheEnd) {
  EXPECT_EQ(refusal_of(0, "\0\1t"s, Version::v5), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of(0, "\0\1t\5\1\1"s, Version::v5), ReasonCode::malformed_packet);
}

}  // namespace
}  // namespace votemu::iot::mqtt
