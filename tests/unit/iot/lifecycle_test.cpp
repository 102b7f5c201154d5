// `$aws/events/…`: who came, went and listens.
#include <gtest/gtest.h>

#include "core/json.h"
#include "services/iot/limits.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

using core::Json;

class LifecycleTest : public BrokerTest {
 protected:
  void SetUp() override {
    watcher = client("watcher", {.keep_alive_s = 1'200});
    watcher->subscribe("$aws/events/#", 1);
    runtime.finish_turn();
    watcher->take_frames();
  }

  struct Event {
    std::string topic;
    Json body;
  };
  std::vector<Event> take_events() {
    runtime.finish_turn();
    std::vector<Event> events;
    for (const auto& publish : watcher->take_publishes()) {
      watcher->acknowledge(publish.packet_id);
      events.push_back({publish.message.topic, core::parse_json(publish.message.payload)});
    }
    return events;
  }
  // Of the last one.
  std::string disconnect_reason() {
    const auto events = take_events();
    return events.empty() ? "" : events.back().body.value("disconnectReason", "");
  }
  std::unique_ptr<TestClient> signed_client(const ConnectOptions& options = {}) {
    return std::make_unique<TestClient>(broker, options,
                                        ClientInfo{{}, "192.0.2.1", "AROAEXAMPLE:session"});
  }

  std::unique_ptr<TestClient> watcher;
};

TEST_F(LifecycleTest, ConnectedSaysWhoAndFromWhere) {
  auto came = signed_client();
  auto events = take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].topic, "$aws/events/presence/connected/client");
  Json& event = events[0].body;
  EXPECT_EQ(event["sessionIdentifier"].get<std::string>().size(), 36U);
  event.erase("sessionIdentifier");
  EXPECT_EQ(event, (Json{{"clientId", "client"},
                         {"timestamp", runtime.clock.now_ms()},
                         {"eventType", "connected"},
                         {"principalIdentifier", "AROAEXAMPLE:session"},
                         {"ipAddress", "192.0.2.1"},
                         {"versionNumber", 0}}));
}

TEST_F(LifecycleTest, DisconnectedSaysWhy) {
  auto left = signed_client();
  const auto connected = take_events().at(0).body;
  left->send_to_broker(disconnect_packet());
  auto events = take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].topic, "$aws/events/presence/disconnected/client");
  EXPECT_EQ(events[0].body, (Json{{"clientId", "client"},
                                  {"timestamp", runtime.clock.now_ms()},
                                  {"eventType", "disconnected"},
                                  {"sessionIdentifier", connected["sessionIdentifier"]},
                                  {"principalIdentifier", "AROAEXAMPLE:session"},
                                  {"clientInitiatedDisconnect", true},
                                  {"disconnectReason", "CLIENT_INITIATED_DISCONNECT"},
                                  {"versionNumber", 0}}));
}

TEST_F(LifecycleTest, EveryEndHasItsReason) {
  auto lost = client("client");
  lost->drop();
  EXPECT_EQ(disconnect_reason(), "CONNECTION_LOST");

  auto polite = client("client", {.will = mqtt::Will{{"wills", "gone", 0, false, {}}, 0}});
  auto heir = subscriber("heir", "wills");
  take_events();
  polite->leave();
  EXPECT_EQ(disconnect_reason(), "CLIENT_INITIATED_DISCONNECT");
  EXPECT_TRUE(heir->received.empty());

  auto wrong = client("client");
  wrong->publish({"a/+", "x", 0, false, {}});
  EXPECT_EQ(disconnect_reason(), "CLIENT_ERROR");

  auto first = client("client");
  take_events();
  auto second = client("client");
  const auto events = take_events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].body["disconnectReason"], "DUPLICATE_CLIENTID");
  EXPECT_EQ(events[0].body["clientInitiatedDisconnect"], false);
  EXPECT_EQ(events[1].body["eventType"], "connected");

  runtime.advance(90'000);
  EXPECT_EQ(disconnect_reason(), "MQTT_KEEP_ALIVE_TIMEOUT");

  auto slow = subscriber("client", "votes");
  slow->already_unsent = limits::max_unsent_bytes;
  publish("votes", "x");
  EXPECT_EQ(disconnect_reason(), "SERVER_INITIATED_DISCONNECT");

  auto forbidden = client("client");
  forbidden->publish({"$aws/things/x/shadow/get", "", 0, false, {}});
  EXPECT_EQ(disconnect_reason(), "AUTH_ERROR");
}

