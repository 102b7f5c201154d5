// Receiving, deleting and hiding messages.
#include "services/sqs/limits.h"
#include "services/sqs/message.h"
#include "tests/unit/sqs/sqs_fixture.h"

namespace votemu::sqs {
namespace {

constexpr auto invalid_value = "InvalidParameterValueException";

class ReceiveTest : public SqsTest {
 protected:
  ReceiveTest() { create("votes"); }

  std::string receive_handle(const std::string& queue = "votes") {
    return receive(queue).at(0).at("ReceiptHandle").get<std::string>();
  }
  void remove(const std::string& handle, const std::string& queue = "votes") {
    call("DeleteMessage", {{"QueueUrl", queue}, {"ReceiptHandle", handle}});
  }
  void hide(const std::string& handle, int seconds) {
    call("ChangeMessageVisibility",
         {{"QueueUrl", "votes"}, {"ReceiptHandle", handle}, {"VisibilityTimeout", seconds}});
  }
};

TEST_F(ReceiveTest, AnEmptyQueueAnswersWithNothing) {
  EXPECT_EQ(call("ReceiveMessage", {{"QueueUrl", "votes"}}), Json::object());
}

TEST_F(ReceiveTest, WhatWasSentComesBack) {
  const Json sent = send("votes", "message");
  core.advance(250);
  const Json message = receive_all("votes").at(0);
  EXPECT_EQ(message["MessageId"], sent["MessageId"]);
  EXPECT_EQ(message["Body"], "message");
  EXPECT_EQ(message["MD5OfBody"], "78e731027d8fd50ed642340b7c9a63b3");
  EXPECT_EQ(message["Attributes"], (Json{{"ApproximateFirstReceiveTimestamp", "1750000000250"},
                                         {"ApproximateReceiveCount", "1"},
                                         {"SenderId", "000000000000"},
                                         {"SentTimestamp", "1750000000000"}}));
  EXPECT_FALSE(message.contains("MessageAttributes"));
}

TEST_F(ReceiveTest, InTheOrderOfSendingOneByDefault) {
  for (const char* body : {"1", "2", "3"}) send("votes", body);
  EXPECT_EQ(bodies(receive("votes")), (std::vector<std::string>{"1"}));
  EXPECT_EQ(bodies(receive("votes", {{"MaxNumberOfMessages", 10}})),
            (std::vector<std::string>{"2", "3"}));
}

TEST_F(ReceiveTest, ParametersHaveTheirRanges) {
  const auto refuse = [this](const char* name, int value, const std::string& reason) {
    expect_error("ReceiveMessage", {{"QueueUrl", "votes"}, {name, value}}, invalid_value,
                 "Value " + std::to_string(value) + " for parameter " + name +
                     " is invalid. Reason: " + reason);
  };
  refuse("MaxNumberOfMessages", 11, "Must be between 1 and 10, if provided.");
  refuse("MaxNumberOfMessages", 0, "Must be between 1 and 10, if provided.");
  refuse("WaitTimeSeconds", 21, "Must be >= 0 and <= 20, if provided.");
  refuse("WaitTimeSeconds", -1, "Must be >= 0 and <= 20, if provided.");
  refuse("VisibilityTimeout", 43201, "Must be >= 0 and <= 43200, if provided.");
  refuse("VisibilityTimeout", -1, "Must be >= 0 and <= 43200, if provided.");
  expect_error("ReceiveMessage", {{"QueueUrl", "votes"}, {"AttributeNames", {"Color"}}},
               "InvalidAttributeName", "Unknown Attribute Color.");
}

TEST_F(ReceiveTest, SystemAttributesOnDemand) {
  send("votes", "m");
  const auto names = [this](const Json& more) {
    Json request = more;
    request["VisibilityTimeout"] = 0;
    const Json message = receive("votes", request).at(0);
    std::vector<std::string> found;
    const Json given = message.value("Attributes", Json::object());
    for (const auto& [name, value] : given.items()) {
      found.push_back(name);
    }
    return found;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names(Json::object()), Names{});
  EXPECT_EQ(names({{"AttributeNames", {"SenderId"}}}), Names{"SenderId"});
  EXPECT_EQ(names({{"MessageSystemAttributeNames", {"SenderId", "SequenceNumber"}}}),
            Names{"SenderId"});
  EXPECT_EQ(
      names({{"AttributeNames", {"SenderId"}}, {"MessageSystemAttributeNames", {"All"}}}).size(),
      4U);
}

TEST_F(ReceiveTest, MessageAttributesByNameAndPrefix) {
  const auto text = [](const char* value) {
    return Json{{"DataType", "String"}, {"StringValue", value}};
  };
  send("votes", "msg",
       {{"MessageAttributes",
         {{"General", text("Kenobi")}, {"Hello", text("There")}, {"Help.Me", text("Me")}}}});
  const auto digest = [this](const Json& names) {
    const Json message =
        receive("votes", {{"MessageAttributeNames", names}, {"VisibilityTimeout", 0}}).at(0);
    EXPECT_EQ(message.contains("MessageAttributes"), message.contains("MD5OfMessageAttributes"));
    return message.value("MD5OfMessageAttributes", "");
  };
  const auto all = "4c360f3fdafd970e05fae2f149d997f5";
  EXPECT_EQ(digest({"All"}), all);
  EXPECT_EQ(digest({"*"}), all);
  EXPECT_EQ(digest({".*"}), all);
  EXPECT_EQ(digest({"Hello", "General"}), "fca026605781cb4126a1e9044df24232");
  EXPECT_EQ(digest({"Hello", "none"}), "a311262e065454b75da111d535b8dacd");
  EXPECT_EQ(digest({"Hel.*"}), "83fee93c1bcd8b9a5a923ffacdc636c7");
  EXPECT_EQ(digest({"none"}), "");
  EXPECT_EQ(digest({"AWS.", "..foo"}), "");
  EXPECT_EQ(digest(Json::array()), "");
}

TEST_F(ReceiveTest, AReceivedMessageIsHiddenUntilItsTimeoutEnds) {
  send("votes", "m");
  receive("votes");
  EXPECT_EQ(counts("votes"), (MessageCounts{.in_flight = 1}));
  core.advance(29'999);
  EXPECT_TRUE(receive("votes").empty());
  core.advance(1);
  EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 1}));
  EXPECT_EQ(receive_all("votes").at(0)["Attributes"]["ApproximateReceiveCount"], "2");
}

