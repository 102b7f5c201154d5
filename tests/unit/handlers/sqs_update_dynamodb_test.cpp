#include "handlers/sqs_update_dynamodb/handler.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/fake_context.h"

namespace votemu::vote {
namespace {

using Json = nlohmann::json;

struct SqsUpdateDynamoDb : testing::Test {
  test::FakeContext context;

  static Json request_for(const std::string& id) {
    return {{"httpMethod", "POST"}, {"body", Json({{"id", id}}).dump()}};
  }
  // A batch of messages with these bodies, their ids counted from 0.
  static std::string batch(const std::vector<std::string>& bodies) {
    Json records = Json::array();
    for (const auto& body : bodies) {
      records.push_back({{"messageId", std::to_string(records.size())}, {"body", body}});
    }
    return Json({{"Records", records}}).dump();
  }
  std::vector<std::string> failures_of(const std::vector<std::string>& bodies) {
    const auto result = Json::parse(test::invoke(sqs_update_dynamodb, batch(bodies), context));
    std::vector<std::string> failed;
    for (const auto& failure : result.at("batchItemFailures")) {
      failed.push_back(failure.at("itemIdentifier").get<std::string>());
    }
    return failed;
  }
};

using Ids = std::vector<std::string>;

TEST_F(SqsUpdateDynamoDb, CountsEachVoteOfABatch) {
  EXPECT_EQ(failures_of({request_for("dog").dump(), request_for("cat").dump()}), Ids{});
  ASSERT_EQ(context.dynamodb_client.updates.size(), 2U);
  EXPECT_EQ(context.dynamodb_client.updates[1].key.at("PK"),
            abi::AttributeValue(std::string("cat")));
  EXPECT_EQ(context.lines, Ids{"Update DynamoDB Success: 2"});
}

TEST_F(SqsUpdateDynamoDb, ReportsTheMessagesThatFailed) {
  Json base64 = request_for("owl");
  base64["body"] = "not base64!";
  base64["isBase64Encoded"] = true;
  const Json no_vote = {{"httpMethod", "POST"}, {"body", "{}"}};
  EXPECT_EQ(
      failures_of({"not json", request_for("dog").dump(), no_vote.dump(), base64.dump(), "{}"}),
      (Ids{"0", "2", "3", "4"}));
  EXPECT_EQ(context.dynamodb_client.updates.size(), 1U);
  EXPECT_EQ(context.lines.back(), "Update DynamoDB Success: 1");
  EXPECT_EQ(context.lines.size(), 5U);
}

TEST_F(SqsUpdateDynamoDb, ReportsAVoteThatTheTableRefused) {
  context.dynamodb_client.failure = [this] {
    if (context.dynamodb_client.updates.size() == 2) throw abi::AwsError("Throttling", "slow down");
  };
  const auto vote = request_for("dog").dump();
  EXPECT_EQ(failures_of({vote, vote, vote}), Ids{"1"});
  EXPECT_EQ(context.dynamodb_client.updates.size(), 3U);
}

TEST_F(SqsUpdateDynamoDb, ReportsAFailureThatHasNoText) {
  context.dynamodb_client.failure = [this] {
    if (context.dynamodb_client.updates.size() == 1) throw abi::AwsError("Unknown", "");
  };
  const auto vote = request_for("dog").dump();
  EXPECT_EQ(failures_of({vote, vote}), Ids{"0"});
}

TEST_F(SqsUpdateDynamoDb, FailsWhenNoVoteWasCounted) {
  try {
    failures_of({"x", "y"});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "None of the 2 votes was counted");
  }
}

TEST_F(SqsUpdateDynamoDb, HasNothingToDoForAnEmptyBatch) {
  EXPECT_EQ(failures_of({}), Ids{});
}

TEST_F(SqsUpdateDynamoDb, FailsOnWhatIsNoBatch) {
  EXPECT_THROW(test::invoke(sqs_update_dynamodb, "{}", context), abi::EventError);
  EXPECT_THROW(test::invoke(sqs_update_dynamodb, R"({"Records":[1]})", context), abi::EventError);
}

}  // namespace
}  // namespace votemu::vote
