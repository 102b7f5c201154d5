// Who hears what.
#include <gtest/gtest.h>

#include "services/iot/limits.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

TEST_F(BrokerTest, APublishReachesItsSubscribersAndNobodyElse) {
  auto dogs = subscriber("dogs", "votes/dogs");
  auto cats = subscriber("cats", "votes/cats");
  publish("votes/dogs", "1");
  EXPECT_EQ(dogs->take_payloads(), Payloads{"1"});
  EXPECT_EQ(cats->take_payloads(), Payloads{});
}

TEST_F(BrokerTest, AClientHearsWhatAnotherPublishes) {
  auto reader = subscriber("reader", "votes");
  auto writer = client("writer");
  writer->publish({"votes", "hello", 1, false, {}});
  EXPECT_EQ(reader->take_payloads(), Payloads{"hello"});
  EXPECT_EQ(writer->take_frames().back().type, PacketType::puback);
}

TEST_F(BrokerTest, ScopesHearNothingOfEachOther) {
  auto here = subscriber("same-id", "votes");
  auto elsewhere = client("same-id", {}, {"111111111111", "eu-west-1"});
  elsewhere->subscribe("votes");
  elsewhere->take_frames();
  publish("votes", "here");
  EXPECT_EQ(here->take_payloads(), Payloads{"here"});
  EXPECT_EQ(elsewhere->take_payloads(), Payloads{});
  EXPECT_FALSE(here->closed);
}

TEST_F(BrokerTest, WildcardsMatchAsInAws) {
  const auto hears = [&](const std::string& filter, const std::string& topic) {
    auto listener = subscriber("listener", filter);
    publish(topic, "x");
    return !listener->take_payloads().empty();
  };
  EXPECT_TRUE(hears("a/+/c", "a/b/c"));
  EXPECT_TRUE(hears("a/+", "a/"));
  EXPECT_FALSE(hears("a/+", "a/b/c"));
  EXPECT_FALSE(hears("a/+", "a"));
  EXPECT_TRUE(hears("+/+", "/b"));
  EXPECT_TRUE(hears("/+", "/b"));
  EXPECT_FALSE(hears("+", "/b"));
  EXPECT_TRUE(hears("#", "a/b/c"));
  EXPECT_TRUE(hears("a/#", "a/b"));
  EXPECT_TRUE(hears("a/#", "a/b/c/d"));
  EXPECT_TRUE(hears("a/#", "a/"));
  EXPECT_FALSE(hears("a/#", "ab"));
  EXPECT_TRUE(hears("+/b/#", "a/b/c"));
  EXPECT_FALSE(hears("A", "a"));
}

TEST_F(BrokerTest, HashDoesNotMatchItsParent) {
  auto listener = subscriber("listener", "sensor/#");
  publish("sensor", "parent");
  publish("sensor/1", "child");
  EXPECT_EQ(listener->take_payloads(), Payloads{"child"});
}

TEST_F(BrokerTest, OverlappingFiltersDeliverOnceAtTheHighestQos) {
  auto listener = subscriber("listener", "a/#");
  listener->subscribe("a/+", 1);
  listener->subscribe("#");
  listener->take_frames();
  publish("a/b", "x", 1);
  const auto publishes = listener->take_publishes();
  ASSERT_EQ(publishes.size(), 1U);
  EXPECT_EQ(publishes[0].message.qos, 1);
}

TEST_F(BrokerTest, SubscribingTwiceDeliversOnce) {
  auto listener = subscriber("listener", "votes", 1);
  listener->subscribe("votes", 0);
  listener->take_frames();
  publish("votes", "x", 1);
  const auto publishes = listener->take_publishes();
  ASSERT_EQ(publishes.size(), 1U);
  EXPECT_EQ(publishes[0].message.qos, 0);
}

TEST_F(BrokerTest, UnsubscribingEndsDelivery) {
  auto listener = subscriber("listener", "votes");
  listener->send_to_broker(unsubscribe_packet({"votes"}));
  listener->take_frames();
  publish("votes", "x");
  EXPECT_TRUE(listener->received.empty());
}

TEST_F(BrokerTest, APublisherThatSubscribesHearsItself) {
  auto echo = subscriber("echo", "votes");
  echo->publish({"votes", "me", 0, false, {}});
  EXPECT_EQ(echo->take_payloads(), Payloads{"me"});
}

TEST_F(BrokerTest, NoLocalKeepsOnesOwnMessagesAway) {
  auto echo = client("echo", {.version = Version::v5});
  mqtt::Subscription subscription = to("votes");
  subscription.options.no_local = true;
  echo->subscribe(subscription);
  echo->take_frames();
  echo->publish({"votes", "me", 0, false, {}});
  publish("votes", "other");
  EXPECT_EQ(echo->take_payloads(), Payloads{"other"});
}

