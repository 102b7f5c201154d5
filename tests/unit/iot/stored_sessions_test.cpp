// Persistent sessions across a death of the process: the store is all that is left.
#include "services/iot/stored_sessions.h"

#include <gtest/gtest.h>

#include "core/keys.h"
#include "services/iot/limits.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

const ConnectOptions persistent{.client_id = "reader", .clean_start = false};

class StoredSessionsTest : public ::testing::Test {
 protected:
  using Clients = std::vector<std::unique_ptr<TestClient>>;

  // As after kill -9: what was in memory is lost, and nobody said goodbye.
  void crash() {
    runtime.finish_turn();
    dead_brokers.push_back(std::move(broker));
    std::destroy_at(&runtime.timers);
    std::construct_at(&runtime.timers, runtime.clock);
    broker = std::make_unique<Broker>(runtime.runtime);
    runtime.finish_turn();
  }
  TestClient& connect(const ConnectOptions& options = persistent) {
    clients.push_back(std::make_unique<TestClient>(*broker, options));
    return *clients.back();
  }
  TestClient& subscribed(const std::string& filter = "votes",
                         const ConnectOptions& options = persistent) {
    TestClient& reader = connect(options);
    reader.subscribe(filter, 1);
    reader.take_frames();
    return reader;
  }
  void publish(const std::string& topic, const std::string& payload, int qos = 1) {
    broker->publish({}, {topic, payload, qos, false, {}});
  }
  std::size_t rows(core::Table table) {
    std::size_t count = 0;
    for (auto row = runtime.store.scan(core::Key(table)); row.valid(); row.next()) ++count;
    return count;
  }
  void expect_no_rows() {
    EXPECT_EQ(rows(core::Table::iot_session), 0U);
    EXPECT_EQ(rows(core::Table::iot_session_message), 0U);
    EXPECT_EQ(rows(core::Table::iot_message), 0U);
  }

  votemu::test::TestRuntime runtime;
  std::vector<std::unique_ptr<Broker>> dead_brokers;  // their clients still point into them
  std::unique_ptr<Broker> broker = std::make_unique<Broker>(runtime.runtime);
  Clients clients;
};

TEST_F(StoredSessionsTest, WhatCameWhileAwayIsThereAfterARestart) {
  subscribed().send_to_broker(disconnect_packet());
  publish("votes", "1");
  publish("votes", "2");
  crash();
  publish("votes", "3");
  TestClient& back = connect();
  EXPECT_TRUE(back.take_frames().at(0).body.at(0));
  back.take_frames();
  crash();
  TestClient& again = connect();
  const auto publishes = again.take_publishes();
  ASSERT_EQ(publishes.size(), 3U);
  EXPECT_EQ(publishes[0].message.payload, "1");
  EXPECT_EQ(publishes[2].message.payload, "3");
}

TEST_F(StoredSessionsTest, WhatWasInFlightComesAgainWithTheSameIdentifiers) {
  TestClient& reader = subscribed();
  publish("votes", "1");
  publish("votes", "2");
  publish("votes", "3");
  const auto sent = reader.take_publishes();
  ASSERT_EQ(sent.size(), 3U);
  reader.acknowledge(sent[1].packet_id);
  crash();
  const auto again = connect().take_publishes();
  ASSERT_EQ(again.size(), 2U);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_TRUE(again[i].duplicate);
    EXPECT_EQ(again[i].packet_id, sent[2 * i].packet_id);
    EXPECT_EQ(again[i].message.payload, sent[2 * i].message.payload);
  }
}

TEST_F(StoredSessionsTest, WhatDidNotFitInFlightWaitsOn) {
  TestClient& reader = subscribed();
  const int count = limits::max_in_flight + 3;
  for (int i = 0; i < count; ++i) publish("votes", std::to_string(i));
  EXPECT_EQ(reader.take_payloads().size(), limits::max_in_flight);
  crash();
  TestClient& back = connect();
  std::vector<std::string> heard;
  for (auto publishes = back.take_publishes(); !publishes.empty();
       publishes = back.take_publishes()) {
    for (const auto& got : publishes) {
      heard.push_back(got.message.payload);
      EXPECT_EQ(got.duplicate, heard.size() <= limits::max_in_flight);
      back.acknowledge(got.packet_id);
    }
  }
  ASSERT_EQ(heard.size(), static_cast<std::size_t>(count));
  EXPECT_EQ(heard.back(), std::to_string(count - 1));
  EXPECT_EQ(rows(core::Table::iot_session_message), 0U);
  EXPECT_EQ(rows(core::Table::iot_message), 0U);
}

