// Messages that fail too often move to the dead-letter queue.
#include "services/sqs/limits.h"
#include "tests/unit/sqs/sqs_fixture.h"

namespace votemu::sqs {
namespace {

class RedriveTest : public SqsTest {
 protected:
  RedriveTest() {
    create("dlq");
    create("votes", {{"RedrivePolicy", policy(2)}, {"VisibilityTimeout", "1"}});
  }
  static std::string policy(int count) {
    return R"({"deadLetterTargetArn":")" + arn("dlq") + R"(","maxReceiveCount":)" +
           std::to_string(count) + "}";
  }
  void fail(int times) {
    for (int i = 0; i < times; ++i) {
      ASSERT_EQ(receive("votes", {{"MaxNumberOfMessages", 10}}).size(), 1U);
      core.advance(1'000);
    }
  }
};

TEST_F(RedriveTest, AfterTheLastAllowedReceive) {
  const Json sent =
      send("votes", "m",
           {{"MessageAttributes", {{"k", {{"DataType", "String"}, {"StringValue", "v"}}}}},
            {"MessageSystemAttributes",
             {{"AWSTraceHeader", {{"DataType", "String"}, {"StringValue", "Root=1"}}}}}});
  fail(2);
  EXPECT_EQ(counts("dlq"), MessageCounts{});
  EXPECT_TRUE(receive("votes").empty());
  EXPECT_EQ(counts("votes"), MessageCounts{});
  const Json moved = receive_all("dlq").at(0);
  EXPECT_EQ(moved["MessageId"], sent["MessageId"]);
  EXPECT_EQ(moved["Body"], "m");
  EXPECT_EQ(moved["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"]);
  EXPECT_EQ(moved["Attributes"], (Json{{"AWSTraceHeader", "Root=1"},
                                       {"ApproximateFirstReceiveTimestamp", "1750000000000"},
                                       {"ApproximateReceiveCount", "3"},
                                       {"DeadLetterQueueSourceArn", arn("votes")},
                                       {"SenderId", "000000000000"},
                                       {"SentTimestamp", "1750000000000"}}));
}

TEST_F(RedriveTest, OtherMessagesOfTheSameReceiveAreDelivered) {
  send("votes", "bad");
  fail(2);
  send("votes", "good");
  EXPECT_EQ(bodies(receive_all("votes")), (std::vector<std::string>{"good"}));
  EXPECT_EQ(counts("dlq").visible, 1U);
}

TEST_F(RedriveTest, TheDeadLetterQueuesListenersHearOfIt) {
  send("votes", "m");
  fail(2);
  visible_arns.clear();
  receive("votes");
  EXPECT_EQ(visible_arns, std::vector<std::string>{arn("dlq")});
}

TEST_F(RedriveTest, AgeCountsFromTheFirstSending) {
  call("SetQueueAttributes",
       {{"QueueUrl", "dlq"}, {"Attributes", {{"MessageRetentionPeriod", "60"}}}});
  send("votes", "m");
  core.advance(50'000);
  fail(2);
  receive("votes");
  EXPECT_EQ(counts("dlq").visible, 1U);
  core.advance(8'000);
  EXPECT_EQ(counts("dlq"), MessageCounts{});
}

TEST_F(RedriveTest, WithoutADeadLetterQueueMessagesStay) {
  send("votes", "m");
  fail(2);
  call("DeleteQueue", {{"QueueUrl", "dlq"}});
  EXPECT_EQ(receive_all("votes").at(0)["Attributes"]["ApproximateReceiveCount"], "3");
}

TEST_F(RedriveTest, SurvivesARestart) {
  send("votes", "m");
  fail(2);
  receive("votes");
  restart();
  EXPECT_EQ(counts("votes"), MessageCounts{});
  EXPECT_EQ(receive_all("dlq").at(0)["Attributes"]["DeadLetterQueueSourceArn"], arn("votes"));
}

TEST_F(RedriveTest, ALongPollGoesOnToTheNextMessage) {
  send("votes", "bad");
  fail(1);
  receive("votes");
  auto poll = start_receive({{"QueueUrl", "votes"}, {"WaitTimeSeconds", 20}});
  core.advance(1'000);
  EXPECT_FALSE(poll->done);
  EXPECT_EQ(counts("dlq").visible, 1U);
  send("votes", "good");
  core.finish_turn();
  ASSERT_TRUE(poll->done);
  EXPECT_EQ(poll->message_count(), 1U);
}

TEST_F(RedriveTest, OneReceiveMovesABoundedNumberAndAsksToBeCalledAgain) {
  const std::size_t many = limits::max_passed_over_per_receive + 5;
  for (std::size_t i = 0; i < many; ++i) send("votes", "bad");
  for (int i = 0; i < 2; ++i) {
    service->receive(arn("votes"), many);
    core.advance(1'000);
  }
  visible_arns.clear();
  EXPECT_TRUE(service->receive(arn("votes"), 10).empty());
  EXPECT_EQ(counts("votes").visible, 5U);
  EXPECT_EQ(visible_arns.back(), arn("votes"));
  EXPECT_TRUE(service->receive(arn("votes"), 10).empty());
  EXPECT_EQ(counts("dlq").visible, many);
}

}  // namespace
}  // namespace votemu::sqs
