#include "handlers/update_dynamodb/handler.h"

#include "tests/unit/handlers/api_handler_fixture.h"

namespace votemu::vote {
namespace {

using UpdateDynamoDb = ApiHandlerTest;

TEST_F(UpdateDynamoDb, CountsTheVote) {
  const auto answered = run(update_dynamodb, proxy_event("POST", R"({"id":"dog"})"));
  expect_answer(answered, 200, "OPTIONS,POST", Json::object());
  ASSERT_EQ(context.dynamodb_client.updates.size(), 1U);
  EXPECT_EQ(context.dynamodb_client.updates[0].key.at("PK"),
            abi::AttributeValue(std::string("dog")));
  EXPECT_EQ(context.lines, (std::vector<std::string>{"Update DynamoDB Success"}));
}

TEST_F(UpdateDynamoDb, RefusesAnInvalidVote) {
  const auto answered = run(update_dynamodb, proxy_event("POST", R"({"id":7})"));
  expect_answer(answered, 400, "OPTIONS,POST", {{"message", "id must be a non-empty string"}});
  EXPECT_TRUE(context.dynamodb_client.updates.empty());
}

TEST_F(UpdateDynamoDb, AnswersWithAnErrorWhenTheTableFails) {
  context.dynamodb_client.failure = [] {
    throw abi::AwsError("ResourceNotFoundException", "Requested resource not found");
  };
  const auto answered = run(update_dynamodb, proxy_event("POST", R"({"id":"dog"})"));
  expect_answer(answered, 500, "OPTIONS,POST", {{"message", "The vote could not be counted"}});
  EXPECT_EQ(context.lines.size(), 1U);
}

TEST_F(UpdateDynamoDb, AnswersOnlyPost) {
  EXPECT_EQ(run(update_dynamodb, proxy_event("OPTIONS")), Json::object());
  EXPECT_TRUE(context.dynamodb_client.updates.empty());
}

}  // namespace
}  // namespace votemu::vote
