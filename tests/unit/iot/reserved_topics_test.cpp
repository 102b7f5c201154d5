// Topics that begin with `$`.
#include <gtest/gtest.h>

#include "core/aws_error.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

class ReservedTopicsTest : public BrokerTest {
 protected:
  // What became of a QoS 1 publish by an MQTT 5 client: the reason of its PUBACK.
  ReasonCode puback_of(const Message& message) {
    auto writer = client("writer", {.version = Version::v5});
    writer->take_frames();
    writer->publish(message);
    const auto frame = writer->take_frames().at(0);
    EXPECT_EQ(frame.type, PacketType::puback);
    return frame.body.size() > 2 ? static_cast<ReasonCode>(frame.body[2]) : ReasonCode::success;
  }
  ReasonCode suback_of(const std::string& filter) {
    auto reader = client("reader", {.version = Version::v5});
    reader->take_frames();
    reader->subscribe(filter);
    return static_cast<ReasonCode>(reader->take_frames().at(0).body.back());
  }
  std::string http_error(const PublishRequest& request) {
    try {
      broker.publish({}, request);
    } catch (const core::AwsError& error) {
      return error.code();
    }
    return "";
  }
};

TEST_F(ReservedTopicsTest, BasicIngestIsAcceptedAndNobodyHearsIt) {
  auto all = subscriber("all", "$aws/#");
  auto inner = subscriber("inner", "room/light");
  EXPECT_EQ(puback_of({"$aws/rules/Building/room/light", "on", 1, false, {}}), ReasonCode::success);
  EXPECT_EQ(http_error({"$aws/rules/Building/room/light", "on", 0, false, {}}), "");
  auto old = client("old");
  old->publish({"$aws/rules/Building", "on", 0, false, {}});
  EXPECT_FALSE(old->closed);
  EXPECT_TRUE(all->take_payloads().empty());
  EXPECT_TRUE(inner->received.empty());
}

TEST_F(ReservedTopicsTest, BasicIngestDoesNotCountItsFirstLevels) {
  const std::string prefix = "$aws/rules/Building/";
  EXPECT_EQ(puback_of({prefix + "1/2/3/4/5/6/7/8", "x", 1, false, {}}), ReasonCode::success);
  EXPECT_EQ(puback_of({prefix + "1/2/3/4/5/6/7/8/9", "x", 1, false, {}}),
            ReasonCode::topic_name_invalid);
  EXPECT_EQ(puback_of({prefix + std::string(256, 't'), "x", 1, false, {}}), ReasonCode::success);
  EXPECT_EQ(puback_of({"$aws/rules//x", "x", 1, false, {}}), ReasonCode::topic_name_invalid);
}

TEST_F(ReservedTopicsTest, NothingElseIsTaken) {
  for (const char* topic : {"$aws/things/x/shadow/get", "$aws/events/presence/connected/me",
                            "$SYS/x", "$votes", "$aws/rules"}) {
    EXPECT_EQ(puback_of({topic, "x", 1, false, {}}), ReasonCode::not_authorized) << topic;
    EXPECT_EQ(http_error({topic, "x", 0, false, {}}), "ForbiddenException") << topic;
    auto old = client("old");
    old->take_frames();
    old->publish({topic, "x", 1, false, {}});
    EXPECT_TRUE(old->closed) << topic;
    EXPECT_TRUE(old->received.empty()) << topic;
  }
}

TEST_F(ReservedTopicsTest, NothingIsRetainedThere) {
  EXPECT_EQ(puback_of({"$aws/rules/Building/x", "x", 1, true, {}}), ReasonCode::not_authorized);
  EXPECT_EQ(http_error({"$aws/rules/Building/x", "x", 0, true, {}}), "ForbiddenException");
}

TEST_F(ReservedTopicsTest, OnlyWhatCanBeHeardIsSubscribedTo) {
  EXPECT_EQ(suback_of("$aws/events/presence/connected/+"), ReasonCode::success);
  EXPECT_EQ(suback_of("$aws/things/x/shadow/update/accepted"), ReasonCode::success);
  EXPECT_EQ(suback_of("$aws/rules/Building/#"), ReasonCode::not_authorized);
  EXPECT_EQ(suback_of("$SYS/#"), ReasonCode::not_authorized);
  EXPECT_EQ(suback_of("$share/g/$SYS/#"), ReasonCode::not_authorized);
}

}  // namespace
}  // namespace votemu::iot::test
