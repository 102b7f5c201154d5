// QoS 1, sessions that outlive their connection, and retained messages.
#include <gtest/gtest.h>

#include "services/iot/limits.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

const ConnectOptions persistent{.clean_start = false};

class DeliveryTest : public BrokerTest {
 protected:
  // Subscribed at QoS 1, its state kept while it is away.
  std::unique_ptr<TestClient> persistent_reader() {
    auto reader = client("reader", persistent);
    reader->subscribe("votes", 1);
    reader->take_frames();
    return reader;
  }
};

TEST_F(DeliveryTest, QosIsTheLowerOfPublishAndSubscription) {
  auto at_0 = subscriber("at-0", "votes", 0);
  auto at_1 = subscriber("at-1", "votes", 1);
  publish("votes", "a", 0);
  publish("votes", "b", 1);
  for (const auto& got : at_0->take_publishes()) EXPECT_EQ(got.message.qos, 0);
  const auto got = at_1->take_publishes();
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[0].message.qos, 0);
  EXPECT_EQ(got[1].message.qos, 1);
  EXPECT_NE(got[1].packet_id, 0);
}

TEST_F(DeliveryTest, AHundredAreInFlightAndAcknowledgementsLetMoreOut) {
  auto reader = subscriber("reader", "votes", 1);
  for (int i = 0; i < limits::max_in_flight + 2; ++i) publish("votes", std::to_string(i), 1);
  const auto first = reader->take_publishes();
  ASSERT_EQ(first.size(), limits::max_in_flight);
  reader->acknowledge(first[5].packet_id);
  EXPECT_EQ(reader->take_payloads(), Payloads{"100"});
  reader->acknowledge(first[5].packet_id);
  EXPECT_EQ(reader->take_payloads(), Payloads{});
  reader->acknowledge(first[0].packet_id);
  EXPECT_EQ(reader->take_payloads(), Payloads{"101"});
}

TEST_F(DeliveryTest, TheClientsReceiveMaximumCounts) {
  ConnectOptions options{.version = Version::v5};
  options.properties.add(PropertyId::receive_maximum, 1);
  auto reader = client("reader", options);
  reader->subscribe("votes", 1);
  reader->take_frames();
  publish("votes", "a", 1);
  publish("votes", "b", 1);
  const auto first = reader->take_publishes();
  ASSERT_EQ(first.size(), 1U);
  reader->acknowledge(first[0].packet_id);
  EXPECT_EQ(reader->take_payloads(), Payloads{"b"});
}

TEST_F(DeliveryTest, TheClientsMaximumPacketSizeCounts) {
  ConnectOptions options{.version = Version::v5};
  options.properties.add(PropertyId::maximum_packet_size, 100);
  auto reader = client("reader", options);
  reader->subscribe("votes", 1);
  reader->take_frames();
  publish("votes", std::string(200, 'x'), 0);
  publish("votes", std::string(200, 'x'), 1);
  publish("votes", "short", 1);
  EXPECT_EQ(reader->take_payloads(), Payloads{"short"});
}

