#include "tests/unit/pipeline/pipeline_fixture.h"

namespace votemu::pipeline {
namespace {

using StreamTrigger = PipelineTest;

std::string fail(const core::Json&) {
  throw std::runtime_error("no");
}
std::string succeed(const core::Json&) {
  return "null";
}

const core::Json from_oldest = {{"StartingPosition", "TRIM_HORIZON"}};

core::Json from_oldest_with(core::Json members) {
  members.update(from_oldest);
  return members;
}

TEST_F(StreamTrigger, InvokesWithTheRecordsOfATurnInOrder) {
  const auto stream = create_stream("table");
  map(stream, from_oldest);
  for (const auto* key : {"a", "b", "c"}) put_item("table", key);
  core.finish_turn();
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(keys(events()[0]), (Strings{"a", "b", "c"}));
  EXPECT_EQ(events()[0]["Records"][0]["eventSourceARN"], stream);
  EXPECT_EQ(events()[0]["Records"][0]["eventName"], "INSERT");
}

TEST_F(StreamTrigger, TrimHorizonBeginsWithTheOldestRecordAndLatestWithTheNext) {
  const auto stream = create_stream("table");
  put_item("table", "before");
  map(stream, {{"StartingPosition", "LATEST"}});
  put_item("table", "after");
  core.finish_turn();
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(keys(events()[0]), (Strings{"after"}));
}

TEST_F(StreamTrigger, TakesAtMostItsBatchSize) {
  map(create_stream("table"), from_oldest_with({{"BatchSize", 2}}));
  for (const auto* key : {"a", "b", "c"}) put_item("table", key);
  core.finish_turn();
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(keys(events()[1]), (Strings{"c"}));
}

TEST_F(StreamTrigger, AFailedBatchIsTriedAgainBeforeAnythingElse) {
  map(create_stream("table"), from_oldest_with({{"BatchSize", 1}}));
  FunctionUnderTest::behave = fail;
  put_item("table", "a");
  put_item("table", "b");
  core.finish_turn();
  core.advance(10'000);
  EXPECT_GT(events().size(), 2U);
  for (const auto& event : events()) EXPECT_EQ(keys(event), (Strings{"a"}));
  FunctionUnderTest::behave = succeed;
  events().clear();
  core.advance(60'000);
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(keys(events()[1]), (Strings{"b"}));
}

TEST_F(StreamTrigger, UsedUpAttemptsGoToTheDestinationAndTheStreamGoesOn) {
  const auto dead = create_queue("dead");
  const auto stream = create_stream("table");
  map(stream, from_oldest_with({{"BatchSize", 1},
                                {"MaximumRetryAttempts", 2},
                                {"DestinationConfig", {{"OnFailure", {{"Destination", dead}}}}}}));
  FunctionUnderTest::behave = [](const core::Json& event) {
    return keys(event)[0] == "bad" ? fail(event) : succeed(event);
  };
  put_item("table", "bad");
  put_item("table", "good");
  core.advance(60'000);
  ASSERT_EQ(events().size(), 4U);
  EXPECT_EQ(keys(events()[3]), (Strings{"good"}));
  const auto notices = sqs->receive(dead, 10);
  ASSERT_EQ(notices.size(), 1U);
  const auto notice = core::parse_json(notices[0].body);
  EXPECT_EQ(notice["requestContext"]["condition"], "RetryAttemptsExhausted");
  EXPECT_EQ(notice["requestContext"]["approximateInvokeCount"], 3);
  EXPECT_EQ(notice["DDBStreamBatchInfo"]["streamArn"], stream);
  EXPECT_EQ(notice["DDBStreamBatchInfo"]["batchSize"], 1);
}

TEST_F(StreamTrigger, BisectionFindsTheBadRecord) {
  map(create_stream("table"),
      from_oldest_with({{"MaximumRetryAttempts", 0}, {"BisectBatchOnFunctionError", true}}));
  FunctionUnderTest::behave = [](const core::Json& event) {
    for (const auto& key : keys(event)) {
      if (key == "bad") return fail(event);
    }
    return succeed(event);
  };
  for (const auto* key : {"a", "b", "bad", "c"}) put_item("table", key);
  core.advance(60'000);
  Strings succeeded;
  for (const auto& event : events()) {
    const auto names = keys(event);
    if (std::find(names.begin(), names.end(), "bad") == names.end()) {
      succeeded.insert(succeeded.end(), names.begin(), names.end());
    }
  }
  EXPECT_EQ(succeeded, (Strings{"a", "b", "c"}));
}

TEST_F(StreamTrigger, AReportedRecordIsTriedAgainWithThoseBehindIt) {
  map(create_stream("table"),
      from_oldest_with({{"FunctionResponseTypes", {"ReportBatchItemFailures"}}}));
  FunctionUnderTest::behave = [](const core::Json& event) {
    if (events().size() > 1) return std::string("null");
    const core::Json answer = {
        {"batchItemFailures",
         {{{"itemIdentifier", event["Records"][1]["dynamodb"]["SequenceNumber"]}}}}};
    return answer.dump();
  };
  for (const auto* key : {"a", "b", "c"}) put_item("table", key);
  core.advance(60'000);
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(keys(events()[1]), (Strings{"b", "c"}));
}

TEST_F(StreamTrigger, ABatchingWindowGathersRecords) {
  map(create_stream("table"), from_oldest_with({{"MaximumBatchingWindowInSeconds", 2}}));
  put_item("table", "a");
  core.advance(1'000);
  put_item("table", "b");
  EXPECT_TRUE(events().empty());
  core.advance(1'000);
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(keys(events()[0]), (Strings{"a", "b"}));
}

TEST_F(StreamTrigger, WhatTheFilterDoesNotLetThroughIsPassedOver) {
  const char* pattern = R"({"dynamodb":{"Keys":{"PK":{"S":["b"]}}}})";
  map(create_stream("table"),
      from_oldest_with({{"FilterCriteria", {{"Filters", {{{"Pattern", pattern}}}}}}}));
  for (const auto* key : {"a", "b", "c"}) put_item("table", key);
  core.finish_turn();
  put_item("table", "d");
  core.finish_turn();
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(keys(events()[0]), Strings{"b"});
}

TEST_F(StreamTrigger, ARestartGoesOnBehindItsCheckpoint) {
  const auto stream = create_stream("table");
  map(stream, from_oldest);
  put_item("table", "a");
  core.finish_turn();
  start();
  put_item("table", "b");
  core.finish_turn();
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(keys(events()[1]), (Strings{"b"}));
}

TEST_F(StreamTrigger, AMappingMadeAnewBeginsAnew) {
  const auto stream = create_stream("table");
  const auto uuid = map(stream, from_oldest);
  put_item("table", "a");
  core.finish_turn();
  call(lambda->operations(), "DeleteEventSourceMapping", {{"UUID", uuid}});
  core.finish_turn();
  map(stream, from_oldest);
  ASSERT_EQ(events().size(), 2U);
  EXPECT_EQ(keys(events()[1]), (Strings{"a"}));
}

}  // namespace
}  // namespace votemu::pipeline
