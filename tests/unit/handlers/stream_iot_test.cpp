#include "handlers/stream_iot/handler.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/fake_context.h"

namespace votemu::vote {
namespace {

using Json = nlohmann::json;

struct StreamIot : testing::Test {
  StreamIot() { context.variables = {{"IOT_TOPIC", "votes"}, {"IOT_ENDPOINT", "localhost:4566"}}; }

  static Json record(const std::string& event, const std::string& id, const Json& new_image) {
    Json change = {{"Keys", {{"PK", {{"S", id}}}, {"SK", {{"S", "total"}}}}}};
    if (!new_image.is_null()) change["NewImage"] = new_image;
    return {{"eventName", event}, {"dynamodb", change}};
  }
  static Json votes(const std::string& number) { return {{"votes", {{"N", number}}}}; }

  std::string run(const std::vector<Json>& records) {
    return test::invoke(stream_iot, Json({{"Records", records}}).dump(), context);
  }

  test::FakeContext context;
};

TEST_F(StreamIot, PublishesTheTotalsThatChanged) {
  EXPECT_EQ(run({record("INSERT", "dog", votes("1")), record("MODIFY", "cat", votes("42"))}),
            "null");
  ASSERT_EQ(context.iot_client.published.size(), 1U);
  const auto& message = context.iot_client.published[0];
  EXPECT_EQ(message.topic, "votes");
  EXPECT_EQ(message.payload, R"([{"id":"dog","votes":"1"},{"id":"cat","votes":"42"}])");
  EXPECT_EQ(message.qos, 0);
  EXPECT_EQ(context.iot_endpoint, "localhost:4566");
}

TEST_F(StreamIot, KeepsEveryDigitOfATotal) {
  run({record("MODIFY", "dog", votes("12345678901234567890123456789012345678"))});
  ASSERT_EQ(context.iot_client.published.size(), 1U);
  EXPECT_EQ(context.iot_client.published[0].payload,
            R"([{"id":"dog","votes":"12345678901234567890123456789012345678"}])");
}

TEST_F(StreamIot, PassesOverWhatHasNoTotal) {
  const Json other_key = {
      {"eventName", "INSERT"},
      {"dynamodb", {{"Keys", {{"id", {{"S", "x"}}}}}, {"NewImage", votes("1")}}}};
  run({record("REMOVE", "gone", nullptr), record("INSERT", "bare", {{"SK", {{"S", "total"}}}}),
       record("INSERT", "text", {{"votes", {{"S", "1"}}}}), other_key,
       record("MODIFY", "dog", votes("2"))});
  ASSERT_EQ(context.iot_client.published.size(), 1U);
  EXPECT_EQ(context.iot_client.published[0].payload, R"([{"id":"dog","votes":"2"}])");
}

TEST_F(StreamIot, PublishesNothingWithoutTotals) {
  EXPECT_EQ(run({record("REMOVE", "dog", nullptr)}), "null");
  EXPECT_EQ(run({}), "null");
  EXPECT_TRUE(context.iot_client.published.empty());
}

TEST_F(StreamIot, FailsWhenItCannotPublish) {
  context.iot_client.failure = [] { throw abi::AwsError("ThrottlingException", "slow down", 429); };
  EXPECT_THROW(run({record("MODIFY", "dog", votes("2"))}), abi::AwsError);
}

}  // namespace
}  // namespace votemu::vote