TEST_F(BrokerTest, PropertiesReachMqtt5SubscribersOnly) {
  auto modern = client("modern", {.version = Version::v5});
  modern->subscribe("votes");
  modern->take_frames();
  auto old = subscriber("old", "votes");
  Properties properties;
  properties.add(PropertyId::content_type, std::string("text/plain")).add_user("a", "b");
  broker.publish({}, {"votes", "x", 0, false, properties});
  EXPECT_EQ(modern->take_publishes().at(0).message.properties, properties);
  EXPECT_EQ(old->take_payloads(), Payloads{"x"});
}

TEST_F(BrokerTest, OnePacketIsSharedByAThousandSubscribers) {
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 1'000; ++i) {
    clients.push_back(subscriber("client" + std::to_string(i), "votes", i % 2 == 0 ? 0 : 1));
  }
  publish("votes", "x", 1);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    ASSERT_EQ(clients[i]->received.size(), 1U) << i;
    EXPECT_EQ(clients[i]->received[0], clients[i % 2]->received[0]);
  }
  EXPECT_EQ(broker.connection_count(), 1'000U);
}

TEST_F(BrokerTest, ASlowSubscriberIsCutAndNobodyElseNotices) {
  auto slow = subscriber("slow", "votes");
  auto fast = subscriber("fast", "votes");
  slow->stalled = true;
  const std::string payload(limits::max_payload_bytes, 'x');
  const std::size_t count = limits::max_unsent_bytes / payload.size() + 1;
  for (std::size_t i = 0; i < count; ++i) publish("votes", payload);
  EXPECT_TRUE(slow->closed);
  EXPECT_LE(slow->unsent_bytes(), limits::max_unsent_bytes);
  EXPECT_FALSE(fast->closed);
  EXPECT_EQ(fast->take_payloads().size(), count);
  EXPECT_EQ(broker.connection_count(), 1U);
}

TEST_F(BrokerTest, TheSlowestGoesWhenAllTogetherHoldTooMuch) {
  // Each has its own messages and is within its own bound.
  const std::string payload(limits::max_payload_bytes, 'x');
  const std::size_t each = limits::max_unsent_bytes / payload.size() - 1;
  const std::size_t count = limits::max_packet_memory / (each * payload.size()) + 3;
  std::vector<std::unique_ptr<TestClient>> slow;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "slow" + std::to_string(i);
    slow.push_back(subscriber(name, name));
    slow.back()->stalled = true;
  }
  auto fast = subscriber("fast", "#");
  std::size_t heard = 0;
  const auto let_go = [&] {
    heard += fast->take_payloads().size();
    for (auto& reader : slow) {
      if (reader->closed) reader->received.clear();
    }
  };
  std::size_t published = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < each - i % 2; ++j) {
      publish("slow" + std::to_string(i), payload);
      ++published;
      let_go();
    }
  }
  const auto gone = std::ranges::count_if(slow, [](const auto& reader) { return reader->closed; });
  EXPECT_GE(gone, 1);
  EXPECT_LE(gone, 4);
  EXPECT_EQ(heard, published);
}

TEST_F(BrokerTest, AClientMayCutItselfOffByItsOwnPublishes) {
  auto echo = subscriber("echo", "votes");
  echo->stalled = true;
  const Message message{"votes", std::string(limits::max_payload_bytes, 'x'), 1, false, {}};
  for (int i = 0; i < 100; ++i) echo->publish(message);
  EXPECT_TRUE(echo->closed);
  EXPECT_EQ(broker.connection_count(), 0U);
}

TEST_F(BrokerTest, AClientThatTakesNoAnswersIsCut) {
  auto flood = client("flood");
  flood->stalled = true;
  flood->already_unsent = limits::max_unsent_bytes - 3;
  flood->send_to_broker(pingreq_packet());
  EXPECT_FALSE(flood->closed);
  flood->send_to_broker(pingreq_packet());
  EXPECT_FALSE(flood->closed);
  flood->send_to_broker(pingreq_packet());
  EXPECT_TRUE(flood->closed);
}

TEST_F(BrokerTest, FiftySubscriptionsAConnection) {
  auto greedy = client("greedy", {.version = Version::v5});
  for (std::size_t i = 0; i < limits::max_subscriptions_per_connection; ++i) {
    greedy->subscribe("topic/" + std::to_string(i));
    EXPECT_EQ(greedy->take_frames().back().body.back(), '\0');
  }
  greedy->subscribe("topic/0");
  EXPECT_EQ(greedy->take_frames().back().body.back(), '\0');
  greedy->subscribe("one/more");
  EXPECT_EQ(greedy->take_frames().back().body.back(), '\x97');
  EXPECT_FALSE(greedy->closed);
}

