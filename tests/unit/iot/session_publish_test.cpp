// What a client may publish.
#include "tests/unit/iot/session_fixture.h"

namespace votemu::iot::mqtt::test {
namespace {

TEST_F(SessionTest, PublishesAreAcknowledgedAtQos1) {
  connect_v3();
  receive(publish_packet({"votes", "1", 0, false, {}}));
  EXPECT_EQ(host.sent, "");
  receive(publish_packet({"votes", "2", 1, true, {}}, Version::v3_1_1, 258));
  EXPECT_EQ(host.sent, "\x40\2\1\2"s);
  ASSERT_EQ(host.published.size(), 2U);
  EXPECT_EQ(host.published[1].payload, "2");
  EXPECT_TRUE(host.published[1].retain);
}

TEST_F(SessionTest, Qos2ClosesTheConnection) {
  connect_v3();
  receive(publish_packet({"votes", "1", 2, false, {}}));
  expect_closed_silently();
  EXPECT_TRUE(host.published.empty());
}

TEST_F(SessionTest, Qos2DisconnectsAnMqtt5Client) {
  connect_v5();
  receive(publish_packet({"votes", "1", 2, false, {}}, Version::v5));
  expect_disconnected(ReasonCode::qos_not_supported);
}

TEST_F(SessionTest, TopicsAtTheBound) {
  connect_v3();
  receive(publish_packet({std::string(limits::max_topic_bytes, 't'), "", 0, false, {}}));
  receive(publish_packet({"1/2/3/4/5/6/7/8", "", 0, false, {}}));
  EXPECT_EQ(host.published.size(), 2U);
  EXPECT_FALSE(host.closed);
}

TEST_F(SessionTest, TopicsBeyondTheBoundCloseTheConnection) {
  for (const std::string& topic : {std::string(limits::max_topic_bytes + 1, 't'),
                                   "1/2/3/4/5/6/7/8/9"s, "a/+"s, "a#"s, "$aws/things/x"s, ""s}) {
    RecordingHost other;
    Session fresh(other, random, 0);
    fresh.receive(connect_packet(), 0);
    fresh.receive(publish_packet({topic, "", 1, false, {}}), 0);
    EXPECT_TRUE(other.closed) << topic;
    EXPECT_TRUE(other.published.empty()) << topic;
  }
}

TEST_F(SessionTest, AnMqtt5PublishIsRefusedByItsAcknowledgement) {
  connect_v5();
  receive(publish_packet({"$aws/things/x", "", 1, false, {}}, Version::v5, 5));
  receive(publish_packet({"a/+", "", 1, false, {}}, Version::v5, 6));
  EXPECT_EQ(host.sent, "\x40\3\0\5\x87\x40\3\0\6\x90"s);
  EXPECT_FALSE(host.closed);
}

TEST_F(SessionTest, AnMqtt5PublishAtQos0IsRefusedByDisconnect) {
  connect_v5();
  receive(publish_packet({"$aws/things/x", "", 0, false, {}}, Version::v5));
  expect_disconnected(ReasonCode::not_authorized);
}

TEST_F(SessionTest, TheHostMayRefuseAPublish) {
  connect_v3();
  host.publish_reason = ReasonCode::not_authorized;
  receive(publish_packet({"votes", "", 1, false, {}}));
  expect_closed_silently();
}

TEST_F(SessionTest, PayloadsAtAndBeyondTheBound) {
  connect_v5();
  receive(publish_packet({"t", std::string(limits::max_payload_bytes, 'x'), 0, false, {}},
                         Version::v5));
  EXPECT_FALSE(host.closed);
  receive(publish_packet({"t", std::string(limits::max_payload_bytes + 1, 'x'), 1, false, {}},
                         Version::v5));
  expect_disconnected(ReasonCode::packet_too_large);
  EXPECT_EQ(host.published.size(), 1U);
}

// Topic aliases

Message aliased(std::string topic, std::uint32_t alias) {
  Message message{std::move(topic), "p", 0, false, {}};
  message.properties.add(PropertyId::topic_alias, alias);
  return message;
}

TEST_F(SessionTest, AnAliasStandsForItsTopic) {
  connect_v5();
  receive(publish_packet(aliased("first", 8), Version::v5));
  receive(publish_packet(aliased("", 8), Version::v5));
  receive(publish_packet(aliased("second", 8), Version::v5));
  receive(publish_packet(aliased("", 8), Version::v5));
  ASSERT_EQ(host.published.size(), 4U);
  EXPECT_EQ(host.published[1].topic, "first");
  EXPECT_EQ(host.published[3].topic, "second");
  EXPECT_TRUE(host.published[0].properties.empty());
}

TEST_F(SessionTest, AliasesHaveABound) {
  connect_v5();
  receive(publish_packet(aliased("t", 9), Version::v5));
  expect_disconnected(ReasonCode::topic_alias_invalid);
}

TEST_F(SessionTest, AliasZeroIsInvalid) {
  connect_v5();
  receive(publish_packet(aliased("t", 0), Version::v5));
  expect_disconnected(ReasonCode::topic_alias_invalid);
}

TEST_F(SessionTest, AnUnknownAliasIsAProtocolError) {
  connect_v5();
  receive(publish_packet(aliased("", 1), Version::v5));
  expect_disconnected(ReasonCode::protocol_error);
}

}  // namespace
}  // namespace votemu::iot::mqtt::test
