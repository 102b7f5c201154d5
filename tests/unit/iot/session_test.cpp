// The state machine alone, against a host that writes down what it is asked.
#include "services/iot/mqtt/session.h"

#include <gtest/gtest.h>

#include "core/random.h"
#include "services/iot/limits.h"
#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;
using test::connect_packet;
using test::ConnectOptions;
using test::publish_packet;
using test::subscribe_packet;
using test::to;

struct RecordingHost final : SessionHost {
  void send(SharedBytes bytes) override { sent += *bytes; }
  void close() override { closed = true; }
  bool open(const Connect& asked, std::uint32_t expiry_s) override {
    connect = asked;
    session_expiry_s = expiry_s;
    return session_present;
  }
  void opened() override {}
  void ended(const Ending& how) override { ending = how; }
  ReasonCode publish(Message message) override {
    published.push_back(std::move(message));
    return publish_reason;
  }
  ReasonCode subscribe(const Subscription& subscription) override {
    subscribed_to.push_back(subscription.filter);
    return subscribe_reason;
  }
  void subscribed() override {}
  bool unsubscribe(const std::string& filter) override { return filter == "known"; }
  void acknowledged(std::uint16_t packet_id) override { acknowledged_ids.push_back(packet_id); }

  std::string sent;
  bool closed = false;
  std::optional<Connect> connect;
  std::uint32_t session_expiry_s = 0;
  bool session_present = false;
  std::optional<Ending> ending;
  std::vector<Message> published;
  std::vector<std::string> subscribed_to;
  std::vector<std::uint16_t> acknowledged_ids;
  ReasonCode publish_reason = ReasonCode::success;
  ReasonCode subscribe_reason = ReasonCode::success;
};

class SessionTest : public ::testing::Test {
 protected:
  void receive(std::string_view bytes) { session.receive(bytes, now_ms); }
  void connect(const ConnectOptions& options = {}) { receive(connect_packet(options)); }
  void connect_v5() {
    connect({.version = Version::v5});
    host.sent.clear();
  }
  void connect_v3() {
    connect();
    host.sent.clear();
  }

  // Closed, and an MQTT 5 client was told why.
  void expect_disconnected(ReasonCode reason) {
    EXPECT_TRUE(host.closed);
    ASSERT_FALSE(test::frames_of(host.sent).empty());
    const auto last = test::frames_of(host.sent).back();
    EXPECT_EQ(last.type, PacketType::disconnect);
    EXPECT_EQ(static_cast<ReasonCode>(last.body.at(0)), reason);
  }
  void expect_closed_silently() {
    EXPECT_TRUE(host.closed);
    EXPECT_EQ(host.sent, "");
  }

  Properties connack_properties() {
    const auto frame = test::frame_of(host.sent);
    EXPECT_EQ(frame.type, PacketType::connack);
    EXPECT_EQ(frame.body.substr(0, 2), "\0\0"s);
    Reader body(std::string_view(frame.body).substr(2));
    return decode_properties(body, PropertyPlace::connack);
  }

  core::SeededRandom random{1};
  RecordingHost host;
  std::int64_t now_ms = 1'000;
  Session session{host, random, now_ms};
};

TEST_F(SessionTest, AcceptsEveryVersion) {
  for (const Version version : {Version::v3_1, Version::v3_1_1, Version::v5}) {
    RecordingHost other;
    Session fresh(other, random, 0);
    fresh.receive(connect_packet({.version = version}), 0);
    EXPECT_EQ(test::frame_of(other.sent).type, PacketType::connack);
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
  receive(connect_packet() + test::disconnect_packet() + publish_packet({"t", "p", 0, false, {}}));
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
  receive(test::pingreq_packet());
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

// Publishing

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

// Subscribing

TEST_F(SessionTest, SubscriptionsAreGrantedInOrder) {
  connect_v3();
  receive(subscribe_packet({to("a", 1), to("b/+/c"), to("$aws/events/#"), to("$share/g/d", 1)}));
  EXPECT_EQ(host.sent, "\x90\6\0\7\1\0\0\1"s);
  EXPECT_EQ(host.subscribed_to.size(), 4U);
}

TEST_F(SessionTest, EightFiltersInOneSubscribe) {
  connect_v5();
  receive(subscribe_packet(std::vector(limits::max_filters_per_subscribe, to("t")), Version::v5));
  EXPECT_FALSE(host.closed);
  receive(
      subscribe_packet(std::vector(limits::max_filters_per_subscribe + 1, to("t")), Version::v5));
  expect_disconnected(ReasonCode::quota_exceeded);
}

TEST_F(SessionTest, SubscribingAtQos2ClosesTheConnection) {
  connect_v3();
  receive(subscribe_packet({to("t", 2)}));
  expect_closed_silently();
  EXPECT_TRUE(host.subscribed_to.empty());
}

TEST_F(SessionTest, BadFiltersCloseTheConnection) {
  for (const std::string& filter :
       {""s, "a/#/b"s, "a#"s, "a/b+"s, "$share/g"s, "$share//t"s, "$share/g+/t"s, "$share/g/"s,
        "$SYS/#"s, "1/2/3/4/5/6/7/8/9"s, std::string(limits::max_topic_bytes + 1, 'f')}) {
    RecordingHost other;
    Session fresh(other, random, 0);
    fresh.receive(connect_packet(), 0);
    fresh.receive(subscribe_packet({to(filter)}), 0);
    EXPECT_TRUE(other.closed) << filter;
    EXPECT_TRUE(other.subscribed_to.empty()) << filter;
  }
}

TEST_F(SessionTest, BadFiltersOfMqtt5AreRefusedOneByOne) {
  connect_v5();
  receive(subscribe_packet({to("a/#/b"), to("good", 1), to("$SYS/#")}, Version::v5));
  EXPECT_EQ(host.sent, "\x90\6\0\7\0\x8F\1\x87"s);
  EXPECT_FALSE(host.closed);
}

TEST_F(SessionTest, TheHostMayRefuseASubscription) {
  host.subscribe_reason = ReasonCode::quota_exceeded;
  connect_v3();
  receive(subscribe_packet({to("t")}));
  expect_closed_silently();
}

TEST_F(SessionTest, SubscriptionIdentifiersAreNotServed) {
  connect_v5();
  Properties properties;
  properties.add(PropertyId::subscription_identifier, 1);
  receive(subscribe_packet({to("t")}, Version::v5, properties));
  expect_disconnected(ReasonCode::subscription_identifiers_not_supported);
}

TEST_F(SessionTest, NoLocalIsNotForSharedSubscriptions) {
  connect_v5();
  Subscription shared = to("$share/g/t");
  shared.options.no_local = true;
  receive(subscribe_packet({shared}, Version::v5));
  expect_disconnected(ReasonCode::protocol_error);
}

TEST_F(SessionTest, UnsubscribeSaysWhetherThereWasSomething) {
  connect_v5();
  receive(test::unsubscribe_packet({"known", "other"}, Version::v5));
  EXPECT_EQ(host.sent, "\xB0\5\0\x08\0\0\x11"s);
}

// Other packets

TEST_F(SessionTest, AcknowledgementsReachTheHost) {
  connect_v3();
  receive(test::puback_packet(258));
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
  receive(test::disconnect_packet());
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
}  // namespace votemu::iot::mqtt