TEST_F(DeliveryTest, PacketIdentifiersInFlightAreNotUsedAgain) {
  auto reader = subscriber("reader", "votes", 1);
  publish("votes", "kept", 1);
  const std::uint16_t kept = reader->take_publishes().at(0).packet_id;
  // Identifiers come round after 65,535 messages.
  for (int i = 0; i < 65'533; ++i) publish("elsewhere", "x", 1);
  for (int i = 0; i < 3; ++i) {
    publish("votes", "x", 1);
    const std::uint16_t packet_id = reader->take_publishes().at(0).packet_id;
    EXPECT_NE(packet_id, kept);
    EXPECT_NE(packet_id, 0);
    reader->acknowledge(packet_id);
  }
}

TEST_F(DeliveryTest, ASubscriberThatNeverAcknowledgesIsCut) {
  auto deaf = subscriber("deaf", "votes", 1);
  const std::string payload(limits::max_payload_bytes, 'x');
  const std::size_t enough =
      limits::max_in_flight + limits::max_queued_bytes_connected / payload.size() + 1;
  for (std::size_t i = 0; i < enough; ++i) publish("votes", payload, 1);
  EXPECT_TRUE(deaf->closed);
}

TEST_F(DeliveryTest, ASessionIsResumedWithWhatItMissed) {
  auto reader = persistent_reader();
  publish("votes", "unacknowledged", 1);
  const auto sent = reader->take_publishes();
  reader->drop();
  publish("votes", "missed", 1);
  publish("votes", "not for those who are away", 0);

  auto back = client("reader", persistent);
  const auto frames = back->take_frames();
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(frames[0].body, std::string("\1\0", 2));  // session present
  const auto again = mqtt::decode_publish(frames[1].view(), Version::v3_1_1);
  EXPECT_EQ(again.message.payload, "unacknowledged");
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.packet_id, sent[0].packet_id);
  const auto missed = mqtt::decode_publish(frames[2].view(), Version::v3_1_1);
  EXPECT_EQ(missed.message.payload, "missed");
  EXPECT_FALSE(missed.duplicate);

  publish("votes", "subscribed still", 1);
  EXPECT_EQ(back->take_payloads(), Payloads{"subscribed still"});
}

TEST_F(DeliveryTest, ACleanStartForgets) {
  auto reader = persistent_reader();
  reader->drop();
  publish("votes", "missed", 1);
  auto back = client("reader");
  EXPECT_FALSE(back->take_session_present());
  publish("votes", "x", 1);
  EXPECT_EQ(back->take_payloads(), Payloads{});
}

