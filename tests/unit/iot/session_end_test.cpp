// How a connection ends.
#include "tests/unit/iot/session_fixture.h"

namespace votemu::iot::mqtt::test {
namespace {

TEST_F(SessionTest, AcknowledgementsReachTheHost) {
  connect_v3();
  receive(puback_packet(258));
  EXPECT_EQ(host.acknowledged_ids, std::vector<std::uint16_t>{258});
}

TEST_F(SessionTest, PacketsThatAClientHasNoReasonToSend) {
  for (const std::string& bytes : {"\x20\2\0\0"s, "\x50\2\0\1"s, "\x62\2\0\1"s, "\x70\2\0\1"s,
                                   "\x90\3\0\1\0"s, "\xB0\2\0\1"s, "\xD0\0"s, "\xF0\0"s}) {
    RecordingHost other;
    Session fresh(other, random, 0);
    fresh.receive(connect_packet({.version = Version::v5}), 0);
    other.sent.clear();
    fresh.receive(bytes, 0);
    EXPECT_EQ(other.sent, "\xE0\1\x82"s);
    EXPECT_EQ(other.ending->reason, EndReason::client_error);
  }
}

// The end

const Will gone{{"status", "gone", 0, false, {}}, 0};

TEST_F(SessionTest, AWillIsForgottenOnDisconnect) {
  connect({.will = gone});
  receive(disconnect_packet());
  EXPECT_EQ(host.ending->reason, EndReason::client_initiated);
  EXPECT_FALSE(host.ending->will);
}

TEST_F(SessionTest, AWillSurvivesADisconnectThatAsksForIt) {
  connect({.version = Version::v5, .will = gone});
  receive("\xE0\1\4"s);
  EXPECT_EQ(host.ending->reason, EndReason::client_initiated);
  EXPECT_TRUE(host.ending->will);
}

TEST_F(SessionTest, AWillIsDueWhenTheTransportIsGone) {
  connect({.will = gone});
  session.transport_gone();
  EXPECT_EQ(host.ending->reason, EndReason::connection_lost);
  EXPECT_EQ(host.ending->will->message, gone.message);
}

TEST_F(SessionTest, AWillIsDueAfterAProtocolError) {
  connect({.will = gone});
  receive("\xFF");
  EXPECT_EQ(host.ending->reason, EndReason::client_error);
  EXPECT_TRUE(host.ending->will);
}

TEST_F(SessionTest, WillsFollowTheRulesOfMessages) {
  Will reserved = gone;
  reserved.message.topic = "$aws/x";
  connect({.version = Version::v5, .will = reserved});
  EXPECT_EQ(host.sent, "\x20\3\0\x87\0"s);
  EXPECT_TRUE(host.closed);
}

TEST_F(SessionTest, AWillAtQos2IsRefused) {
  Will twice = gone;
  twice.message.qos = 2;
  connect({.version = Version::v5, .will = twice});
  EXPECT_EQ(host.sent, "\x20\3\0\x9B\0"s);
}

TEST_F(SessionTest, SessionExpiry) {
  connect({.clean_start = false});
  EXPECT_EQ(host.session_expiry_s, limits::max_session_expiry_s);
}

TEST_F(SessionTest, SessionExpiryOfMqtt5IsShortenedOpenly) {
  Properties properties;
  properties.add(PropertyId::session_expiry_interval, 100'000);
  connect({.version = Version::v5, .properties = properties});
  EXPECT_EQ(connack_properties().number(PropertyId::session_expiry_interval),
            limits::max_session_expiry_s);
}

TEST_F(SessionTest, DisconnectMayChangeTheSessionExpiry) {
  Properties properties;
  properties.add(PropertyId::session_expiry_interval, 600);
  connect({.version = Version::v5, .properties = properties});
  receive("\xE0\7\0\5\x11\0\0\0\0"s);
  EXPECT_EQ(host.ending->session_expiry_s, 0U);
}

TEST_F(SessionTest, DisconnectMayNotInventASessionExpiry) {
  connect_v5();
  receive("\xE0\7\0\5\x11\0\0\0\1"s);
  expect_disconnected(ReasonCode::protocol_error);
}

}  // namespace
}  // namespace votemu::iot::mqtt::test
