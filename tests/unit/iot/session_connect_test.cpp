// How a connection begins, and what keeps it alive.
#include "tests/unit/iot/session_fixture.h"

namespace votemu::iot::mqtt::test {
namespace {

TEST_F(SessionTest, AcceptsEveryVersion) {
  for (const Version version : {Version::v3_1, Version::v3_1_1, Version::v5}) {
    RecordingHost other;
    Session fresh(other, random, 0);
    fresh.receive(connect_packet({.version = version}), 0);
    EXPECT_EQ(frame_of(other.sent).type, PacketType::connack);
    EXPECT_FALSE(other.closed);
  }
}

TEST_F(SessionTest, ConnectInTheFragmentsOfABrowserLibrary) {
  const std::string packet_bytes = connect_packet({.client_id = "mqttjs_12345678"});
  ASSERT_EQ(packet_bytes.size(), 29U);
  std::string_view rest = packet_bytes;
  for (const std::size_t size : {1U, 1U, 2U, 4U, 1U, 1U, 2U, 2U, 15U}) {
    EXPECT_EQ(host.sent, "");
    receive(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  EXPECT_TRUE(rest.empty());
  EXPECT_EQ(host.sent, "\x20\2\0\0"s);
  EXPECT_EQ(host.connect->client_id, "mqttjs_12345678");
}

TEST_F(SessionTest, SaysWhatItServes) {
  connect({.version = Version::v5});
  const Properties properties = connack_properties();
  EXPECT_EQ(properties.number(PropertyId::maximum_qos), 1U);
  EXPECT_EQ(properties.number(PropertyId::retain_available), 1U);
  EXPECT_EQ(properties.number(PropertyId::wildcard_subscription_available), 1U);
  EXPECT_EQ(properties.number(PropertyId::subscription_identifier_available), 0U);
  EXPECT_EQ(properties.number(PropertyId::shared_subscription_available), 1U);
  EXPECT_EQ(properties.number(PropertyId::maximum_packet_size), limits::max_packet_bytes);
  EXPECT_EQ(properties.number(PropertyId::topic_alias_maximum), 8U);
  EXPECT_EQ(properties.number(PropertyId::receive_maximum), 100U);
  EXPECT_EQ(properties.number(PropertyId::server_keep_alive), std::nullopt);
  EXPECT_EQ(properties.text(PropertyId::assigned_client_identifier), nullptr);
}

TEST_F(SessionTest, OtherPacketsBeforeConnectCloseTheConnection) {
  receive(publish_packet({"t", "p", 0, false, {}}));
  expect_closed_silently();
}

TEST_F(SessionTest, ASecondConnectIsAnError) {
  connect_v5();
  connect({.version = Version::v5});
  expect_disconnected(ReasonCode::protocol_error);
}

TEST_F(SessionTest, AnUnknownLevelIsRefused) {
  receive(packet(PacketType::connect, 0, "\0\4MQTT\x09\2\0\0\0\1c"s));
  EXPECT_EQ(host.sent, "\x20\2\0\1"s);
  EXPECT_TRUE(host.closed);
}

TEST_F(SessionTest, NothingIsHeardAfterTheEnd) {
  receive(connect_packet() + disconnect_packet() + publish_packet({"t", "p", 0, false, {}}));
  EXPECT_TRUE(host.closed);
  EXPECT_TRUE(host.published.empty());
}

// Client identifiers

TEST_F(SessionTest, TheLongestClientIdentifier) {
  connect({.client_id = std::string(limits::max_client_id_bytes, 'c')});
  EXPECT_EQ(host.sent, "\x20\2\0\0"s);
}

TEST_F(SessionTest, ATooLongClientIdentifier) {
  connect({.client_id = std::string(limits::max_client_id_bytes + 1, 'c')});
  EXPECT_EQ(host.sent, "\x20\2\0\2"s);
  EXPECT_TRUE(host.closed);
  EXPECT_FALSE(host.ending);
}

TEST_F(SessionTest, AnEmptyClientIdentifierGetsAName) {
  connect({.version = Version::v5, .client_id = ""});
  const Properties properties = connack_properties();
  const std::string* assigned = properties.text(PropertyId::assigned_client_identifier);
  ASSERT_NE(assigned, nullptr);
  EXPECT_EQ(*assigned, host.connect->client_id);
  EXPECT_EQ(assigned->size(), 36U);
}

TEST_F(SessionTest, AnEmptyClientIdentifierHasNothingToResume) {
  connect({.client_id = "", .clean_start = false});
  EXPECT_EQ(host.sent, "\x20\2\0\2"s);
}

TEST_F(SessionTest, AuthenticationMethodsAreNotServed) {
  Properties properties;
  properties.add(PropertyId::authentication_method, "SCRAM"s);
  connect({.version = Version::v5, .properties = properties});
  EXPECT_EQ(host.sent, "\x20\3\0\x8C\0"s);
  EXPECT_TRUE(host.closed);
}

// Keepalive

TEST_F(SessionTest, ConnectMustArriveInTime) {
  EXPECT_EQ(session.deadline_ms(), now_ms + limits::connect_timeout_ms);
  receive("\x10");
  session.on_time(now_ms + limits::connect_timeout_ms - 1);
  EXPECT_FALSE(host.closed);
  session.on_time(now_ms + limits::connect_timeout_ms);
  expect_closed_silently();
}

TEST_F(SessionTest, KeepAliveIsCutAtOneAndAHalfTimes) {
  connect({.keep_alive_s = 60});
  host.sent.clear();
  now_ms += 80'000;
  receive(pingreq_packet());
  EXPECT_EQ(host.sent, "\xD0\0"s);
  session.on_time(now_ms + 89'999);
  EXPECT_FALSE(host.closed);
  session.on_time(now_ms + 90'000);
  EXPECT_TRUE(host.closed);
  EXPECT_EQ(host.ending->reason, EndReason::keep_alive_timeout);
}

TEST_F(SessionTest, AnMqtt5ClientIsToldThatItWasSilent) {
  connect_v5();
  session.on_time(session.deadline_ms());
  expect_disconnected(ReasonCode::keep_alive_timeout);
}

TEST_F(SessionTest, AnIncompletePacketIsNoSignOfLife) {
  connect({.keep_alive_s = 60});
  const std::int64_t deadline = session.deadline_ms();
  now_ms += 50'000;
  receive("\x30");
  EXPECT_EQ(session.deadline_ms(), deadline);
}

TEST(KeepAlive, IsGrantedWithinAwsBounds) {
  const auto granted = [](std::uint16_t asked_s) {
    core::SeededRandom random(1);
    RecordingHost host;
    Session session(host, random, 0);
    session.receive(connect_packet({.version = Version::v5, .keep_alive_s = asked_s}), 0);
    Reader body(std::string_view(host.sent).substr(4));
    const auto told =
        decode_properties(body, PropertyPlace::connack).number(PropertyId::server_keep_alive);
    const std::int64_t real = session.deadline_ms() / 1'500;
    EXPECT_EQ(told.value_or(asked_s), static_cast<std::uint32_t>(real));
    return std::make_pair(real, told.has_value());
  };
  EXPECT_EQ(granted(0), std::make_pair(std::int64_t{1'200}, true));
  EXPECT_EQ(granted(29), std::make_pair(std::int64_t{30}, true));
  EXPECT_EQ(granted(30), std::make_pair(std::int64_t{30}, false));
  EXPECT_EQ(granted(1'200), std::make_pair(std::int64_t{1'200}, false));
  EXPECT_EQ(granted(1'201), std::make_pair(std::int64_t{1'200}, true));
}

}  // namespace
}  // namespace votemu::iot::mqtt::test