TEST_F(ReceiveTest, TheFirstReceivesTimeStays) {
  send("votes", "m");
  receive("votes", {{"VisibilityTimeout", 1}});
  core.advance(1'000);
  EXPECT_EQ(receive_all("votes").at(0)["Attributes"]["ApproximateFirstReceiveTimestamp"],
            "1750000000000");
}

TEST_F(ReceiveTest, WithoutATimeoutEveryReceiveSeesTheMessageButOnlyOnce) {
  for (const char* body : {"1", "2"}) send("votes", body);
  const Json request{{"MaxNumberOfMessages", 10}, {"VisibilityTimeout", 0}};
  EXPECT_EQ(bodies(receive("votes", request)), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(bodies(receive("votes", request)), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 2}));
}

TEST_F(ReceiveTest, DeletedMessagesAreGone) {
  send("votes", "m");
  const auto handle = receive_handle();
  remove(handle);
  remove(handle);
  EXPECT_EQ(counts("votes"), MessageCounts{});
  EXPECT_EQ(stored_messages(), 0U);
  core.advance(60'000);
  EXPECT_TRUE(receive("votes").empty());
}

TEST_F(ReceiveTest, AnOldHandleStillDeletes) {
  send("votes", "m");
  const auto first = receive_handle();
  core.advance(30'000);
  const auto second = receive_handle();
  EXPECT_NE(first, second);
  remove(first);
  EXPECT_EQ(counts("votes"), MessageCounts{});

  send("votes", "n");
  const auto third = receive_handle();
  core.advance(30'000);
  remove(third);
  EXPECT_EQ(counts("votes"), MessageCounts{});
}

TEST_F(ReceiveTest, HandlesThatNeverWere) {
  create("other");
  send("other", "m");
  const auto foreign = receive_handle("other");
  for (const std::string operation : {"DeleteMessage", "ChangeMessageVisibility"}) {
    Json request{{"QueueUrl", "votes"}, {"ReceiptHandle", "fake"}, {"VisibilityTimeout", 1}};
    expect_error(operation, request, "ReceiptHandleIsInvalid",
                 "The input receipt handle \"fake\" is not a valid receipt handle.");
    request["ReceiptHandle"] = foreign;
    expect_error(operation, request, "ReceiptHandleIsInvalid",
                 "The receipt handle \"" + foreign + "\" is not valid for this queue.");
    request["ReceiptHandle"] = "";
    expect_error(operation, request, "MissingRequiredParameterException",
                 "The request must contain the parameter ReceiptHandle.");
  }
}

TEST_F(ReceiveTest, ChangingTheVisibilityTimeout) {
  send("votes", "m");
  const auto handle = receive_handle();
  hide(handle, 60);
  core.advance(59'999);
  EXPECT_TRUE(receive("votes").empty());
  core.advance(1);
  EXPECT_EQ(counts("votes").visible, 1U);

  hide(handle, 5);
  EXPECT_EQ(counts("votes"), (MessageCounts{.in_flight = 1}));
  hide(handle, 0);
  EXPECT_EQ(receive("votes").size(), 1U);
}

TEST_F(ReceiveTest, VisibilityTimeoutsAreBounded) {
  send("votes", "m");
  const auto handle = receive_handle();
  const auto request = [&handle](int seconds) {
    return Json{{"QueueUrl", "votes"}, {"ReceiptHandle", handle}, {"VisibilityTimeout", seconds}};
  };
  for (const int seconds : {-1, 43'201}) {
    expect_error("ChangeMessageVisibility", request(seconds), invalid_value,
                 "Value " + std::to_string(seconds) +
                     " for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and "
                     "43200.");
  }
  EXPECT_NO_THROW(hide(handle, 43'200));
  core.advance(1'000);
  expect_error("ChangeMessageVisibility", request(43'200), invalid_value,
               "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total "
               "VisibilityTimeout for the message is beyond the limit [43200 seconds]");
  EXPECT_NO_THROW(hide(handle, 43'199));
  expect_error("ChangeMessageVisibility", {{"QueueUrl", "votes"}, {"ReceiptHandle", handle}},
               "MissingRequiredParameterException",
               "The request must contain the parameter VisibilityTimeout.");
}

TEST_F(ReceiveTest, ADeletedMessageCannotBeHidden) {
  send("votes", "m");
  const auto handle = receive_handle();
  remove(handle);
  expect_error(
      "ChangeMessageVisibility",
      {{"QueueUrl", "votes"}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 1}}, invalid_value,
      "Value " + handle +
          " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not "
          "available for visibility timeout change.");
}

TEST_F(ReceiveTest, HandleBatches) {
  for (const char* body : {"1", "2"}) send("votes", body);
  const Json messages = receive("votes", {{"MaxNumberOfMessages", 2}});
  const Json hidden = call(
      "ChangeMessageVisibilityBatch",
      {{"QueueUrl", "votes"},
       {"Entries",
        {{{"Id", "a"}, {"ReceiptHandle", messages[0]["ReceiptHandle"]}, {"VisibilityTimeout", 0}},
         {{"Id", "b"}, {"ReceiptHandle", "x"}, {"VisibilityTimeout", 0}},
         {{"Id", "c"}, {"ReceiptHandle", messages[1]["ReceiptHandle"]}}}}});
  EXPECT_EQ(hidden["Successful"], Json::array({{{"Id", "a"}}}));
  EXPECT_EQ(hidden["Failed"][0]["Code"], "ReceiptHandleIsInvalid");
  EXPECT_EQ(hidden["Failed"][1]["Message"],
            "The request must contain the parameter "
            "ChangeMessageVisibilityBatchRequestEntry.3.VisibilityTimeout.");
  EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 1, .in_flight = 1}));

  const Json removed = call("DeleteMessageBatch",
                            {{"QueueUrl", "votes"},
                             {"Entries",
                              {{{"Id", "a"}, {"ReceiptHandle", messages[0]["ReceiptHandle"]}},
                               {{"Id", "b"}, {"ReceiptHandle", "dummy"}},
                               {{"Id", "c"}},
                               {{"Id", "d"}, {"ReceiptHandle", messages[1]["ReceiptHandle"]}}}}});
  EXPECT_EQ(removed["Successful"], Json::array({{{"Id", "a"}}, {{"Id", "d"}}}));
  EXPECT_EQ(
      removed["Failed"][0],
      (Json{{"Id", "b"},
            {"SenderFault", true},
            {"Code", "ReceiptHandleIsInvalid"},
            {"Message", "The input receipt handle \"dummy\" is not a valid receipt handle."}}));
  EXPECT_EQ(removed["Failed"][1]["Code"], "MissingParameter");
  EXPECT_EQ(counts("votes"), MessageCounts{});
  expect_error("DeleteMessageBatch", {{"QueueUrl", "votes"}, {"Entries", Json::array()}},
               "EmptyBatchRequest",
               "There should be at least one DeleteMessageBatchRequestEntry in the request.");
  expect_error(
      "ChangeMessageVisibilityBatch", {{"QueueUrl", "votes"}}, "EmptyBatchRequest",
      "There should be at least one ChangeMessageVisibilityBatchRequestEntry in the request.");
}

TEST_F(ReceiveTest, DelayedMessagesAppearInTime) {
  create("slow", {{"DelaySeconds", "5"}});
  send("slow", "by queue");
  send("slow", "by message", {{"DelaySeconds", 1}});
  send("slow", "at once", {{"DelaySeconds", 0}});
  EXPECT_EQ(counts("slow"), (MessageCounts{.visible = 1, .delayed = 2}));
  EXPECT_EQ(attributes("slow")["ApproximateNumberOfMessagesDelayed"], "2");
  EXPECT_EQ(bodies(receive_all("slow")), (std::vector<std::string>{"at once"}));
  core.advance(1'000);
  EXPECT_EQ(bodies(receive_all("slow")), (std::vector<std::string>{"by message"}));
  core.advance(4'000);
  EXPECT_EQ(bodies(receive_all("slow")), (std::vector<std::string>{"by queue"}));
}

TEST_F(ReceiveTest, ChangingAQueuesDelayLeavesItsMessagesAlone) {
  send("votes", "m", {{"DelaySeconds", 5}});
  call("SetQueueAttributes", {{"QueueUrl", "votes"}, {"Attributes", {{"DelaySeconds", "900"}}}});
  core.advance(5'000);
  EXPECT_EQ(counts("votes").visible, 1U);
}

TEST_F(ReceiveTest, OldMessagesExpireInWhateverState) {
  create("short", {{"MessageRetentionPeriod", "60"}});
  for (const char* body : {"1", "2"}) send("short", body);
  send("short", "3", {{"DelaySeconds", 900}});
  receive("short", {{"VisibilityTimeout", 600}});
  core.advance(59'999);
  EXPECT_EQ(counts("short"), (MessageCounts{.visible = 1, .in_flight = 1, .delayed = 1}));
  send("short", "young");
  core.advance(1);
  EXPECT_EQ(counts("short"), (MessageCounts{.visible = 1}));
  EXPECT_EQ(bodies(receive("short")), (std::vector<std::string>{"young"}));
  EXPECT_EQ(stored_messages(), 1U);
}

TEST_F(ReceiveTest, AShorterRetentionAppliesToWhatIsThere) {
  send("votes", "m");
  core.advance(120'000);
  call("SetQueueAttributes",
       {{"QueueUrl", "votes"}, {"Attributes", {{"MessageRetentionPeriod", "60"}}}});
  core.advance(0);
  EXPECT_EQ(counts("votes"), MessageCounts{});
}

TEST_F(ReceiveTest, PurgeEmptiesTheQueueOnceAMinute) {
  for (const char* body : {"1", "2", "3"}) send("votes", body);
  send("votes", "4", {{"DelaySeconds", 10}});
  const auto handle = receive_handle();
  call("PurgeQueue", {{"QueueUrl", "votes"}});
  EXPECT_EQ(counts("votes"), MessageCounts{});
  remove(handle);
  send("votes", "new");
  EXPECT_EQ(bodies(receive("votes")), (std::vector<std::string>{"new"}));
  const auto text = "Only one PurgeQueue operation on votes is allowed every 60 seconds.";
  expect_error("PurgeQueue", {{"QueueUrl", "votes"}}, "PurgeQueueInProgress", text, 403);
  restart();
  expect_error("PurgeQueue", {{"QueueUrl", "votes"}}, "PurgeQueueInProgress", text, 403);
  core.advance(60'000);
  EXPECT_EQ(stored_messages(), 1U);
  EXPECT_NO_THROW(call("PurgeQueue", {{"QueueUrl", "votes"}}));
}

TEST_F(ReceiveTest, RowsOfALargePurgeGoInBitsAndNeverComeBack) {
  const std::size_t many = 2 * limits::max_swept_per_turn + 10;
  for (std::size_t i = 0; i < many; ++i) {
    send_typed("votes", "m");
  }
  call("PurgeQueue", {{"QueueUrl", "votes"}});
  core.timers.run_due();
  core.finish_turn();
  EXPECT_EQ(stored_messages(), many - limits::max_swept_per_turn);
  restart();
  EXPECT_EQ(counts("votes"), MessageCounts{});
  send("votes", "new");
  core.advance(0);
  EXPECT_EQ(stored_messages(), 1U);
  EXPECT_EQ(counts("votes").visible, 1U);
}

TEST_F(ReceiveTest, TooManyInFlight) {
  constexpr std::size_t step = 1'000;
  for (std::size_t received = 0; received < limits::max_in_flight; received += step) {
    for (std::size_t i = 0; i < step; ++i) send_typed("votes", "m");
    ASSERT_EQ(service->receive(arn("votes"), 2 * step).size(), step);
    core.finish_turn();
  }
  send_typed("votes", "m");
  expect_error("ReceiveMessage", {{"QueueUrl", "votes"}}, "OverLimit",
               "The maximum number of in flight messages is reached.", 403);
  core.advance(30'000);
  EXPECT_EQ(counts("votes").visible, limits::max_in_flight + 1);
}

TEST_F(ReceiveTest, ALargeBacklogKeepsItsOrder) {
  constexpr std::size_t backlog = 100'000;
  for (std::size_t i = 0; i < backlog; ++i) {
    send_typed("votes", std::to_string(i));
  }
  core.finish_turn();
  std::size_t next = 0;
  for (int i = 0; i < 1'000; ++i) {
    for (const auto& message : service->receive(arn("votes"), 10)) {
      ASSERT_EQ(message.body, std::to_string(next++));
      service->delete_message(arn("votes"), message.receipt_handle);
    }
    core.finish_turn();
  }
  EXPECT_EQ(service->visible_count(arn("votes")), backlog - 10'000);
}

TEST_F(ReceiveTest, MessagesInEveryStateSurviveARestart) {
  create("mixed", {{"MessageRetentionPeriod", "3600"}});
  for (const char* body : {"again", "hidden", "deleted", "ready"}) send("mixed", body);
  send("mixed", "delayed", {{"DelaySeconds", 60}});
  receive("mixed", {{"VisibilityTimeout", 1}});
  core.advance(500);
  const auto hidden =
      receive("mixed", {{"VisibilityTimeout", 40}}).at(0).at("ReceiptHandle").get<std::string>();
  remove(receive_handle("mixed"), "mixed");
  core.advance(500);
  const MessageCounts expected{.visible = 2, .in_flight = 1, .delayed = 1};
  EXPECT_EQ(counts("mixed"), expected);

  restart();
  EXPECT_EQ(counts("mixed"), expected);
  const Json messages = receive_all("mixed");
  EXPECT_EQ(bodies(messages), (std::vector<std::string>{"ready", "again"}));
  EXPECT_EQ(messages[1]["Attributes"]["ApproximateReceiveCount"], "2");
  EXPECT_EQ(messages[1]["Attributes"]["ApproximateFirstReceiveTimestamp"], "1750000000000");
  core.advance(39'500);
  EXPECT_EQ(bodies(receive_all("mixed")), (std::vector<std::string>{"again", "ready", "hidden"}));
  remove(hidden, "mixed");
  core.advance(19'500);
  EXPECT_EQ(bodies(receive_all("mixed")), (std::vector<std::string>{"delayed"}));
  core.advance(3'600'000);
  EXPECT_EQ(counts("mixed"), MessageCounts{});
}

TEST_F(ReceiveTest, WhatFellDueWhileVotemuWasNotRunning) {
  send("votes", "hidden");
  receive("votes");
  send("votes", "delayed", {{"DelaySeconds", 10}});
  core.finish_turn();
  operations.clear();
  service.reset();
  core.clock.advance(3'600'000);
  restart();
  EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 2}));
  operations.clear();
  service.reset();
  core.clock.advance(345'600'000);
  restart();
  core.advance(0);
  EXPECT_EQ(counts("votes"), MessageCounts{});
}

TEST_F(ReceiveTest, MessagesThatWaitForTheirFirstReceiveKeepTheirPlacesAmongTheOthers) {
  send("votes", "1");
  send("votes", "delayed", {{"DelaySeconds", 1}});
  core.advance(500);
  for (const char* body : {"2", "3"}) send("votes", body);
  receive("votes", {{"VisibilityTimeout", 5}});
  core.advance(600);
  send("votes", "4");
  restart();
  EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 4, .in_flight = 1}));
  EXPECT_EQ(bodies(receive_all("votes")), (std::vector<std::string>{"2", "3", "delayed", "4"}));
  core.advance(5'000);
  send("votes", "5");
  EXPECT_EQ(bodies(receive_all("votes")), (std::vector<std::string>{"1", "5"}));
}

TEST_F(ReceiveTest, ALongQueueIsReadAheadPastWhatDoesNotWait) {
  constexpr std::size_t many = 3 * limits::max_rows_read_ahead;
  std::vector<std::string> at_once;
  std::vector<std::string> delayed;
  for (std::size_t i = 0; i < many; ++i) {
    const bool later = i % 3 == 1;
    send_typed("votes", std::to_string(i), later ? 1 : 0);
    (later ? delayed : at_once).push_back(std::to_string(i));
  }
  const auto take = [this] {
    std::vector<std::string> taken;
    for (const auto& message : service->receive(arn("votes"), many)) taken.push_back(message.body);
    return taken;
  };
  const std::vector<std::string> first = bodies(receive_all("votes"));
  EXPECT_EQ(first, std::vector(at_once.begin(), at_once.begin() + 10));
  restart();
  EXPECT_EQ(take(), std::vector(at_once.begin() + 10, at_once.end()));
  core.advance(1'000);
  EXPECT_EQ(take(), delayed);
  for (std::size_t i = 0; i < many; ++i) send_typed("votes", "purged");
  EXPECT_EQ(receive("votes").size(), 1U);
  call("PurgeQueue", {{"QueueUrl", "votes"}});
  send("votes", "new");
  EXPECT_EQ(take(), std::vector<std::string>{"new"});
}

TEST_F(ReceiveTest, ASweptQueueLeavesNoStateBehind) {
  for (const char* body : {"1", "2"}) send("votes", body);
  remove(receive_handle());
  receive("votes");
  EXPECT_EQ(rows(core::Table::sqs_message_state), 1U);
  call("DeleteQueue", {{"QueueUrl", "votes"}});
  restart();
  core.advance(0);
  EXPECT_EQ(rows(core::Table::sqs_message), 0U);
  EXPECT_EQ(rows(core::Table::sqs_message_state), 0U);
}

// As a votemu wrote them that kept a message's state in its row.
TEST_F(ReceiveTest, RowsOfAnOlderVotemuAreTakenUp) {
  const std::int64_t now = core.clock.now_ms();
  const auto put = [&](std::uint64_t sequence, const MessageState& state, std::string_view body) {
    Message message;
    message.state = state;
    message.sent_ms = now - 1'000;
    const std::string id = core.random.uuid();
    message.id = id;
    message.body = body;
    core.store.put(message_key(1, sequence), encode_message(message));
  };
  const core::Key queues(core::Table::sqs_queue);
  const std::string key(core.store.scan(queues).key());
  Json definition = core::parse_json(core.store.get(key).value());
  definition.erase("has_state_rows");
  core.store.put(key, core::dump_json(definition));
  put(1, {now - 500, now - 700, now - 700, 1}, "returned");
  put(2, {now - 1'000, 0, 0, 0}, "waiting");
  put(3, {now + 5'000, now - 700, now - 700, 3}, "in flight");
  put(4, {now + 9'000, 0, 0, 0}, "delayed");
  for (int i = 0; i < 2; ++i) {
    restart();
    EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 2, .in_flight = 1, .delayed = 1}));
    EXPECT_EQ(rows(core::Table::sqs_message_state), 3U);
  }
  const Json messages = receive_all("votes");
  EXPECT_EQ(bodies(messages), (std::vector<std::string>{"waiting", "returned"}));
  EXPECT_EQ(messages[1]["Attributes"]["ApproximateReceiveCount"], "2");
  core.advance(5'000);
  const Json later = receive_all("votes");
  EXPECT_EQ(bodies(later), (std::vector<std::string>{"in flight"}));
  EXPECT_EQ(later[0]["Attributes"]["ApproximateReceiveCount"], "4");
}

TEST_F(ReceiveTest, AHandleFromBeforeARestartDoesNotMeanALaterMessage) {
  send("votes", "old");
  const auto handle = receive_handle();
  remove(handle);
  restart();
  send("votes", "new");
  remove(handle);
  EXPECT_EQ(bodies(receive("votes")), (std::vector<std::string>{"new"}));
}

TEST_F(ReceiveTest, ThereIsAtMostOneTimerAQueueAndNoneWhenItIsEmpty) {
  for (int i = 0; i < 5; ++i) send("votes", "m", {{"DelaySeconds", i}});
  EXPECT_EQ(*core.timers.next_due_ms() - core.clock.steady_ms(), 1'000);
  while (!receive("votes").empty()) {
  }
  call("PurgeQueue", {{"QueueUrl", "votes"}});
  core.advance(0);
  EXPECT_EQ(core.timers.next_due_ms(), std::nullopt);
}

TEST_F(ReceiveTest, ConsumersInTheProcessUseTheArn) {
  send("votes", "a",
       {{"MessageAttributes", {{"k", {{"DataType", "String"}, {"StringValue", "v"}}}}}});
  send("votes", "b");
  EXPECT_EQ(service->oldest_visible_since_ms(arn("votes")), 1'750'000'000'000);
  const auto messages = service->receive(arn("votes"), 10'000, 5);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].body, "a");
  EXPECT_EQ(messages[0].message_attributes["k"]["StringValue"], "v");
  EXPECT_EQ(messages[0].md5_of_message_attributes.size(), 32U);
  EXPECT_TRUE(messages[1].message_attributes.empty());
  EXPECT_EQ(messages[1].md5_of_message_attributes, "");
  EXPECT_EQ(service->oldest_visible_since_ms(arn("votes")), std::nullopt);
  service->delete_message(arn("votes"), messages[0].receipt_handle);
  service->change_visibility(arn("votes"), messages[1].receipt_handle, 0);
  EXPECT_EQ(service->visible_count(arn("votes")), 1U);
  EXPECT_EQ(service->visibility_timeout_s(arn("votes")), 30);
  EXPECT_EQ(service->total_counts(), (MessageCounts{.visible = 1}));

  EXPECT_EQ(service->visible_count(arn("none")), 0U);
  EXPECT_EQ(service->visibility_timeout_s(arn("none")), std::nullopt);
  EXPECT_THROW(service->receive(arn("none"), 1), core::AwsError);
  EXPECT_THROW(service->receive("nonsense", 1), core::AwsError);
  EXPECT_THROW(service->delete_message(arn("votes"), "x"), core::AwsError);
  EXPECT_THROW(service->change_visibility(arn("votes"), messages[1].receipt_handle, -1),
               core::AwsError);
}

TEST_F(ReceiveTest, ListenersHearWheneverAMessageBecomesVisible) {
  const auto heard = [this] { return std::exchange(visible_arns, {}).size(); };
  send("votes", "m");
  EXPECT_EQ(visible_arns, std::vector<std::string>{arn("votes")});
  heard();
  const auto handle = receive_handle();
  EXPECT_EQ(heard(), 0U);
  core.advance(30'000);
  EXPECT_EQ(heard(), 1U);
  hide(handle, 10);
  EXPECT_EQ(heard(), 0U);
  hide(handle, 0);
  EXPECT_EQ(heard(), 1U);
  send("votes", "late", {{"DelaySeconds", 1}});
  EXPECT_EQ(heard(), 0U);
  core.advance(1'000);
  EXPECT_EQ(heard(), 1U);
}

TEST_F(ReceiveTest, AStartCountsWhatIsThereAlsoAfterTheClockWasSetBack) {
  create("votes");
  send("votes", "first");
  core.clock.jump(-60'000);
  send("votes", "second", {{"DelaySeconds", 1}});
  send("votes", "third");
  core.advance(2'000);
  const Json received = receive("votes", {{"MaxNumberOfMessages", 1}});
  ASSERT_EQ(bodies(received), std::vector<std::string>{"second"});
  call("DeleteMessage", {{"QueueUrl", "votes"}, {"ReceiptHandle", received[0]["ReceiptHandle"]}});
  EXPECT_EQ(counts("votes").visible, 2U);
  restart();
  EXPECT_EQ(counts("votes").visible, 2U);
}

}  // namespace
}  // namespace votemu::sqs