TEST_F(LifecycleTest, AConnectionLastsADay) {
  auto busy = client("busy", {.version = Version::v5, .keep_alive_s = 1'200});
  for (std::int64_t passed = 0; passed < limits::max_connection_ms; passed += 1'200'000) {
    EXPECT_FALSE(busy->closed);
    for (const auto& alive : {busy.get(), watcher.get()}) {
      if (!alive->closed) alive->send_to_broker(pingreq_packet());
    }
    if (passed == 1'200'000) {
      watcher = client("fresh", {.keep_alive_s = 1'200});
      watcher->subscribe("$aws/events/presence/disconnected/busy");
    }
    runtime.advance(1'200'000);
  }
  EXPECT_TRUE(busy->closed);
  EXPECT_EQ(busy->take_frames().back().body, "\xA0");
  EXPECT_EQ(disconnect_reason(), "WEBSOCKET_TTL_EXPIRATION");
}

TEST_F(LifecycleTest, SubscriptionsAreTold) {
  auto reader = client("reader");
  take_events();
  reader->send_to_broker(subscribe_packet({to("a"), to("b/#", 1)}));
  auto events = take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].topic, "$aws/events/subscriptions/subscribed/reader");
  EXPECT_EQ(events[0].body["eventType"], "subscribed");
  EXPECT_EQ(events[0].body["principalIdentifier"], "anonymous");
  EXPECT_EQ(events[0].body["topics"], (Json{"a", "b/#"}));
  EXPECT_FALSE(events[0].body.contains("versionNumber"));
  reader->send_to_broker(unsubscribe_packet({"a"}));
  events = take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].topic, "$aws/events/subscriptions/unsubscribed/reader");
  EXPECT_EQ(events[0].body["topics"], (Json{"a"}));
}

TEST_F(LifecycleTest, RefusedSubscriptionsAreNotTold) {
  auto reader = client("reader", {.version = Version::v5});
  take_events();
  reader->subscribe("$SYS/#");
  EXPECT_TRUE(take_events().empty());
}

TEST_F(LifecycleTest, ARefusedConnectionIsTold) {
  struct Nobody final : core::Authorizer {
    std::optional<std::string> denial(const core::Access&) const override { return "no"; }
  };
  TestClient refused(broker, ConnectOptions{},
                     ClientInfo{{}, "192.0.2.1", "AROA:guest", std::make_shared<Nobody>()});
  auto events = take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].topic, "$aws/events/presence/connect_failed/client");
  EXPECT_EQ(events[0].body["connectFailureReason"], "AUTHORIZATION_FAILED");
  EXPECT_EQ(events[0].body["eventType"], "connect_failed");
  EXPECT_EQ(events[0].body["ipAddress"], "192.0.2.1");
}

TEST_F(LifecycleTest, VersionsCountUpUntilAnHourPassed) {
  for (const int version : {0, 1, 2}) {
    auto came = client("client");
    came->drop();
    const auto events = take_events();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].body["versionNumber"], version);
    EXPECT_EQ(events[1].body["versionNumber"], version);
  }
  for (int i = 0; i < 4; ++i) {
    watcher->send_to_broker(pingreq_packet());
    runtime.advance(900'000);
  }
  auto came = client("client");
  EXPECT_EQ(take_events().at(0).body["versionNumber"], 0);
}

TEST_F(LifecycleTest, APersistentSessionKeepsItsIdentifier) {
  const ConnectOptions options{.clean_start = false};
  client("sleeper", options)->drop();
  const auto first = take_events().at(0).body["sessionIdentifier"];
  auto back = client("sleeper", options);
  EXPECT_EQ(take_events().at(0).body["sessionIdentifier"], first);
}

TEST_F(LifecycleTest, HashDoesNotHearThem) {
  auto all = subscriber("all", "#");
  auto plus = subscriber("plus", "+/events/#");
  auto came = client("client");
  runtime.finish_turn();
  EXPECT_TRUE(all->received.empty());
  EXPECT_TRUE(plus->received.empty());
}

TEST_F(LifecycleTest, NamesThatWouldBeWildcardsAreNotTold) {
  auto odd = client("a+b");
  auto other = client("#");
  EXPECT_TRUE(take_events().empty());
}

TEST_F(LifecycleTest, AskingWhoListensTakesNobodysTurn) {
  auto one = subscriber("one", "$share/g/$aws/events/presence/connected/+");
  auto two = subscriber("two", "$share/g/$aws/events/presence/connected/+");
  runtime.finish_turn();
  one->take_frames();
  two->take_frames();
  std::vector<std::unique_ptr<TestClient>> clients;
  for (const char* id : {"a", "b", "c", "d"}) clients.push_back(client(id));
  runtime.finish_turn();
  EXPECT_EQ(one->take_payloads().size(), 2U);
  EXPECT_EQ(two->take_payloads().size(), 2U);
}

}  // namespace
}  // namespace votemu::iot::test
