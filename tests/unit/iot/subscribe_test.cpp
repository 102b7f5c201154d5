#include "services/iot/mqtt/subscribe.h"

#include <gtest/gtest.h>

#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

Subscribe decode(const std::string& body, Version version) {
  return decode_subscribe({PacketType::subscribe, 2, body}, version);
}

ReasonCode refusal_of(const std::string& body, Version version) {
  return test::refusal([&] { decode(body, version); });
}

TEST(Subscribe, FiltersWithTheirQos) {
  const Subscribe subscribe = decode("\0\7\0\3a/b\1\0\1#\0"s, Version::v3_1_1);
  EXPECT_EQ(subscribe.packet_id, 7);
  ASSERT_EQ(subscribe.subscriptions.size(), 2U);
  EXPECT_EQ(subscribe.subscriptions[0].filter, "a/b");
  EXPECT_EQ(subscribe.subscriptions[0].options.qos, 1);
  EXPECT_EQ(subscribe.subscriptions[1].filter, "#");
}

TEST(Subscribe, OptionsOfMqtt5) {
  const Subscribe subscribe = decode("\0\7\0\0\1a\x2D"s, Version::v5);
  const SubscriptionOptions expected{1, true, true, RetainHandling::do_not_send};
  EXPECT_EQ(subscribe.subscriptions[0].options, expected);
}

TEST(Subscribe, Malformed) {
  EXPECT_EQ(refusal_of("\0\7"s, Version::v3_1_1), ReasonCode::protocol_error);         // no filter
  EXPECT_EQ(refusal_of("\0\0\0\1a\0"s, Version::v3_1_1), ReasonCode::protocol_error);  // identifier
  EXPECT_EQ(refusal_of("\0\7\0\1a\3"s, Version::v3_1_1), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\7\0\1a\4"s, Version::v3_1_1), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\7\0\0\1a\x40"s, Version::v5), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0\7\0\0\1a\x30"s, Version::v5), ReasonCode::protocol_error);
  EXPECT_EQ(refusal_of("\0\7\0\1\xFF\0"s, Version::v3_1_1), ReasonCode::malformed_packet);
}

TEST(Subscribe, EveryOtherLengthIsRefused) {
  for (const Version version : {Version::v3_1_1, Version::v5}) {
    const auto frame = test::frame_of(test::subscribe_packet({test::to("a/b", 1)}, version));
    test::expect_exact_length(frame, [&](const Frame& cut) { decode_subscribe(cut, version); });
  }
}

TEST(Subscribe, Suback) {
  const std::vector<ReasonCode> reasons{ReasonCode::success, ReasonCode::granted_qos_1};
  EXPECT_EQ(encode_suback(7, reasons, Version::v3_1_1), "\x90\4\0\7\0\1"s);
  EXPECT_EQ(encode_suback(7, reasons, Version::v5), "\x90\5\0\7\0\0\1"s);
}

}  // namespace
}  // namespace votemu::iot::mqtt
