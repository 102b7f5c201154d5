// What a client may subscribe to.
#include "tests/unit/iot/session_fixture.h"

namespace votemu::iot::mqtt::test {
namespace {

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
  receive(unsubscribe_packet({"known", "other"}, Version::v5));
  EXPECT_EQ(host.sent, "\xB0\5\0\x08\0\0\x11"s);
}

}  // namespace
}  // namespace votemu::iot::mqtt::test
