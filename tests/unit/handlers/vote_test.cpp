#include "handlers/vote/vote.h"

#include <gtest/gtest.h>

#include "tests/support/fake_context.h"

namespace votemu::vote {
namespace {

std::string refusal(std::optional<std::string> body) {
  try {
    candidate_of({"POST", std::move(body)});
  } catch (const InvalidVote& error) {
    return error.what();
  }
  return "";
}

std::string vote_for(const std::string& id) {
  return "{\"id\":\"" + id + "\"}";
}

TEST(Vote, NamesItsCandidate) {
  EXPECT_EQ(candidate_of({"POST", vote_for("dog")}), "dog");
  EXPECT_EQ(candidate_of({"POST", R"({"extra":[1],"id":"caf\u00e9"})"}), "caf\xc3\xa9");
}

TEST(Vote, IsAJsonObject) {
  const std::string why = "The body must be a JSON object such as {\"id\":\"dog\"}";
  EXPECT_EQ(refusal(std::nullopt), why);
  for (const auto* body :
       {"", "dog", "\"dog\"", "[]", "null", "{\"id\":\"dog\"", "{\"id\":\"\xff\"}"}) {
    EXPECT_EQ(refusal(body), why) << body;
  }
}

TEST(Vote, HasANonEmptyTextAsId) {
  for (const auto* body : {"{}", "{\"id\":\"\"}", "{\"id\":1}", "{\"id\":null}",
                           "{\"id\":[\"dog\"]}", "{\"ID\":\"dog\"}"}) {
    EXPECT_EQ(refusal(body), "id must be a non-empty string") << body;
  }
}

TEST(Vote, HasAnIdThatFitsAKey) {
  EXPECT_EQ(candidate_of({"POST", vote_for(std::string(2'048, 'x'))}).size(), 2'048U);
  EXPECT_EQ(refusal(vote_for(std::string(2'049, 'x'))), "id must be at most 2048 bytes long");
  std::string two_bytes_each;
  for (int i = 0; i < 1'025; ++i) two_bytes_each += "\xc3\xa9";
  EXPECT_EQ(refusal(vote_for(two_bytes_each)), "id must be at most 2048 bytes long");
}

TEST(Vote, IsNotReadWhenItIsTooLong) {
  const std::string padding(max_body_bytes, ' ');
  EXPECT_EQ(refusal(vote_for("dog") + padding), "The body must be at most 65536 bytes long");
  EXPECT_EQ(refusal(std::string(10'000'000, '[')), "The body must be at most 65536 bytes long");
  EXPECT_EQ(candidate_of({"POST", vote_for("dog") + padding.substr(vote_for("dog").size())}),
            "dog");
}

TEST(Vote, IsCountedInTheNamedTable) {
  test::FakeContext context;
  context.variables = {{"DDB_TABLE_NAME", "votes"}};
  abi::run_now(count(context, "dog"));
  ASSERT_EQ(context.dynamodb_client.updates.size(), 1U);
  const auto& update = context.dynamodb_client.updates[0];
  EXPECT_EQ(update.table_name, "votes");
  EXPECT_EQ(update.key, (abi::Item{{"PK", std::string("dog")}, {"SK", std::string("total")}}));
  EXPECT_EQ(update.update_expression, "SET votes = if_not_exists(votes, :default_votes) + :value");
  EXPECT_EQ(update.expression_attribute_values.at(":value"), abi::AttributeValue(abi::Number{"1"}));
  EXPECT_EQ(update.condition_expression, "");
}

}  // namespace
}  // namespace votemu::vote
