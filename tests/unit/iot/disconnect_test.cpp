#include "services/iot/mqtt/disconnect.h"

#include <gtest/gtest.h>

#include "services/iot/mqtt/ping.h"
#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

Disconnect decode(const std::string& body, Version version) {
  return decode_disconnect({PacketType::disconnect, 0, body}, version);
}

ReasonCode refusal_of(const std::string& body, Version version) {
  return test::refusal([&] { decode(body, version); });
}

TEST(Disconnect, OfMqtt3IsEmpty) {
  EXPECT_EQ(decode("", Version::v3_1_1).reason, 0);
  EXPECT_EQ(refusal_of("\0"s, Version::v3_1_1), ReasonCode::malformed_packet);
}

TEST(Disconnect, OfMqtt5SaysWhy) {
  EXPECT_EQ(decode("", Version::v5).reason, 0);
  EXPECT_EQ(decode("\4", Version::v5).reason, 4);
  const Disconnect whole = decode("\0\5\x11\0\0\0\x3C"s, Version::v5);
  EXPECT_EQ(whole.properties.number(PropertyId::session_expiry_interval), 60U);
  EXPECT_EQ(refusal_of("\0\5\x11\0\0"s, Version::v5), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\0\0"s, Version::v5), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\3\x23\0\1"s, Version::v5), ReasonCode::malformed_packet);
}

TEST(Disconnect, Encoded) {
  EXPECT_EQ(encode_disconnect(ReasonCode::session_taken_over), "\xE0\1\x8E"s);
}

TEST(Ping, IsEmptyBothWays) {
  EXPECT_EQ(encode_pingresp(), "\xD0\0"s);
  EXPECT_NO_THROW(check_pingreq({PacketType::pingreq, 0, ""}));
  EXPECT_THROW(check_pingreq({PacketType::pingreq, 0, "x"}), ProtocolError);
}

}  // namespace
}  // namespace votemu::iot::mqtt
