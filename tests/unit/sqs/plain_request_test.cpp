// Requests that are read without a tree, and those that are left to theirs.
#include "services/sqs/plain_request.h"

#include <gtest/gtest.h>

#include "tests/unit/sqs/sqs_fixture.h"

namespace votemu::sqs {
namespace {

constexpr std::string_view member = "ReceiptHandle";

TEST(PlainRequests, HaveAQueueAndAText) {
  const auto request = plain_request(R"( {"ReceiptHandle" : "a\u0062c", "QueueUrl":"q"} )", member);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->queue_url, "q");
  EXPECT_EQ(request->text, "abc");
}

TEST(PlainRequests, AreNotThoseWithAnythingElse) {
  for (const char* json :
       {"", "{}", "[]", "{", R"({"QueueUrl":"q"})", R"({"QueueUrl":"q","ReceiptHandle":""})",
        R"({"QueueUrl":"q","ReceiptHandle":null})", R"({"QueueUrl":1,"ReceiptHandle":"h"})",
        R"({"QueueUrl":"q","ReceiptHandle":"h","More":1})",
        R"({"QueueUrl":"q","ReceiptHandle":"h"} x)"}) {
    EXPECT_FALSE(plain_request(json, member)) << json;
  }
}

TEST(PlainBatches, HaveIdsAndTexts) {
  const auto batch = plain_batch(
      R"({"QueueUrl":"q","Entries":[{"Id":"1","ReceiptHandle":"a"},{"ReceiptHandle":"b","Id":"2"}]})",
      member);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->queue_url, "q");
  EXPECT_EQ(batch->ids, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(batch->texts, (std::vector<std::string>{"a", "b"}));
}

TEST(PlainBatches, AreNotThoseWithAnythingElse) {
  const auto batch = [](const std::string& entries) {
    return plain_batch(R"({"QueueUrl":"q","Entries":)" + entries + "}", member);
  };
  std::string many = "[";
  for (int i = 0; i < 11; ++i) {
    many += (i ? "," : "") + (R"({"Id":")" + std::to_string(i)) + R"(","ReceiptHandle":"h"})";
  }
  for (const std::string& entries :
       {std::string("[]"), std::string("{}"), std::string("null"), std::string("[1]"),
        std::string(R"([{"Id":"1"}])"), std::string(R"([{"ReceiptHandle":"h"}])"),
        std::string(R"([{"Id":"not an id","ReceiptHandle":"h"}])"),
        std::string(R"([{"Id":"1","ReceiptHandle":"h","More":{}}])"),
        std::string(R"([{"Id":"1","ReceiptHandle":"h"},{"Id":"1","ReceiptHandle":"h"}])"),
        std::string(R"([{"Id":"1","ReceiptHandle":"h"}],"Entries":[])"),
        std::string(R"([{"Id":"1","ReceiptHandle":"h"}],"More":1)"), many + "]"}) {
    EXPECT_FALSE(batch(entries)) << entries;
  }
}

class BatchAnswerTest : public SqsTest {};

TEST_F(BatchAnswerTest, IsTheSameWithATreeAndWithout) {
  call("CreateQueue", {{"QueueName", "votes"}});
  Json entries = Json::array(
      {{{"Id", "good"}, {"ReceiptHandle", ""}}, {{"Id", "bad"}, {"ReceiptHandle", "x"}}});
  std::vector<Json> answers;
  for (const bool plain : {true, false}) {
    call("SendMessage", {{"QueueUrl", "votes"}, {"MessageBody", "m"}});
    entries[0]["ReceiptHandle"] = receive("votes")[0]["ReceiptHandle"];
    if (!plain) entries[1]["More"] = nullptr;
    answers.push_back(call("DeleteMessageBatch", {{"QueueUrl", "votes"}, {"Entries", entries}}));
  }
  EXPECT_EQ(answers[0], answers[1]);
  EXPECT_EQ(answers[0]["Successful"], Json::array({{{"Id", "good"}}}));
  EXPECT_EQ(answers[0]["Failed"][0]["Code"], "ReceiptHandleIsInvalid");
}

}  // namespace
}  // namespace votemu::sqs
