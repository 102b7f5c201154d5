#include "services/iot/mqtt/unsubscribe.h"

#include <gtest/gtest.h>

#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

ReasonCode refusal_of(const std::string& body, Version version) {
  return test::refusal([&] { decode_unsubscribe({PacketType::unsubscribe, 2, body}, version); });
}

TEST(Unsubscribe, Filters) {
  for (const Version version : {Version::v3_1_1, Version::v5}) {
    const auto frame = test::frame_of(test::unsubscribe_packet({"a", "b/#"}, version));
    const Unsubscribe unsubscribe = decode_unsubscribe(frame.view(), version);
    EXPECT_EQ(unsubscribe.packet_id, 8);
    EXPECT_EQ(unsubscribe.filters, (std::vector<std::string>{"a", "b/#"}));
  }
}

TEST(Unsubscribe, Malformed) {
  EXPECT_EQ(refusal_of("\0\7"s, Version::v3_1_1), ReasonCode::protocol_error);
  EXPECT_EQ(refusal_of("\0\0\0\1a"s, Version::v3_1_1), ReasonCode::protocol_error);
  EXPECT_EQ(refusal_of("\0\7\0\2a"s, Version::v3_1_1), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\7\0\1\xC0"s, Version::v3_1_1), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\7\2\x23\1\0\1a"s, Version::v5), ReasonCode::malformed_packet);
}

TEST(Unsubscribe, EveryOtherLengthIsRefused) {
  for (const Version version : {Version::v3_1_1, Version::v5}) {
    const auto frame = test::frame_of(test::unsubscribe_packet({"a/b"}, version));
    test::expect_exact_length(frame, [&](const Frame& cut) { decode_unsubscribe(cut, version); });
  }
}

TEST(Unsubscribe, Unsuback) {
  const std::vector<ReasonCode> reasons{ReasonCode::success, ReasonCode::no_subscription_existed};
  EXPECT_EQ(encode_unsuback(8, reasons, Version::v3_1_1), "\xB0\2\0\x08"s);
  EXPECT_EQ(encode_unsuback(8, reasons, Version::v5), "\xB0\5\0\x08\0\0\x11"s);
}

}  // namespace
}  // namespace votemu::iot::mqtt
