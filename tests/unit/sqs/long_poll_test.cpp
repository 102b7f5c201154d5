// ReceiveMessage that waits.
#include "services/sqs/limits.h"
#include "tests/unit/sqs/sqs_fixture.h"

namespace votemu::sqs {
namespace {

class LongPollTest : public SqsTest {
 protected:
  LongPollTest() { create("votes"); }

  std::unique_ptr<PendingReceive> poll(int seconds = 20, int most = 1) {
    return start_receive(
        {{"QueueUrl", "votes"}, {"WaitTimeSeconds", seconds}, {"MaxNumberOfMessages", most}});
  }
};

TEST_F(LongPollTest, WaitsForAMessage) {
  auto waiting = poll();
  core.advance(5'000);
  EXPECT_FALSE(waiting->done);
  EXPECT_EQ(service->waiting_receives(), 1U);
  send("votes", "m");
  EXPECT_FALSE(waiting->done) << "not inside of SendMessage";
  core.finish_turn();
  ASSERT_TRUE(waiting->done);
  EXPECT_EQ(waiting->response()["Messages"][0]["Body"], "m");
  EXPECT_EQ(service->waiting_receives(), 0U);
  EXPECT_EQ(counts("votes"), (MessageCounts{.in_flight = 1}));
}

TEST_F(LongPollTest, AnswersEmptyWhenTheTimeIsOver) {
  auto waiting = poll(20);
  core.advance(19'999);
  EXPECT_FALSE(waiting->done);
  core.advance(1);
  ASSERT_TRUE(waiting->done);
  EXPECT_EQ(waiting->response(), Json::object());
  EXPECT_EQ(core.timers.next_due_ms(), std::nullopt);
}

TEST_F(LongPollTest, DoesNotWaitWhenThereIsAMessage) {
  send("votes", "m");
  auto waiting = poll();
  ASSERT_TRUE(waiting->done);
  EXPECT_EQ(waiting->message_count(), 1U);
}

TEST_F(LongPollTest, TheQueuesOwnWaitTimeAppliesUnlessTheRequestSaysOtherwise) {
  create("patient", {{"ReceiveMessageWaitTimeSeconds", "10"}});
  auto waiting = start_receive({{"QueueUrl", "patient"}});
  EXPECT_FALSE(waiting->done);
  EXPECT_TRUE(start_receive({{"QueueUrl", "patient"}, {"WaitTimeSeconds", 0}})->done);
  core.advance(10'000);
  EXPECT_TRUE(waiting->done);
}

TEST_F(LongPollTest, EndsWithADelayOrAVisibilityTimeout) {
  send("votes", "late", {{"DelaySeconds", 3}});
  auto waiting = poll();
  core.advance(3'000);
  ASSERT_TRUE(waiting->done);
  EXPECT_EQ(waiting->message_count(), 1U);

  auto again = start_receive({{"QueueUrl", "votes"}, {"WaitTimeSeconds", 20}});
  core.advance(10'000);
  EXPECT_FALSE(again->done);
  core.advance(10'000);
  EXPECT_TRUE(again->done);
  EXPECT_EQ(again->message_count(), 0U);
  auto third = poll();
  core.advance(10'000);
  ASSERT_TRUE(third->done);
  EXPECT_EQ(third->message_count(), 1U);
}

TEST_F(LongPollTest, FirstComeFirstServed) {
  auto first = poll();
  auto second = poll();
  auto third = poll();
  send("votes", "1");
  send("votes", "2");
  core.finish_turn();
  ASSERT_TRUE(first->done && second->done);
  EXPECT_FALSE(third->done);
  EXPECT_EQ(first->response()["Messages"][0]["Body"], "1");
  EXPECT_EQ(second->response()["Messages"][0]["Body"], "2");
}

TEST_F(LongPollTest, ANewcomerDoesNotOvertakeThoseWhoWait) {
  auto first = poll();
  send("votes", "1");
  auto newcomer = poll();
  EXPECT_FALSE(newcomer->done);
  core.finish_turn();
  EXPECT_TRUE(first->done);
  EXPECT_FALSE(newcomer->done);
}

TEST_F(LongPollTest, WhatOneLeavesTheNextGets) {
  auto first = poll(20, 2);
  auto second = poll(20, 10);
  for (const char* body : {"1", "2", "3"}) send("votes", body);
  core.finish_turn();
  ASSERT_TRUE(first->done && second->done);
  EXPECT_EQ(first->message_count(), 2U);
  EXPECT_EQ(second->message_count(), 1U);
}

TEST_F(LongPollTest, WhoeverFindsNothingKeepsItsPlace) {
  auto first = poll();
  auto second = poll();
  send("votes", "taken");
  EXPECT_EQ(service->receive(arn("votes"), 1).size(), 1U);
  core.finish_turn();
  EXPECT_FALSE(first->done || second->done);
  send("votes", "m");
  core.finish_turn();
  EXPECT_TRUE(first->done);
  EXPECT_FALSE(second->done);
}

TEST_F(LongPollTest, HangingUpLeavesNothingBehind) {
  auto waiting = poll();
  waiting.reset();
  EXPECT_EQ(service->waiting_receives(), 0U);
  EXPECT_EQ(core.timers.next_due_ms(), std::nullopt);
  send("votes", "m");
  core.finish_turn();
  EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 1}));
}

TEST_F(LongPollTest, ACallThatFindsNooneGoesToTheNext) {
  auto first = poll();
  auto second = poll();
  send("votes", "m");
  first.reset();
  core.finish_turn();
  ASSERT_TRUE(second->done);
  EXPECT_EQ(second->message_count(), 1U);
}

TEST_F(LongPollTest, DeletingTheQueueEndsTheWait) {
  auto waiting = poll();
  call("DeleteQueue", {{"QueueUrl", "votes"}});
  create("votes");
  core.finish_turn();
  ASSERT_TRUE(waiting->done);
  EXPECT_THROW(waiting->response(), core::AwsError);
}

TEST_F(LongPollTest, AStopEndsEveryWaitWithNothing) {
  auto first = poll();
  auto second = poll();
  service->end_waiting_receives();
  core.finish_turn();
  ASSERT_TRUE(first->done && second->done);
  EXPECT_EQ(first->response(), Json::object());
  EXPECT_EQ(service->waiting_receives(), 0U);
}

TEST_F(LongPollTest, AServiceMayEndBeforeItsWaiters) {
  auto waiting = poll();
  auto another = poll();
  operations.clear();
  waiting.reset();
  service.reset();
  another.reset();
}

TEST_F(LongPollTest, ABoundedNumberWaits) {
  std::vector<std::unique_ptr<PendingReceive>> waiting;
  for (std::size_t i = 0; i < limits::max_waiting_receives; ++i) waiting.push_back(poll());
  EXPECT_EQ(service->waiting_receives(), limits::max_waiting_receives);
  auto one_more = poll();
  ASSERT_TRUE(one_more->done);
  EXPECT_EQ(one_more->response(), Json::object());
  core.advance(20'000);
  EXPECT_EQ(service->waiting_receives(), 0U);
}

TEST_F(LongPollTest, ErrorsComeAtOnce) {
  auto wrong = start_receive({{"QueueUrl", "none"}, {"WaitTimeSeconds", 20}});
  ASSERT_TRUE(wrong->done);
  EXPECT_THROW(wrong->response(), core::AwsError);
}

}  // namespace
}  // namespace votemu::sqs
