#include "services/lambda/limits.h"
#include "tests/unit/lambda/lambda_fixture.h"

namespace votemu::lambda {
namespace {

using core::Json;

TEST_F(LambdaTest, InvokesAHandler) {
  create("f", "echo");
  const Json response = invoke({{"FunctionName", "f"}, {"Payload", "{\"a\":1}"}});
  EXPECT_EQ(response["StatusCode"], 200);
  EXPECT_EQ(response["Payload"], "{\"a\":1}");
  EXPECT_EQ(response["ExecutedVersion"], "$LATEST");
  EXPECT_FALSE(response.contains("FunctionError"));
  EXPECT_FALSE(response.contains("LogResult"));
}

TEST_F(LambdaTest, NoPayloadIsAnEmptyObject) {
  create("f", "echo");
  EXPECT_EQ(invoke({{"FunctionName", "f"}})["Payload"], "{}");
  EXPECT_EQ(invoke({{"FunctionName", "f"}, {"Payload", ""}})["Payload"], "{}");
}

TEST_F(LambdaTest, LogsAsLambdaDoes) {
  create("f", "echo");
  const auto result = abi::run_now(service_->invoke(context_.scope, "f", "{}"));
  const std::string& id = result.request_id;
  ASSERT_EQ(lines_.size(), 4U);
  EXPECT_EQ(lines_[0], "START RequestId: " + id + " Version: $LATEST\n");
  EXPECT_EQ(lines_[1], "got an event\n");
  EXPECT_EQ(lines_[2], "END RequestId: " + id + "\n");
  EXPECT_EQ(lines_[3],
            "REPORT RequestId: " + id +
                "\tDuration: 0.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: "
                "32 MB\tInit Duration: 0.00 ms\t\n");
  EXPECT_EQ(groups_[0], "/aws/lambda/f");
  EXPECT_EQ(streams_[0].substr(0, 20), "2025/06/15/[$LATEST]");
  EXPECT_EQ(streams_[0].size(), 52U);
  EXPECT_EQ(result.log_tail, lines_[0] + lines_[1] + lines_[2] + lines_[3]);

  abi::run_now(service_->invoke(context_.scope, "f", "{}"));
  EXPECT_EQ(streams_[4], streams_[0]);
  EXPECT_EQ(lines_[7].find("Init Duration"), std::string::npos);
}

TEST_F(LambdaTest, AnswersTheTailOfTheLog) {
  create("f", "echo");
  const Json response = invoke({{"FunctionName", "f"}, {"LogType", "Tail"}});
  const std::string tail = abi::base64_decode(response["LogResult"].get<std::string>());
  EXPECT_NE(tail.find("got an event\n"), std::string::npos);
}

TEST_F(LambdaTest, TheContextKnowsTheFunction) {
  Json request = definition("f", "describe");
  request["Environment"] = {{"Variables", {{"QUEUE", "q"}}}};
  call("CreateFunction", request);
  const Json seen = core::parse_json(invoke({{"FunctionName", "f"}})["Payload"].get<std::string>());
  EXPECT_EQ(seen, Json({{"name", "f"},
                        {"arn", "arn:aws:lambda:us-east-1:000000000000:function:f"},
                        {"left", 3000},
                        {"region", "us-east-1"},
                        {"memory", "128"},
                        {"handler", "describe"},
                        {"queue", "q"},
                        {"unset", ""}}));
}

TEST_F(LambdaTest, WhatAHandlerThrowsIsAFunctionError) {
  create("f", "fail");
  const Json response = invoke({{"FunctionName", "f"}});
  EXPECT_EQ(response["StatusCode"], 200);
  EXPECT_EQ(response["FunctionError"], "Unhandled");
  EXPECT_EQ(response["Payload"],
            "{\"errorType\":\"Error\",\"errorMessage\":\"no \\\"luck\\\"\",\"trace\":[]}");
  create("g", "refuse");
  EXPECT_EQ(invoke({{"FunctionName", "g"}})["Payload"],
            "{\"errorType\":\"QueueDoesNotExist\",\"errorMessage\":\"The specified queue does not "
            "exist.\",\"trace\":[]}");
}

TEST_F(LambdaTest, AnUnknownHandlerIsAFunctionError) {
  create("f", "index.handler");
  const Json response = invoke({{"FunctionName", "f"}});
  EXPECT_EQ(response["FunctionError"], "Unhandled");
  EXPECT_EQ(response["Payload"],
            "{\"errorType\":\"Runtime.HandlerNotFound\",\"errorMessage\":\"index.handler is "
            "undefined or not exported\"}");
}

TEST_F(LambdaTest, ATooLargeResultIsAFunctionError) {
  create("f", "large");
  EXPECT_EQ(invoke({{"FunctionName", "f"}})["Payload"],
            "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"Response payload "
            "size exceeded maximum allowed payload size (6291556 bytes).\"}");
}

TEST_F(LambdaTest, RefusesPayloads) {
  create("f", "echo");
  EXPECT_EQ(invoke_error({{"FunctionName", "f"}, {"Payload", "{"}}).substr(0, 34),
            "InvalidRequestContentException 400");
  const std::string with_nul("{}\0{", 4);
  EXPECT_EQ(invoke_error({{"FunctionName", "f"}, {"Payload", with_nul}}).substr(0, 34),
            "InvalidRequestContentException 400");
  EXPECT_EQ(invoke_error({{"FunctionName", "f"}, {"Payload", std::string(6'291'457, ' ')}}),
            "RequestEntityTooLargeException 413: 6291457 byte payload is too large for the "
            "RequestResponse invocation type (limit 6291456 bytes)");
  EXPECT_EQ(invoke_error({{"FunctionName", "f"},
                          {"InvocationType", "Event"},
                          {"Payload", std::string(1'048'577, ' ')}}),
            "RequestEntityTooLargeException 413: 1048577 byte payload is too large for the Event "
            "invocation type (limit 1048576 bytes)");
  EXPECT_EQ(invoke_error({{"FunctionName", "nobody"}}).substr(0, 25), "ResourceNotFoundException");
  EXPECT_EQ(invoke_error({{"FunctionName", "f"}, {"InvocationType", "Later"}}).substr(0, 23),
            "ValidationException 400");
}

TEST_F(LambdaTest, ADryRunInvokesNothing) {
  create("f", "echo");
  EXPECT_EQ(invoke({{"FunctionName", "f"}, {"InvocationType", "DryRun"}})["StatusCode"], 204);
  EXPECT_TRUE(lines_.empty());
}

TEST_F(LambdaTest, AHandlerMayWait) {
  create("f", "send");
  shared_.turn = &core_.turn;
  auto task = start_invoke({{"FunctionName", "f"}});
  task.start([] {});
  core_.finish_turn();
  EXPECT_FALSE(task.done());
  shared_.open_gate();
  core_.finish_turn();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.outcome().take()["Payload"], "\"id\"");
}

TEST_F(LambdaTest, AHandlerThatWaitsTooLongIsAbandoned) {
  create("f", "send");
  shared_.turn = &core_.turn;
  auto task = service_->invoke(context_.scope, "f", "{}");
  task.start([] {});
  core_.advance(2'999);
  EXPECT_FALSE(task.done());
  core_.advance(1);
  ASSERT_TRUE(task.done());
  const InvokeResult result = task.outcome().take();
  EXPECT_EQ(result.function_error, "Unhandled");
  EXPECT_EQ(result.payload, "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: " +
                                result.request_id + " Error: Task timed out after 3.00 seconds\"}");
  EXPECT_NE(result.log_tail.find(" Task timed out after 3.00 seconds\n"), std::string::npos);
  EXPECT_NE(result.log_tail.find("Status: timeout\n"), std::string::npos);
  shared_.open_gate();
  core_.finish_turn();
}

TEST_F(LambdaTest, AWaitingInvocationCanBeWithdrawn) {
  create("f", "send");
  shared_.turn = &core_.turn;
  auto task = service_->invoke(context_.scope, "f", "{}");
  task.start([] {});
  task.reset();
  shared_.open_gate();
  core_.advance(5'000);
  shared_.turn = nullptr;
  EXPECT_EQ(abi::run_now(service_->invoke(context_.scope, "f", "{}")).payload, "\"id\"");
}

TEST_F(LambdaTest, ReservedConcurrencyBoundsWaitingInvocations) {
  create("f", "send");
  call("PutFunctionConcurrency", {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 1}});
  shared_.turn = &core_.turn;
  auto task = service_->invoke(context_.scope, "f", "{}");
  task.start([] {});
  EXPECT_EQ(invoke_error({{"FunctionName", "f"}}), "TooManyRequestsException 429: Rate Exceeded.");
  task.reset();
  shared_.turn = nullptr;
  EXPECT_EQ(invoke({{"FunctionName", "f"}})["StatusCode"], 200);
}

TEST_F(LambdaTest, AnEventIsRunAtTheEndOfTheTurn) {
  create("f", "echo");
  const Json response = invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  EXPECT_EQ(response["StatusCode"], 202);
  EXPECT_TRUE(lines_.empty());
  core_.finish_turn();
  EXPECT_EQ(lines_.size(), 4U);
  core_.advance(600'000);
  EXPECT_EQ(lines_.size(), 4U);
}

TEST_F(LambdaTest, AFailedEventIsTriedTwiceMore) {
  create("f", "fail");
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.finish_turn();
  EXPECT_EQ(shared_.calls, 1);
  core_.advance(59'999);
  EXPECT_EQ(shared_.calls, 1);
  core_.advance(1);
  EXPECT_EQ(shared_.calls, 2);
  core_.advance(119'999);
  EXPECT_EQ(shared_.calls, 2);
  core_.advance(1);
  EXPECT_EQ(shared_.calls, 3);
  core_.advance(3'600'000);
  EXPECT_EQ(shared_.calls, 3);
  EXPECT_EQ(lines_[0].substr(0, 55), lines_[4].substr(0, 55));
}

TEST_F(LambdaTest, RetriesEndWithTheFunction) {
  create("f", "fail");
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.finish_turn();
  call("DeleteFunction", {{"FunctionName", "f"}});
  core_.advance(3'600'000);
  EXPECT_EQ(shared_.calls, 1);
}

TEST_F(LambdaTest, AnEventSurvivesTheProcess) {
  create("f", "echo");
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}, {"Payload", R"({"a":1})"}});
  restart();
  core_.finish_turn();
  EXPECT_EQ(lines_.size(), 4U);
  restart();
  core_.advance(600'000);
  EXPECT_EQ(lines_.size(), 4U);
}

TEST_F(LambdaTest, ARestartChangesNothingOfWhenAnEventIsTriedAgain) {
  create("f", "fail");
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.advance(60'000);
  EXPECT_EQ(shared_.calls, 2);
  core_.advance(20'000);
  restart();
  core_.advance(99'999);
  EXPECT_EQ(shared_.calls, 2);
  core_.advance(1);
  EXPECT_EQ(shared_.calls, 3);
  restart();
  core_.advance(3'600'000);
  EXPECT_EQ(shared_.calls, 3);
  EXPECT_EQ(lines_[0].substr(0, 55), lines_[8].substr(0, 55));
}

TEST_F(LambdaTest, AClockThatWasSetBackDoesNotHoldUpAnEvent) {
  create("f", "fail");
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.finish_turn();
  core_.clock.jump(-86'400'000);
  restart();
  core_.advance(limits::longest_async_delay_ms);
  EXPECT_EQ(shared_.calls, 2);
}

TEST_F(LambdaTest, AThrottledEventIsTriedAgainSoonAndNotCounted) {
  create("f", "send");
  call("UpdateFunctionConfiguration", {{"FunctionName", "f"}, {"Timeout", 900}});
  call("PutFunctionConcurrency", {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 1}});
  shared_.turn = &core_.turn;
  auto first = service_->invoke(context_.scope, "f", "{}");
  first.start([] {});
  EXPECT_EQ(shared_.calls, 1);
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.advance(800'000);
  EXPECT_EQ(shared_.calls, 1);
  shared_.turn = nullptr;
  first.reset();
  core_.advance(300'000);
  EXPECT_EQ(shared_.calls, 2);
}

TEST_F(LambdaTest, AnEventOfAFunctionThatMayNotRunIsNotKept) {
  create("f", "send");
  call("PutFunctionConcurrency", {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 0}});
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.finish_turn();
  call("DeleteFunctionConcurrency", {{"FunctionName", "f"}});
  core_.advance(3'600'000);
  EXPECT_EQ(shared_.calls, 0);
}

TEST_F(LambdaTest, BoundsWaitingEvents) {
  create("f", "echo");
  const std::string payload = "\"" + std::string(1'000'000, 'x') + "\"";
  std::string error = "no error";
  std::size_t accepted = 0;
  for (; accepted < 200 && error == "no error"; ++accepted) {
    error =
        invoke_error({{"FunctionName", "f"}, {"InvocationType", "Event"}, {"Payload", payload}});
  }
  EXPECT_EQ(error, "TooManyRequestsException 429: Rate Exceeded.");
  EXPECT_LE((accepted - 1) * payload.size(), limits::max_async_bytes);
}

TEST_F(LambdaTest, EventsMayOutliveTheService) {
  create("f", "echo");
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  operations_.clear();
  service_.reset();
  core_.finish_turn();
  EXPECT_TRUE(lines_.empty());
}

TEST_F(LambdaTest, AnArnNamesTheFunctionOfTheMoment) {
  const std::string arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
  const auto answer = [&](core::Scope scope) {
    try {
      return abi::run_now(service_->invoke(scope, arn, "{}")).payload;
    } catch (const core::AwsError& error) {
      return error.code();
    }
  };
  create("f", "echo");
  EXPECT_EQ(answer({}), "{}");
  EXPECT_EQ(answer({"000000000000", "eu-west-1"}), "ResourceNotFoundException");
  call("UpdateFunctionConfiguration", {{"FunctionName", "f"}, {"Handler", "send"}});
  EXPECT_EQ(answer({}), "\"id\"");
  call("DeleteFunction", {{"FunctionName", "f"}});
  EXPECT_EQ(answer({}), "ResourceNotFoundException");
  create("f", "echo");
  EXPECT_EQ(answer({}), "{}");
}

TEST_F(LambdaTest, WhatAnInvocationHasLoggedIsThereWhileItWaits) {
  create("f", "send");
  shared_.turn = &core_.turn;
  auto task = service_->invoke(context_.scope, "f", "{}");
  task.start([] {});
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_TRUE(lines_[0].starts_with("START"));
  shared_.open_gate();
  core_.finish_turn();
  EXPECT_EQ(lines_.size(), 3U);
}

}  // namespace
}  // namespace votemu::lambda
