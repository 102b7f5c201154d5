// What a log keeps across restarts, and how it is written.
#include "core/keys.h"
#include "services/logs/limits.h"
#include "tests/unit/logs/logs_fixture.h"

namespace votemu::logs {
namespace {

using core::Json;

class RestartTest : public LogsTest {
 protected:
  // As a new process on the same store sees it.
  Json after_restart(const char* operation, const Json& request) {
    core_.finish_turn();
    Service restarted(core_.runtime);
    return core::call(core_.store, restarted.operations(), operation, context_, request);
  }
  Texts messages_after_restart() {
    return messages(after_restart("FilterLogEvents", {{"logGroupName", "g"}}));
  }
  std::size_t event_rows() {
    std::size_t count = 0;
    const core::Key prefix(core::Table::logs_events);
    for (auto row = core_.store.scan(prefix); row.valid(); row.next()) ++count;
    return count;
  }
};

TEST_F(RestartTest, AGroupIsThereWithItsRetentionAndTags) {
  call("CreateLogGroup", {{"logGroupName", "g"}, {"tags", {{"team", "votes"}}}});
  call("PutRetentionPolicy", {{"logGroupName", "g"}, {"retentionInDays", 7}});
  const Json groups = after_restart("DescribeLogGroups", Json::object())["logGroups"];
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0]["retentionInDays"], 7);
  EXPECT_EQ(after_restart("ListTagsLogGroup", {{"logGroupName", "g"}})["tags"],
            (Json{{"team", "votes"}}));
}

TEST_F(RestartTest, WhatFunctionsLoggedIsThere) {
  append("s", "one");
  append("t", "two");
  EXPECT_EQ(messages_after_restart(), (Texts{"one", "two"}));
  const Json streams = after_restart("DescribeLogStreams", {{"logGroupName", "g"}})["logStreams"];
  ASSERT_EQ(streams.size(), 2U);
  EXPECT_EQ(streams[0]["lastEventTimestamp"], core_.clock.now_ms());
}

TEST_F(RestartTest, WhatWasPutIsThereInItsOrder) {
  call("CreateLogGroup", {{"logGroupName", "g"}});
  call("CreateLogStream", {{"logGroupName", "g"}, {"logStreamName", "s"}});
  const auto put = [this](std::int64_t timestamp, const char* message) {
    call("PutLogEvents", {{"logGroupName", "g"},
                          {"logStreamName", "s"},
                          {"logEvents", {{{"timestamp", timestamp}, {"message", message}}}}});
  };
  put(core_.clock.now_ms(), "later");
  put(core_.clock.now_ms() - 10, "earlier");
  EXPECT_EQ(messages_after_restart(), (Texts{"earlier", "later"}));
}

TEST_F(RestartTest, WhatATurnLoggedToAGroupIsOneRow) {
  append("s", "one");
  append("s", "two");
  append("t", "three");
  core_.finish_turn();
  EXPECT_EQ(event_rows(), 1U);
  append("s", "four");
  core_.finish_turn();
  EXPECT_EQ(event_rows(), 2U);
}

TEST_F(RestartTest, ADeletedGroupLeavesNothing) {
  append("s", "one");
  core_.finish_turn();
  call("DeleteLogGroup", {{"logGroupName", "g"}});
  EXPECT_EQ(event_rows(), 0U);
  EXPECT_TRUE(after_restart("DescribeLogGroups", Json::object())["logGroups"].empty());
}

TEST_F(RestartTest, ADeletedStreamsEventsDoNotComeBackWithItsName) {
  append("s", "gone");
  append("t", "stays");
  core_.finish_turn();
  call("DeleteLogStream", {{"logGroupName", "g"}, {"logStreamName", "s"}});
  append("s", "new");
  EXPECT_EQ(messages_after_restart(), (Texts{"stays", "new"}));
}

TEST_F(RestartTest, RowsGoWithTheLastOfTheirEvents) {
  const std::string large(limits::max_message_bytes, 'x');
  for (int i = 0; i < 100; ++i) {
    append("s", large);
    core_.finish_turn();
  }
  EXPECT_LT(event_rows(), 65U);
  EXPECT_EQ(messages_after_restart().size(),
            messages(call("FilterLogEvents", {{"logGroupName", "g"}})).size());
}

TEST_F(RestartTest, EventsThatTheRetentionOutlivesGo) {
  call("CreateLogGroup", {{"logGroupName", "g"}});
  call("PutRetentionPolicy", {{"logGroupName", "g"}, {"retentionInDays", 1}});
  append("s", "old");
  core_.finish_turn();
  core_.clock.advance(2 * 86'400'000);
  EXPECT_EQ(messages_after_restart(), Texts{});
  append("s", "new");
  EXPECT_EQ(messages(call("FilterLogEvents", {{"logGroupName", "g"}})), Texts{"new"});
}

TEST_F(RestartTest, TheOldestOfTooManyStreamsMakesRoom) {
  for (std::size_t i = 0; i <= limits::max_streams_per_group; ++i) {
    append("stream-" + std::to_string(i), "line");
    core_.clock.advance(1);
  }
  EXPECT_EQ(error_of("GetLogEvents", {{"logGroupName", "g"}, {"logStreamName", "stream-0"}}),
            "ResourceNotFoundException: The specified log stream does not exist.");
  EXPECT_EQ(
      messages(call("GetLogEvents", {{"logGroupName", "g"},
                                     {"logStreamName",
                                      "stream-" + std::to_string(limits::max_streams_per_group)}})),
      Texts{"line"});
}

}  // namespace
}  // namespace votemu::logs