TEST_F(DeliveryTest, ASessionExpires) {
  auto reader = persistent_reader();
  reader->drop();
  runtime.advance(std::int64_t{limits::max_session_expiry_s} * 1'000);
  EXPECT_FALSE(client("reader", persistent)->take_session_present());
}

TEST_F(DeliveryTest, VersionsDoNotTakeOverEachOthersSessions) {
  auto reader = persistent_reader();
  reader->drop();
  auto modern = client("reader", {.version = Version::v5, .clean_start = false});
  EXPECT_FALSE(modern->take_session_present());
}

TEST_F(DeliveryTest, WhatWaitsForAClientThatIsAwayHasABound) {
  auto reader = persistent_reader();
  reader->drop();
  const std::string payload(limits::max_payload_bytes, 'x');
  for (int i = 0; i < 100; ++i) publish("votes", payload, 1);
  auto back = client("reader", persistent);
  EXPECT_LE(back->take_payloads().size(), limits::max_queued_bytes_away / payload.size());
}

TEST_F(DeliveryTest, SessionsOfThoseAwayHaveABound) {
  for (std::size_t i = 0; i <= limits::max_sessions_away; ++i) {
    client("client" + std::to_string(i), persistent)->drop();
    runtime.advance(1);
  }
  EXPECT_TRUE(client("client1", persistent)->take_session_present());
  EXPECT_FALSE(client("client0", persistent)->take_session_present());
}

TEST_F(DeliveryTest, AMessageAgesWhileItWaits) {
  ConnectOptions options{.version = Version::v5, .clean_start = false};
  options.properties.add(PropertyId::session_expiry_interval, 600);
  auto reader = client("reader", options);
  reader->subscribe("votes", 1);
  reader->drop();
  for (const std::uint32_t expiry_s : {5U, 60U}) {
    PublishRequest request{"votes", std::to_string(expiry_s), 1, false, {}};
    request.properties.add(PropertyId::message_expiry_interval, expiry_s);
    broker.publish({}, request);
  }
  runtime.advance(10'000);
  const auto publishes = client("reader", options)->take_publishes();
  ASSERT_EQ(publishes.size(), 1U);
  EXPECT_EQ(publishes[0].message.payload, "60");
  EXPECT_EQ(publishes[0].message.properties.number(PropertyId::message_expiry_interval), 50U);
}

// Retained messages

TEST_F(DeliveryTest, ARetainedMessageAwaitsNewSubscribers) {
  publish("total", "41", 1, true);
  publish("total", "42", 1, true);
  auto late = client("late");
  late->take_frames();
  late->subscribe("total", 0);
  const auto frames = late->take_frames();
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[0].type, PacketType::suback);
  const auto got = mqtt::decode_publish(frames[1].view(), Version::v3_1_1);
  EXPECT_EQ(got.message, (Message{"total", "42", 0, true, {}}));
}

TEST_F(DeliveryTest, ALiveMessageIsNotMarkedAsRetained) {
  auto reader = subscriber("reader", "total");
  publish("total", "1", 0, true);
  EXPECT_FALSE(reader->take_publishes().at(0).message.retain);
}

TEST_F(DeliveryTest, RetainAsPublishedKeepsTheMark) {
  auto reader = client("reader", {.version = Version::v5});
  mqtt::Subscription subscription = to("total");
  subscription.options.retain_as_published = true;
  reader->subscribe(subscription);
  reader->take_frames();
  publish("total", "1", 0, true);
  publish("total", "2", 0, false);
  const auto got = reader->take_publishes();
  EXPECT_TRUE(got.at(0).message.retain);
  EXPECT_FALSE(got.at(1).message.retain);
}

TEST_F(DeliveryTest, RetainedMessagesAreForExactFiltersOnly) {
  publish("total", "42", 0, true);
  EXPECT_TRUE(subscriber("late", "#")->received.empty());
  auto wild = client("wild");
  for (const char* filter : {"+", "#", "$share/g/total"}) wild->subscribe(filter);
  EXPECT_EQ(wild->take_payloads(), Payloads{});
}

TEST_F(DeliveryTest, AnEmptyPayloadDeletesTheRetainedMessage) {
  publish("total", "42", 0, true);
  publish("total", "", 0, true);
  auto late = client("late");
  late->subscribe("total");
  EXPECT_EQ(late->take_payloads(), Payloads{});
}

TEST_F(DeliveryTest, RetainHandlingDecides) {
  publish("total", "42", 0, true);
  auto reader = client("reader", {.version = Version::v5});
  mqtt::Subscription subscription = to("total");
  subscription.options.retain_handling = mqtt::RetainHandling::do_not_send;
  reader->subscribe(subscription);
  EXPECT_EQ(reader->take_payloads(), Payloads{});
  subscription.options.retain_handling = mqtt::RetainHandling::send_when_new;
  reader->subscribe(subscription);
  EXPECT_EQ(reader->take_payloads(), Payloads{});
  subscription.options.retain_handling = mqtt::RetainHandling::send;
  reader->subscribe(subscription);
  EXPECT_EQ(reader->take_payloads(), Payloads{"42"});
}

TEST_F(DeliveryTest, RetainedMessagesSurviveTheBroker) {
  publish("total", "42", 0, true);
  Broker restarted(runtime.runtime);
  TestClient late(restarted, ConnectOptions{});
  late.subscribe("total");
  EXPECT_EQ(late.take_payloads(), Payloads{"42"});
}

TEST_F(DeliveryTest, AClientMayRetainToo) {
  auto writer = client("writer", {.version = Version::v5});
  Message message{"total", "42", 1, true, {}};
  message.properties.add(PropertyId::message_expiry_interval, 60);
  writer->publish(message);
  runtime.advance(20'000);
  auto late = client("late", {.version = Version::v5});
  late->subscribe("total");
  const auto got = late->take_publishes();
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0].message.properties.number(PropertyId::message_expiry_interval), 40U);
  runtime.advance(40'000);
  late->subscribe("total");
  EXPECT_EQ(late->take_payloads(), Payloads{});
}

}  // namespace
}  // namespace votemu::iot::test
