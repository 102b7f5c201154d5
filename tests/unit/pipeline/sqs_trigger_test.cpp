#include "pipeline/limits.h"
#include "tests/unit/pipeline/pipeline_fixture.h"

namespace votemu::pipeline {
namespace {

using SqsTrigger = PipelineTest;

std::string fail(const core::Json&) {
  throw std::runtime_error("no");
}

TEST_F(SqsTrigger, InvokesWithWhatATurnBroughtAndDeletesIt) {
  const auto queue = create_queue("votes");
  map(queue);
  for (const auto* body : {"1", "2", "3"}) send("votes", body);
  core.finish_turn();
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(bodies(events()[0]), (Strings{"1", "2", "3"}));
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

TEST_F(SqsTrigger, OneCommitHoldsTheMessageTheHandlersChangeAndTheDeletion) {
  const auto queue = create_queue("votes");
  create_queue("audit");
  map(queue);
  FunctionUnderTest::behave = [this](const core::Json&) {
    send("audit", "counted");
    return "null";
  };
  const auto commits = core.store.commit_count();
  send("votes", "1");
  core.turn.finish();
  EXPECT_EQ(core.store.commit_count(), commits + 1);
  EXPECT_EQ(sqs->visible_count("arn:aws:sqs:us-east-1:000000000000:audit"), 1U);
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

TEST_F(SqsTrigger, TheEventIsAsLambdaGivesIt) {
  const auto queue = create_queue("votes");
  map(queue);
  call(sqs->operations(), "SendMessage",
       {{"QueueUrl", "votes"},
        {"MessageBody", "a \"quoted\" line\n"},
        {"MessageAttributes", {{"kind", {{"DataType", "String"}, {"StringValue", "pet"}}}}}});
  core.finish_turn();
  ASSERT_EQ(events().size(), 1U);
  const auto& record = events()[0]["Records"][0];
  EXPECT_EQ(record["body"], "a \"quoted\" line\n");
  EXPECT_EQ(record["eventSource"], "aws:sqs");
  EXPECT_EQ(record["eventSourceARN"], queue);
  EXPECT_EQ(record["awsRegion"], "us-east-1");
  EXPECT_EQ(record["attributes"]["ApproximateReceiveCount"], "1");
  EXPECT_EQ(record["attributes"]["SenderId"], "000000000000");
  EXPECT_EQ(record["md5OfBody"].get<std::string>().size(), 32U);
  EXPECT_EQ(record["messageAttributes"]["kind"],
            core::Json::parse(R"({"stringValue":"pet","dataType":"String","stringListValues":[],
                                  "binaryListValues":[]})"));
}

TEST_F(SqsTrigger, TakesAtMostItsBatchSize) {
  const auto queue = create_queue("votes");
  map(queue, {{"BatchSize", 2}});
  for (const auto* body : {"1", "2", "3"}) send("votes", body);
  core.finish_turn();
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(bodies(events()[0]), (Strings{"1", "2"}));
  EXPECT_EQ(bodies(events()[1]), (Strings{"3"}));
}

TEST_F(SqsTrigger, AFailedBatchComesAgainAfterItsVisibilityTimeout) {
  const auto queue = create_queue("votes", {{"VisibilityTimeout", "30"}});
  map(queue);
  FunctionUnderTest::behave = fail;
  send("votes", "1");
  core.finish_turn();
  EXPECT_EQ(events().size(), 1U);
  FunctionUnderTest::behave = [](const core::Json&) { return "null"; };
  core.advance(29'999);
  EXPECT_EQ(events().size(), 1U);
  core.advance(1);
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(events()[1]["Records"][0]["attributes"]["ApproximateReceiveCount"], "2");
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

TEST_F(SqsTrigger, RestsAfterAFailureThatLeavesItsMessagesVisible) {
  const auto queue = create_queue("votes", {{"VisibilityTimeout", "0"}});
  map(queue);
  FunctionUnderTest::behave = fail;
  send("votes", "1");
  core.finish_turn();
  EXPECT_EQ(events().size(), 1U);
  send("votes", "2");
  core.finish_turn();
  EXPECT_EQ(events().size(), 1U);
  core.advance(limits::first_retry_delay_ms);
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(bodies(events()[1]), (Strings{"1", "2"}));
}

TEST_F(SqsTrigger, WhatAlwaysFailsReachesTheDeadLetterQueue) {
  const auto dead = create_queue("dead");
  const auto queue = create_queue("votes", {{"VisibilityTimeout", "1"},
                                            {"RedrivePolicy", R"({"deadLetterTargetArn":")" + dead +
                                                                  R"(","maxReceiveCount":3})"}});
  map(queue);
  FunctionUnderTest::behave = fail;
  send("votes", "1");
  core.advance(10'000);
  EXPECT_EQ(events().size(), 3U);
  EXPECT_EQ(sqs->visible_count(dead), 1U);
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

TEST_F(SqsTrigger, OnlyTheReportedMessagesComeAgain) {
  const auto queue = create_queue("votes", {{"VisibilityTimeout", "5"}});
  map(queue, {{"FunctionResponseTypes", {"ReportBatchItemFailures"}}});
  FunctionUnderTest::behave = [](const core::Json& event) {
    if (event["Records"].size() == 1) return std::string("{}");
    const core::Json answer = {
        {"batchItemFailures", {{{"itemIdentifier", event["Records"][1]["messageId"]}}}}};
    return answer.dump();
  };
  for (const auto* body : {"1", "2", "3"}) send("votes", body);
  core.advance(5'000);
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(bodies(events()[1]), (Strings{"2"}));
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

TEST_F(SqsTrigger, AnAnswerOfAnotherFormFailsTheWholeBatch) {
  const auto queue = create_queue("votes");
  map(queue, {{"FunctionResponseTypes", {"ReportBatchItemFailures"}}});
  FunctionUnderTest::behave = [](const core::Json&) {
    return R"({"batchItemFailures":[{"foo":1}]})";
  };
  send("votes", "1");
  core.finish_turn();
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 1, 0}));
}

TEST_F(SqsTrigger, FailuresThatAMappingDoesNotAskForAreIgnored) {
  const auto queue = create_queue("votes");
  map(queue);
  FunctionUnderTest::behave = [](const core::Json& event) {
    return R"({"batchItemFailures":[{"itemIdentifier":)" + event["Records"][0]["messageId"].dump() +
           "}]}";
  };
  send("votes", "1");
  core.finish_turn();
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

TEST_F(SqsTrigger, ABatchingWindowWaitsForMoreUntilItEnds) {
  map(create_queue("votes"), {{"BatchSize", 10}, {"MaximumBatchingWindowInSeconds", 5}});
  send("votes", "1");
  core.advance(4'000);
  send("votes", "2");
  core.advance(999);
  EXPECT_TRUE(events().empty());
  core.advance(1);
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(bodies(events()[0]), (Strings{"1", "2"}));
}

TEST_F(SqsTrigger, AFullBatchDoesNotWaitForTheWindow) {
  map(create_queue("votes"), {{"BatchSize", 2}, {"MaximumBatchingWindowInSeconds", 300}});
  send("votes", "1");
  send("votes", "2");
  core.finish_turn();
  EXPECT_EQ(events().size(), 1U);
}

TEST_F(SqsTrigger, WhatTheFilterDoesNotLetThroughIsDeletedUnseen) {
  const auto queue = create_queue("votes");
  map(queue, {{"FilterCriteria", {{"Filters", {{{"Pattern", R"({"body":["dog"]})"}}}}}}});
  for (const auto* body : {"cat", "dog", "cow"}) send("votes", body);
  core.finish_turn();
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(bodies(events()[0]), Strings{"dog"});
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

TEST_F(SqsTrigger, WhatWaitedBeforeTheMappingIsTakenToo) {
  const auto queue = create_queue("votes");
  send("votes", "1");
  core.finish_turn();
  map(queue);
  EXPECT_EQ(events().size(), 1U);
}

TEST_F(SqsTrigger, AMappingOfAQueueThatIsNotThereIsRefused) {
  try {
    map("arn:aws:sqs:us-east-1:000000000000:missing");
    FAIL();
  } catch (const abi::AwsError& error) {
    EXPECT_EQ(error.code(), "InvalidParameterValueException");
  }
}

TEST_F(SqsTrigger, ADisabledMappingTakesNothingUntilItIsEnabled) {
  const auto uuid = map(create_queue("votes"), {{"Enabled", false}});
  send("votes", "1");
  core.finish_turn();
  EXPECT_TRUE(events().empty());
  call(lambda->operations(), "UpdateEventSourceMapping", {{"UUID", uuid}, {"Enabled", true}});
  core.finish_turn();
  EXPECT_EQ(events().size(), 1U);
}

TEST_F(SqsTrigger, ADeletedMappingTakesNothing) {
  const auto uuid = map(create_queue("votes"));
  call(lambda->operations(), "DeleteEventSourceMapping", {{"UUID", uuid}});
  core.finish_turn();
  send("votes", "1");
  core.finish_turn();
  EXPECT_TRUE(events().empty());
}

TEST_F(SqsTrigger, ARestartTakesUpWhatWaits) {
  const auto queue = create_queue("votes", {{"VisibilityTimeout", "30"}});
  map(queue);
  FunctionUnderTest::behave = fail;
  send("votes", "1");
  core.finish_turn();
  FunctionUnderTest::behave = [](const core::Json&) { return "null"; };
  start();
  EXPECT_EQ(events().size(), 1U);
  core.advance(30'000);
  EXPECT_EQ(events().size(), 2U);
}

TEST_F(SqsTrigger, ABacklogIsWorkedOffOverSeveralTurns) {
  const auto queue = create_queue("votes");
  const std::size_t messages = 25'000;
  for (std::size_t i = 0; i < messages; ++i) send("votes", "x");
  map(queue);
  core.finish_turn();
  std::size_t seen = 0;
  for (const auto& event : events()) seen += event["Records"].size();
  EXPECT_EQ(seen, messages);
  EXPECT_EQ(sqs->counts(queue), (sqs::MessageCounts{0, 0, 0}));
}

}  // namespace
}  // namespace votemu::pipeline