TEST_F(BrokerTest, OneOfAGroupHearsEachMessage) {
  auto first = subscriber("first", "$share/readers/votes");
  auto second = subscriber("second", "$share/readers/votes");
  auto alone = subscriber("alone", "votes");
  for (const char* payload : {"1", "2", "3", "4"}) publish("votes", payload);
  EXPECT_EQ(first->take_payloads(), (Payloads{"1", "3"}));
  EXPECT_EQ(second->take_payloads(), (Payloads{"2", "4"}));
  EXPECT_EQ(alone->take_payloads(), (Payloads{"1", "2", "3", "4"}));
  second->drop();
  publish("votes", "5");
  publish("votes", "6");
  EXPECT_EQ(first->take_payloads(), (Payloads{"5", "6"}));
}

TEST_F(BrokerTest, TheSameClientIdentifierTakesOver) {
  auto old = client("same", {.version = Version::v5});
  old->take_frames();
  auto young = client("same", {.version = Version::v5});
  const auto frames = old->take_frames();
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].type, PacketType::disconnect);
  EXPECT_EQ(frames[0].body, "\x8E");
  EXPECT_TRUE(old->closed);
  EXPECT_FALSE(young->closed);
  old->drop();
  EXPECT_EQ(broker.connection_count(), 1U);
}

TEST_F(BrokerTest, SilentClientsAreCutByTheClock) {
  auto listener = subscriber("listener", "votes");
  runtime.advance(80'000);
  listener->send_to_broker(pingreq_packet());
  runtime.advance(80'000);
  EXPECT_FALSE(listener->closed);
  runtime.advance(10'000);
  EXPECT_TRUE(listener->closed);
  EXPECT_EQ(runtime.timers.next_due_ms(), std::nullopt);
}

TEST_F(BrokerTest, ATransportWithoutConnectIsClosedInTime) {
  struct Silent final : Output {
    void send(std::shared_ptr<const std::string>) override {}
    void close() override { closed = true; }
    std::size_t unsent_bytes() const override { return 0; }
    bool closed = false;
  } silent;
  const auto connection = broker.connect({{}, "127.0.0.1"}, silent);
  EXPECT_EQ(broker.connection_count(), 0U);
  runtime.advance(limits::connect_timeout_ms);
  EXPECT_TRUE(silent.closed);
}

// Last wills

ConnectOptions with_will(std::uint32_t delay_s = 0) {
  ConnectOptions options;
  options.version = Version::v5;
  options.will = mqtt::Will{{"status", "gone", 0, false, {}}, delay_s};
  return options;
}

TEST_F(BrokerTest, AWillIsPublishedAtTheEndOfTheTurn) {
  auto watcher = subscriber("watcher", "status");
  auto mortal = client("mortal", with_will());
  mortal->drop();
  EXPECT_EQ(watcher->take_payloads(), Payloads{});
  runtime.finish_turn();
  EXPECT_EQ(watcher->take_payloads(), Payloads{"gone"});
}

TEST_F(BrokerTest, ACleanDisconnectHasNoWill) {
  auto watcher = subscriber("watcher", "status");
  auto mortal = client("mortal", with_will());
  mortal->send_to_broker(disconnect_packet());
  mortal->drop();
  runtime.finish_turn();
  EXPECT_EQ(watcher->take_payloads(), Payloads{});
}

TEST_F(BrokerTest, TakeoverAndKeepAlivePublishTheWill) {
  auto watcher = client("watcher", {.keep_alive_s = 1'200});
  watcher->subscribe("status");
  watcher->take_frames();
  auto old = client("mortal", with_will());
  auto young = client("mortal", with_will());
  runtime.finish_turn();
  EXPECT_EQ(watcher->take_payloads(), Payloads{"gone"});
  runtime.advance(90'000);
  EXPECT_EQ(watcher->take_payloads(), Payloads{"gone"});
}

TEST_F(BrokerTest, ADelayedWillWaits) {
  auto watcher = subscriber("watcher", "status");
  ConnectOptions options = with_will(20);
  options.properties.add(PropertyId::session_expiry_interval, 60);
  client("mortal", options)->drop();
  runtime.advance(19'000);
  EXPECT_EQ(watcher->take_payloads(), Payloads{});
  runtime.advance(1'000);
  EXPECT_EQ(watcher->take_payloads(), Payloads{"gone"});
}

TEST_F(BrokerTest, ADelayedWillIsForgottenWhenTheClientIsBack) {
  auto watcher = subscriber("watcher", "status");
  ConnectOptions options = with_will(20);
  options.clean_start = false;
  options.properties.add(PropertyId::session_expiry_interval, 60);
  client("mortal", options)->drop();
  auto back = client("mortal", options);
  runtime.advance(30'000);
  EXPECT_EQ(watcher->take_payloads(), Payloads{});
}

TEST_F(BrokerTest, AWillWaitsNoLongerThanItsSession) {
  auto watcher = subscriber("watcher", "status");
  client("mortal", with_will(20))->drop();
  runtime.finish_turn();
  EXPECT_EQ(watcher->take_payloads(), Payloads{"gone"});
}

}  // namespace
}  // namespace votemu::iot::test
