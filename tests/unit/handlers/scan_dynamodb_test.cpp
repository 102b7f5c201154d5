#include "handlers/scan_dynamodb/handler.h"

#include "tests/unit/handlers/api_handler_fixture.h"

namespace votemu::vote {
namespace {

using ScanDynamoDb = ApiHandlerTest;

abi::Item candidate(const std::string& id, const std::string& votes) {
  return {{"PK", id}, {"votes", abi::Number{votes}}};
}

abi::Item ordered(const std::string& id, const std::string& order) {
  return {{"PK", id}, {"order", abi::Number{order}}};
}

TEST_F(ScanDynamoDb, AnswersWithEveryItem) {
  context.dynamodb_client.pages = {{{candidate("dog", "12345678901234567890123")}, std::nullopt}};
  const auto answered = run(scan_dynamodb, proxy_event("GET"));
  EXPECT_EQ(answered["body"], R"([{"PK":"dog","votes":12345678901234567890123}])");
  EXPECT_EQ(answered["statusCode"], 200);
  EXPECT_EQ(answered["headers"]["Access-Control-Allow-Methods"], "OPTIONS,GET");
  ASSERT_EQ(context.dynamodb_client.scans.size(), 1U);
  EXPECT_EQ(context.dynamodb_client.scans[0].table_name, "votes");
  EXPECT_EQ(context.dynamodb_client.scans[0].exclusive_start_key, std::nullopt);
}

TEST_F(ScanDynamoDb, AnswersWithAnEmptyListForAnEmptyTable) {
  expect_answer(run(scan_dynamodb, proxy_event("GET")), 200, "OPTIONS,GET", Json::array());
}

TEST_F(ScanDynamoDb, ReadsEveryPage) {
  const abi::Item first_key = {{"PK", std::string("dog")}};
  const abi::Item second_key = {{"PK", std::string("cat")}};
  context.dynamodb_client.pages = {{{candidate("dog", "1")}, first_key},
                                   {{}, second_key},
                                   {{candidate("owl", "3")}, std::nullopt}};
  const auto answered = run(scan_dynamodb, proxy_event("GET"));
  expect_answer(answered, 200, "OPTIONS,GET",
                {{{"PK", "dog"}, {"votes", 1}}, {{"PK", "owl"}, {"votes", 3}}});
  const auto& scans = context.dynamodb_client.scans;
  ASSERT_EQ(scans.size(), 3U);
  EXPECT_EQ(scans[1].exclusive_start_key, first_key);
  EXPECT_EQ(scans[2].exclusive_start_key, second_key);
}

TEST_F(ScanDynamoDb, SortsByOrderAndLeavesTheRestBehind) {
  context.dynamodb_client.pages = {{{candidate("late", "1"),
                                     ordered("b", "10"),
                                     ordered("a", "2"),
                                     {{"PK", std::string("text")}, {"order", std::string("1")}},
                                     ordered("first", "-1.5")},
                                    std::nullopt}};
  const auto answered = run(scan_dynamodb, proxy_event("GET"));
  std::vector<std::string> ids;
  for (const auto& item : Json::parse(answered["body"].get<std::string>())) {
    ids.push_back(item["PK"].get<std::string>());
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"first", "a", "b", "late", "text"}));
}

TEST_F(ScanDynamoDb, AnswersWithAnErrorWhenTheTableFails) {
  context.dynamodb_client.failure = [] {
    throw abi::AwsError("ResourceNotFoundException", "Requested resource not found");
  };
  const auto answered = run(scan_dynamodb, proxy_event("GET"));
  expect_answer(answered, 500, "OPTIONS,GET", {{"message", "The totals could not be read"}});
  EXPECT_EQ(context.lines,
            (std::vector<std::string>{
                "Scan DynamoDB Error: ResourceNotFoundException: Requested resource not found"}));
}

TEST_F(ScanDynamoDb, AnswersOnlyGet) {
  EXPECT_EQ(run(scan_dynamodb, proxy_event("POST")), Json::object());
  EXPECT_TRUE(context.dynamodb_client.scans.empty());
}

}  // namespace
}  // namespace votemu::vote
