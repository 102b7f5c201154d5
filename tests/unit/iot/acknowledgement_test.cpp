#include "services/iot/mqtt/acknowledgement.h"

#include <gtest/gtest.h>

#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

Acknowledgement decode(const std::string& body, Version version) {
  return decode_acknowledgement({PacketType::puback, 0, body}, version);
}

ReasonCode refusal_of(const std::string& body, Version version) {
  return test::refusal([&] { decode(body, version); });
}

TEST(Acknowledgement, OfMqtt3IsAnIdentifier) {
  EXPECT_EQ(decode("\1\2"s, Version::v3_1_1).packet_id, 258);
  EXPECT_EQ(refusal_of("\1\2\0"s, Version::v3_1_1), ReasonCode::malformed_packet);
}

TEST(Acknowledgement, OfMqtt5MayLeaveOutReasonAndProperties) {
  EXPECT_EQ(decode("\1\2"s, Version::v5).reason, 0);
  EXPECT_EQ(decode("\1\2\x10"s, Version::v5).reason, 0x10);
  const Acknowledgement whole = decode("\1\2\x80\5\x1F\0\2no"s, Version::v5);
  EXPECT_EQ(whole.reason, 0x80);
  EXPECT_EQ(*whole.properties.text(PropertyId::reason_string), "no");
}

TEST(Acknowledgement, MalformedOnes) {
  for (const Version version : {Version::v3_1_1, Version::v5}) {
    EXPECT_EQ(refusal_of("", version), ReasonCode::malformed_packet);
    EXPECT_EQ(refusal_of("\1", version), ReasonCode::malformed_packet);
    EXPECT_EQ(refusal_of("\0\0"s, version), ReasonCode::protocol_error);
  }
  EXPECT_EQ(refusal_of("\1\2\0\5\x1F"s, Version::v5), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\1\2\0\0\0"s, Version::v5), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\1\2\0\3\x23\0\1"s, Version::v5), ReasonCode::malformed_packet);
}

TEST(Acknowledgement, Encoded) {
  EXPECT_EQ(encode_puback(258, ReasonCode::success, Version::v3_1_1), "\x40\2\1\2"s);
  EXPECT_EQ(encode_puback(258, ReasonCode::success, Version::v5), "\x40\2\1\2"s);
  EXPECT_EQ(encode_puback(258, ReasonCode::not_authorized, Version::v5), "\x40\3\1\2\x87"s);
}

}  // namespace
}  // namespace votemu::iot::mqtt