TEST_F(StoredSessionsTest, SubscriptionsAndTheirOptionsSurvive) {
  ConnectOptions options = persistent;
  options.version = Version::v5;
  options.properties.add(PropertyId::session_expiry_interval, 600);
  TestClient& reader = connect(options);
  mqtt::Subscription quiet = to("own", 1);
  quiet.options.no_local = true;
  quiet.options.retain_as_published = true;
  reader.subscribe(quiet);
  reader.subscribe("left");
  reader.subscribe("$share/g/votes/+", 1);
  reader.send_to_broker(unsubscribe_packet({"left"}, Version::v5));
  crash();
  TestClient& back = connect(options);
  back.take_frames();
  back.publish({"own", "mine", 1, false, {}});
  broker->publish({}, {"own", "kept", 1, true, {}});
  publish("left", "x");
  publish("votes/1", "shared");
  const auto publishes = back.take_publishes();
  ASSERT_EQ(publishes.size(), 2U);
  EXPECT_EQ(publishes[0].message.payload, "kept");
  EXPECT_TRUE(publishes[0].message.retain);
  EXPECT_EQ(publishes[1].message.payload, "shared");
}

TEST_F(StoredSessionsTest, MessagesKeepTheirPropertiesAndAge) {
  ConnectOptions options = persistent;
  options.version = Version::v5;
  options.properties.add(PropertyId::session_expiry_interval, 600);
  subscribed("votes", options);
  Properties properties;
  properties.add(PropertyId::message_expiry_interval, 60).add_user("a", "b");
  broker->publish({}, {"votes", "x", 1, false, properties});
  broker->publish({}, {"votes", "y", 1, false, {}});
  clients.back()->take_frames();
  crash();
  runtime.clock.advance(20'000);
  const auto publishes = connect(options).take_publishes();
  ASSERT_EQ(publishes.size(), 2U);
  EXPECT_EQ(publishes[0].message.properties.number(PropertyId::message_expiry_interval), 40U);
  EXPECT_EQ(std::get<mqtt::UserProperty>(publishes[0].message.properties.all().back().value),
            (mqtt::UserProperty{"a", "b"}));
}

TEST_F(StoredSessionsTest, ACleanSessionIsNeverWritten) {
  subscribed("votes", {.client_id = "clean"});
  subscribed("votes", {.version = Version::v5, .client_id = "clean5", .clean_start = false});
  publish("votes", "x");
  expect_no_rows();
}

TEST_F(StoredSessionsTest, Qos0WritesNothing) {
  TestClient& reader = subscribed();
  publish("votes", "x", 0);
  EXPECT_EQ(rows(core::Table::iot_message), 0U);
  reader.drop();
  publish("votes", "x", 0);
  EXPECT_EQ(rows(core::Table::iot_message), 0U);
}

TEST_F(StoredSessionsTest, AMessageIsWrittenOnceForAllSessions) {
  for (int i = 0; i < 10; ++i) {
    ConnectOptions options = persistent;
    options.client_id = "reader" + std::to_string(i);
    subscribed("votes", options);
  }
  publish("votes", "x");
  EXPECT_EQ(rows(core::Table::iot_message), 1U);
  EXPECT_EQ(rows(core::Table::iot_session_message), 10U);
  for (auto& reader : clients) reader->acknowledge(reader->take_publishes().at(0).packet_id);
  EXPECT_EQ(rows(core::Table::iot_message), 0U);
  EXPECT_EQ(rows(core::Table::iot_session_message), 0U);
}

TEST_F(StoredSessionsTest, ASharedContentIsKeptUntilItsLastSessionHasIt) {
  ConnectOptions other = persistent;
  other.client_id = "other";
  subscribed();
  subscribed("votes", other);
  publish("votes", "x");
  crash();
  TestClient& first = connect();
  first.acknowledge(first.take_publishes().at(0).packet_id);
  EXPECT_EQ(rows(core::Table::iot_message), 1U);
  crash();
  TestClient& second = connect(other);
  second.acknowledge(second.take_publishes().at(0).packet_id);
  EXPECT_EQ(rows(core::Table::iot_message), 0U);
}

TEST_F(StoredSessionsTest, TheDeadlineStandsWhileVotemuIsDown) {
  subscribed().drop();
  publish("votes", "x");
  runtime.advance(std::int64_t{limits::max_session_expiry_s} * 1'000 - 2'000);
  crash();
  runtime.advance(1'000);
  EXPECT_EQ(rows(core::Table::iot_session), 1U);
  runtime.advance(1'000);
  expect_no_rows();
}

TEST_F(StoredSessionsTest, WhatExpiredMeanwhileIsGoneAtTheStart) {
  subscribed().drop();
  publish("votes", "x");
  runtime.finish_turn();
  runtime.clock.advance(std::int64_t{limits::max_session_expiry_s} * 1'000 + 1);
  crash();
  expect_no_rows();
  EXPECT_FALSE(connect().take_session_present());
}

TEST_F(StoredSessionsTest, WhoWasConnectedHasItsTimeFromTheRestart) {
  subscribed();
  runtime.clock.advance(std::int64_t{limits::max_session_expiry_s} * 2'000);
  crash();
  runtime.advance(std::int64_t{limits::max_session_expiry_s} * 1'000 - 1);
  crash();
  runtime.advance(0);
  EXPECT_EQ(rows(core::Table::iot_session), 1U);
  runtime.advance(1);
  expect_no_rows();
}

TEST_F(StoredSessionsTest, AClockSetBackMakesNoSessionLonger) {
  subscribed().drop();
  runtime.finish_turn();
  runtime.clock.jump(-std::int64_t{86'400'000});
  crash();
  runtime.advance(std::int64_t{limits::max_session_expiry_s} * 1'000);
  expect_no_rows();
}

TEST_F(StoredSessionsTest, ACleanStartLeavesNothing) {
  subscribed().drop();
  publish("votes", "x");
  connect({.client_id = "reader"});
  expect_no_rows();
}

TEST_F(StoredSessionsTest, Mqtt5MayEndItsSessionWhenItLeaves) {
  ConnectOptions options = persistent;
  options.version = Version::v5;
  options.properties.add(PropertyId::session_expiry_interval, 600);
  TestClient& reader = subscribed("votes", options);
  publish("votes", "x");
  mqtt::Writer body;
  Properties end;
  end.add(PropertyId::session_expiry_interval, 0U);
  body.byte(0);
  mqtt::encode_properties(body, end);
  reader.send_to_broker(mqtt::packet(PacketType::disconnect, 0, body.bytes()));
  expect_no_rows();
}

TEST_F(StoredSessionsTest, VersionsDoNotTakeOverEachOthersSessionsAfterARestart) {
  subscribed().drop();
  crash();
  ConnectOptions options = persistent;
  options.version = Version::v5;
  EXPECT_FALSE(connect(options).take_session_present());
  expect_no_rows();
}

TEST_F(StoredSessionsTest, ADelayedWillSurvives) {
  ConnectOptions options = persistent;
  options.version = Version::v5;
  options.will = mqtt::Will{{"wills", "gone", 0, false, {}}, 20};
  options.properties.add(PropertyId::session_expiry_interval, 600);
  connect(options).drop();
  runtime.advance(5'000);
  crash();
  TestClient& watcher = subscribed("wills", {.client_id = "watcher"});
  runtime.advance(14'000);
  EXPECT_EQ(watcher.take_payloads(), Payloads{});
  runtime.advance(1'000);
  EXPECT_EQ(watcher.take_payloads(), Payloads{"gone"});
  crash();
  TestClient& later = subscribed("wills", {.client_id = "later"});
  runtime.advance(30'000);
  EXPECT_EQ(later.take_payloads(), Payloads{});
}

TEST_F(StoredSessionsTest, ScopesAreKeptApart) {
  const core::Scope elsewhere{"111111111111", "eu-west-1"};
  clients.push_back(std::make_unique<TestClient>(*broker, persistent, elsewhere));
  clients.back()->subscribe("votes", 1);
  crash();
  broker->publish(elsewhere, {"votes", "there", 1, false, {}});
  publish("votes", "here");
  clients.push_back(std::make_unique<TestClient>(*broker, persistent, elsewhere));
  EXPECT_EQ(clients.back()->take_payloads(), Payloads{"there"});
  EXPECT_FALSE(connect().take_session_present());
}

TEST_F(StoredSessionsTest, WhatWaitsInTheStoreHasABound) {
  const std::string payload(limits::max_payload_bytes, 'x');
  const std::size_t sessions = limits::max_stored_message_bytes / limits::max_queued_bytes_away + 5;
  for (std::size_t i = 0; i < sessions; ++i) {
    ConnectOptions options = persistent;
    options.client_id = "reader" + std::to_string(i);
    subscribed("votes/" + std::to_string(i), options).drop();
  }
  for (std::size_t i = 0; i < sessions; ++i) {
    for (int j = 0; j < 8; ++j) publish("votes/" + std::to_string(i), payload);
  }
  EXPECT_LE(rows(core::Table::iot_message),
            limits::max_stored_message_bytes / limits::max_payload_bytes);
  // A session that found no room has lost what came last and lives on.
  runtime.finish_turn();
  publish("votes/0", "x");
  ConnectOptions options = persistent;
  options.client_id = "reader" + std::to_string(sessions - 1);
  EXPECT_TRUE(connect(options).take_session_present());
}

TEST_F(StoredSessionsTest, AConnectedSessionGetsWhatFoundNoRoom) {
  TestClient& reader = subscribed();
  const std::string payload(limits::max_payload_bytes, 'x');
  ConnectOptions options = persistent;
  std::size_t filled = 0;
  for (int i = 0; filled < limits::max_stored_message_bytes; ++i) {
    options.client_id = "filler" + std::to_string(i);
    subscribed("fill/" + std::to_string(i), options).drop();
    for (int j = 0; j < 7; ++j) publish("fill/" + std::to_string(i), payload);
    filled += 7 * payload.size();
  }
  publish("votes", payload);
  const auto got = reader.take_publishes();
  ASSERT_EQ(got.size(), 1U);
  reader.acknowledge(got[0].packet_id);
  publish("votes", "small");
  EXPECT_EQ(reader.take_payloads(), Payloads{"small"});
}

}  // namespace
}  // namespace votemu::iot::test
