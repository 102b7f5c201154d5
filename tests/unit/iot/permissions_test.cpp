// Policies of the caller, as the broker asks for them.
#include "services/iot/permissions.h"

#include <gtest/gtest.h>

#include <set>

#include "services/iot/limits.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

// Allows all but what it was told to deny, and writes down what it was asked.
class TestAuthorizer final : public core::Authorizer {
 public:
  std::optional<std::string> denial(const core::Access& access) const override {
    const std::string asked = access.action + " " + access.resource;
    questions.push_back(asked);
    last_context = access.context;
    if (denied.contains(asked)) return "not authorized to perform: " + access.action;
    return std::nullopt;
  }

  std::set<std::string> denied;
  mutable std::vector<std::string> questions;
  mutable std::vector<core::ConditionKey> last_context;
};

class PermissionsTest : public BrokerTest {
 protected:
  static std::string arn(const std::string& resource) {
    return "arn:aws:iot:us-east-1:000000000000:" + resource;
  }
  std::unique_ptr<TestClient> guest(ConnectOptions options = {}) {
    options.client_id = "guest";
    return std::make_unique<TestClient>(broker, options, ClientInfo{{}, "10.0.0.1", "", policies});
  }
  void deny(const std::string& action, const std::string& resource) {
    policies->denied.insert(action + " " + arn(resource));
  }

  std::shared_ptr<TestAuthorizer> policies = std::make_shared<TestAuthorizer>();
};

const ConnectOptions v5{.version = Version::v5};

TEST_F(PermissionsTest, ConnectingIsAskedForTheClientIdentifier) {
  auto allowed = guest();
  EXPECT_FALSE(allowed->closed);
  EXPECT_EQ(policies->questions, Payloads{"iot:Connect " + arn("client/guest")});
  ASSERT_EQ(policies->last_context.size(), 1U);
  EXPECT_EQ(policies->last_context[0].name, "iot:ClientId");
  EXPECT_EQ(policies->last_context[0].values, Payloads{"guest"});
}

TEST_F(PermissionsTest, WhoMayNotConnectIsHungUpOn) {
  deny("iot:Connect", "client/guest");
  auto old = guest();
  EXPECT_TRUE(old->closed);
  EXPECT_TRUE(old->received.empty());
  auto modern = guest(v5);
  EXPECT_TRUE(modern->closed);
  const auto frames = modern->take_frames();
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].type, PacketType::connack);
  EXPECT_EQ(frames[0].body.at(1), '\x87');
  EXPECT_EQ(broker.connection_count(), 0U);
}

TEST_F(PermissionsTest, ARefusedConnectTakesNobodysPlace) {
  auto first = client("guest");
  deny("iot:Connect", "client/guest");
  guest();
  EXPECT_FALSE(first->closed);
}

TEST_F(PermissionsTest, TheWillIsAskedForWhenConnecting) {
  deny("iot:RetainPublish", "topic/wills");
  ConnectOptions options{.will = mqtt::Will{{"wills", "gone", 0, false, {}}, 0}};
  EXPECT_FALSE(guest(options)->closed);
  options.will->message.retain = true;
  EXPECT_TRUE(guest(options)->closed);
}

TEST_F(PermissionsTest, ADeniedSubscribeClosesAnOldClient) {
  deny("iot:Subscribe", "topicfilter/secret/#");
  auto old = guest();
  old->take_frames();
  old->subscribe("secret/#");
  EXPECT_TRUE(old->closed);
  EXPECT_TRUE(old->received.empty());
}

TEST_F(PermissionsTest, ADeniedSubscribeIsToldToMqtt5) {
  deny("iot:Subscribe", "topicfilter/secret");
  auto modern = guest(v5);
  modern->take_frames();
  modern->send_to_broker(subscribe_packet({to("secret"), to("open", 1)}, Version::v5));
  EXPECT_EQ(modern->take_frames().at(0).body.substr(3), "\x87\x01");
  EXPECT_FALSE(modern->closed);
  publish("secret", "x");
  publish("open", "y");
  EXPECT_EQ(modern->take_payloads(), Payloads{"y"});
}

