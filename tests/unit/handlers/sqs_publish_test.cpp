#include "handlers/sqs_publish/handler.h"

#include "tests/unit/handlers/api_handler_fixture.h"

namespace votemu::vote {
namespace {

using SqsPublish = ApiHandlerTest;

TEST_F(SqsPublish, QueuesTheWholeRequest) {
  auto event = proxy_event("POST", R"({"id":"dog"})");
  event["path"] = "/votes";
  const auto answered = run(sqs_publish, event);
  expect_answer(answered, 200, "OPTIONS,POST",
                {{"MD5OfMessageBody", "md5-1"}, {"MessageId", "message-1"}});
  ASSERT_EQ(context.sqs_client.messages.size(), 1U);
  EXPECT_EQ(context.sqs_client.messages[0].queue_url, "http://queue");
  EXPECT_EQ(Json::parse(context.sqs_client.messages[0].message_body), event);
  EXPECT_EQ(context.lines, (std::vector<std::string>{"Publish SQS Success"}));
}

TEST_F(SqsPublish, ReadsABase64Body) {
  const auto answered = run(sqs_publish, proxy_event("POST", "eyJpZCI6ImRvZyJ9", true));
  EXPECT_EQ(answered["statusCode"], 200);
}

TEST_F(SqsPublish, RefusesAnInvalidVoteAndQueuesNothing) {
  const auto answered = run(sqs_publish, proxy_event("POST", "{}"));
  expect_answer(answered, 400, "OPTIONS,POST", {{"message", "id must be a non-empty string"}});
  EXPECT_EQ(run(sqs_publish, proxy_event("POST"))["statusCode"], 400);
  EXPECT_TRUE(context.sqs_client.messages.empty());
}

TEST_F(SqsPublish, AnswersWithAnErrorWhenTheQueueFails) {
  context.sqs_client.failure = [] {
    throw abi::AwsError("QueueDoesNotExist", "The specified queue does not exist.");
  };
  const auto answered = run(sqs_publish, proxy_event("POST", R"({"id":"dog"})"));
  expect_answer(answered, 500, "OPTIONS,POST", {{"message", "The vote could not be queued"}});
  EXPECT_EQ(context.lines,
            (std::vector<std::string>{
                "Publish SQS Error: QueueDoesNotExist: The specified queue does not exist."}));
}

TEST_F(SqsPublish, AnswersOnlyPost) {
  EXPECT_EQ(run(sqs_publish, proxy_event("GET")), Json::object());
  EXPECT_TRUE(context.sqs_client.messages.empty());
}

TEST_F(SqsPublish, FailsOnWhatIsNoRequest) {
  EXPECT_THROW(run(sqs_publish, Json::array()), abi::EventError);
  EXPECT_THROW(run(sqs_publish, Json::object()), abi::EventError);
}

}  // namespace
}  // namespace votemu::vote