TEST_F(PermissionsTest, ASharedSubscriptionIsAskedForAsItIsWritten) {
  deny("iot:Subscribe", "topicfilter/$share/readers/votes");
  deny("iot:Receive", "topic/votes/2");
  auto modern = guest(v5);
  modern->take_frames();
  modern->subscribe("$share/readers/votes");
  EXPECT_EQ(modern->take_frames().at(0).body.back(), '\x87');
  modern->subscribe("$share/readers/votes/+");
  modern->take_frames();
  publish("votes/1", "heard");
  publish("votes/2", "unheard");
  EXPECT_EQ(modern->take_payloads(), Payloads{"heard"});
}

TEST_F(PermissionsTest, ADeniedPublishClosesAnOldClient) {
  deny("iot:Publish", "topic/secret");
  auto listener = subscriber("listener", "secret");
  for (const std::uint8_t qos : {std::uint8_t{0}, std::uint8_t{1}}) {
    auto old = guest();
    old->take_frames();
    old->publish({"secret", "x", qos, false, {}});
    EXPECT_TRUE(old->closed);
    EXPECT_TRUE(old->received.empty());
  }
  EXPECT_TRUE(listener->received.empty());
}

TEST_F(PermissionsTest, ADeniedPublishIsToldToMqtt5) {
  deny("iot:Publish", "topic/secret");
  auto modern = guest(v5);
  modern->take_frames();
  modern->publish({"secret", "x", 1, false, {}});
  const auto puback = modern->take_frames().at(0);
  EXPECT_EQ(puback.type, PacketType::puback);
  EXPECT_EQ(puback.body.at(2), '\x87');
  EXPECT_FALSE(modern->closed);
  modern->publish({"secret", "x", 0, false, {}});
  const auto disconnect = modern->take_frames().at(0);
  EXPECT_EQ(disconnect.type, PacketType::disconnect);
  EXPECT_EQ(disconnect.body, "\x87");
  EXPECT_TRUE(modern->closed);
}

TEST_F(PermissionsTest, RetainingIsAskedForByItself) {
  deny("iot:RetainPublish", "topic/votes");
  auto modern = guest(v5);
  modern->take_frames();
  modern->publish({"votes", "x", 1, true, {}});
  EXPECT_EQ(modern->take_frames().at(0).body.at(2), '\x87');
  EXPECT_TRUE(subscriber("late", "votes")->received.empty());
}

TEST_F(PermissionsTest, WhatMayNotBeReceivedIsSilentlyWithheld) {
  deny("iot:Receive", "topic/votes/secret");
  auto reader = guest();
  reader->subscribe("votes/#", 1);
  reader->take_frames();
  for (const int qos : {0, 1}) {
    publish("votes/secret", "x", qos);
    publish("votes/open", "y", qos);
  }
  EXPECT_EQ(reader->take_payloads(), (Payloads{"y", "y"}));
  EXPECT_FALSE(reader->closed);
}

TEST_F(PermissionsTest, WhatWaitedIsWithheldToo) {
  auto asleep = guest({.clean_start = false});
  asleep->subscribe("votes", 1);
  asleep->drop();
  publish("votes", "x", 1);
  deny("iot:Receive", "topic/votes");
  auto awake = guest({.clean_start = false});
  EXPECT_TRUE(awake->take_session_present());
  EXPECT_EQ(awake->take_payloads(), Payloads{});
}

TEST_F(PermissionsTest, ReceivingIsAskedForOnceInAWhile) {
  auto reader = guest();
  reader->subscribe("votes");
  policies->questions.clear();
  for (int i = 0; i < 10; ++i) publish("votes", "x");
  EXPECT_EQ(policies->questions, Payloads{"iot:Receive " + arn("topic/votes")});
  runtime.advance(limits::receive_decision_ms);
  deny("iot:Receive", "topic/votes");
  reader->take_frames();
  publish("votes", "x");
  EXPECT_EQ(reader->take_payloads(), Payloads{});
}

TEST_F(PermissionsTest, RememberedDecisionsHaveABound) {
  auto reader = guest();
  reader->subscribe("votes/+");
  for (std::size_t i = 0; i < limits::max_receive_decisions; ++i) {
    publish("votes/" + std::to_string(i), "x");
  }
  policies->questions.clear();
  publish("votes/0", "x");
  EXPECT_EQ(policies->questions.size(), 1U);
}

}  // namespace
}  // namespace votemu::iot::test
