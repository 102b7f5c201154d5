#include <algorithm>

#include "services/logs/limits.h"
#include "tests/unit/logs/logs_fixture.h"

namespace votemu::logs {
namespace {

using core::Json;

class EventsTest : public LogsTest {
 protected:
  Json put(const Json& events) {
    return call("PutLogEvents",
                {{"logGroupName", "g"}, {"logStreamName", "s"}, {"logEvents", events}});
  }
  std::string put_error(const Json& events) {
    return error_of("PutLogEvents",
                    {{"logGroupName", "g"}, {"logStreamName", "s"}, {"logEvents", events}});
  }
  Json event(std::int64_t offset_ms, const char* message) {
    return {{"timestamp", core_.clock.now_ms() + offset_ms}, {"message", message}};
  }
  Json get(Json request) {
    request["logGroupName"] = "g";
    request["logStreamName"] = "s";
    return call("GetLogEvents", request);
  }
  void SetUp() override {
    call("CreateLogGroup", {{"logGroupName", "g"}});
    call("CreateLogStream", {{"logGroupName", "g"}, {"logStreamName", "s"}});
  }
};

TEST_F(EventsTest, PutEventsAreRead) {
  const Json response = put({event(-2, "one"), event(-1, "two")});
  EXPECT_TRUE(response.contains("nextSequenceToken"));
  EXPECT_FALSE(response.contains("rejectedLogEventsInfo"));
  const Json page = get({});
  EXPECT_EQ(messages(page), (Texts{"one", "two"}));
  EXPECT_EQ(page["events"][0]["timestamp"], core_.clock.now_ms() - 2);
  EXPECT_EQ(page["events"][0]["ingestionTime"], core_.clock.now_ms());
}

TEST_F(EventsTest, EventsAreOrderedByTimeAcrossCalls) {
  put(Json::array({event(-1, "later")}));
  put(Json::array({event(-5, "earlier")}));
  EXPECT_EQ(messages(get({})), (Texts{"earlier", "later"}));
}

// Rows that overlap, beside rows that do not, forwards and backwards.
TEST_F(EventsTest, RowsThatOverlapInTimeAreReadInOrder) {
  for (const std::int64_t at : {-90, -80, -70, -85, -95, -10, -20, -5}) {
    put({event(at - 4, "begin"), event(at + 4, "end")});
    core_.finish_turn();
  }
  Json request = {{"startFromHead", true}, {"limit", 3}};
  std::vector<std::int64_t> forwards;
  for (Json page = get(request); !page["events"].empty(); page = get(request)) {
    for (const auto& one : page["events"]) forwards.push_back(one["timestamp"].get<std::int64_t>());
    request["nextToken"] = page["nextForwardToken"];
  }
  EXPECT_EQ(forwards.size(), 16U);
  EXPECT_TRUE(std::is_sorted(forwards.begin(), forwards.end()));

  request = {{"limit", 3}};
  std::vector<std::int64_t> backwards;
  for (Json page = get(request); !page["events"].empty(); page = get(request)) {
    for (std::size_t i = page["events"].size(); i-- > 0;) {
      backwards.push_back(page["events"][i]["timestamp"].get<std::int64_t>());
    }
    request["nextToken"] = page["nextBackwardToken"];
  }
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(backwards, forwards);
}

TEST_F(EventsTest, RefusesABatchOutOfOrder) {
  EXPECT_EQ(put_error({event(-1, "b"), event(-2, "a")}),
            "InvalidParameterException: Log events in a single PutLogEvents request must be in "
            "chronological order.");
  EXPECT_TRUE(get({})["events"].empty());
}

TEST_F(EventsTest, RefusesABatchOverADay) {
  EXPECT_EQ(put_error({event(-25LL * 3'600'000, "a"), event(0, "b")}),
            "InvalidParameterException: The batch of log events in a single PutLogEvents request "
            "cannot span more than 24 hours.");
}

TEST_F(EventsTest, RejectsWhatIsTooOldOrTooNew) {
  const std::int64_t day = 86'400'000;
  EXPECT_EQ(put(Json::array(
                {event(-15 * day, "old")}))["rejectedLogEventsInfo"]["tooOldLogEventEndIndex"],
            1);
  const Json response = put({event(0, "now"), event(3LL * 3'600'000, "new")});
  EXPECT_EQ(response["rejectedLogEventsInfo"]["tooNewLogEventStartIndex"], 1);
  EXPECT_EQ(messages(get({})), Texts{"now"});
}

TEST_F(EventsTest, RefusesEventsWithoutTextOrTime) {
  EXPECT_NE(put_error(Json::array({Json({{"timestamp", 1}, {"message", ""}})}))
                .find("greater than or equal to 1"),
            std::string::npos);
  EXPECT_NE(put_error(Json::array({Json({{"message", "x"}})}))
                .find("Value null at 'logEvents.1.member.timestamp'"),
            std::string::npos);
  EXPECT_NE(put_error(Json::array()).find("InvalidParameterException"), std::string::npos);
  EXPECT_NE(put_error(Json::array({7})).find("Value null"), std::string::npos);
}

TEST_F(EventsTest, RefusesAnUnknownStream) {
  EXPECT_EQ(error_of("PutLogEvents", {{"logGroupName", "g"},
                                      {"logStreamName", "t"},
                                      {"logEvents", Json::array({event(0, "x")})}}),
            "ResourceNotFoundException: The specified log stream does not exist.");
}

TEST_F(EventsTest, ChecksTheLimit) {
  EXPECT_EQ(
      error_of("GetLogEvents", {{"logGroupName", "g"}, {"logStreamName", "s"}, {"limit", 10001}}),
      "InvalidParameterException: 1 validation error detected: Value '10001' at 'limit' failed to "
      "satisfy constraint: Member must have value less than or equal to 10000");
}

TEST_F(EventsTest, RefusesAForeignToken) {
  for (const auto* token :
       {"invalid", "f/1", "x/00000000000000000000000000000000000000000000000000000000/s"}) {
    EXPECT_EQ(error_of("GetLogEvents",
                       {{"logGroupName", "g"}, {"logStreamName", "s"}, {"nextToken", token}}),
              "InvalidParameterException: The specified nextToken is invalid.");
  }
}

TEST_F(EventsTest, ReadsForwardsFromTheHead) {
  for (int i = 0; i < 5; ++i) append("s", std::to_string(i));
  const Json first = get({{"startFromHead", true}, {"limit", 2}});
  EXPECT_EQ(messages(first), (Texts{"0", "1"}));
  const Json second = get({{"nextToken", first["nextForwardToken"]}, {"limit", 2}});
  EXPECT_EQ(messages(second), (Texts{"2", "3"}));
  const Json third = get({{"nextToken", second["nextForwardToken"]}, {"limit", 2}});
  EXPECT_EQ(messages(third), Texts{"4"});
  const Json end = get({{"nextToken", third["nextForwardToken"]}, {"limit", 2}});
  EXPECT_TRUE(end["events"].empty());
  EXPECT_EQ(end["nextForwardToken"], third["nextForwardToken"]);

  append("s", "5");
  EXPECT_EQ(messages(get({{"nextToken", end["nextForwardToken"]}})), Texts{"5"});
}

TEST_F(EventsTest, ReadsBackwardsFromTheTail) {
  for (int i = 0; i < 3; ++i) append("s", std::to_string(i));
  const Json last = get({{"limit", 2}});
  EXPECT_EQ(messages(last), (Texts{"1", "2"}));
  const Json before = get({{"nextToken", last["nextBackwardToken"]}, {"limit", 2}});
  EXPECT_EQ(messages(before), Texts{"0"});
  const Json begin = get({{"nextToken", before["nextBackwardToken"]}, {"limit", 2}});
  EXPECT_TRUE(begin["events"].empty());
  EXPECT_EQ(begin["nextBackwardToken"], before["nextBackwardToken"]);
  EXPECT_EQ(messages(get({{"nextToken", begin["nextForwardToken"]}})), (Texts{"0", "1", "2"}));
}

TEST_F(EventsTest, AnEmptyStreamsForwardTokenFindsWhatComes) {
  const Json empty = get({});
  append("s", "first");
  EXPECT_EQ(messages(get({{"nextToken", empty["nextForwardToken"]}})), Texts{"first"});
}

TEST_F(EventsTest, RangeEndsBeforeTheEndTime) {
  put({event(-3, "a"), event(-2, "b"), event(-1, "c")});
  const std::int64_t now = core_.clock.now_ms();
  EXPECT_EQ(messages(get({{"startTime", now - 2}, {"endTime", now - 1}})), Texts{"b"});
}

TEST_F(EventsTest, FilterInterleavesStreamsInTime) {
  append("a", "1");
  core_.clock.advance(1);
  append("b", "2");
  core_.clock.advance(1);
  append("a", "3");
  const Json response = call("FilterLogEvents", {{"logGroupName", "g"}, {"interleaved", true}});
  EXPECT_EQ(messages(response), (Texts{"1", "2", "3"}));
  EXPECT_EQ(response["events"][1]["logStreamName"], "b");
  EXPECT_EQ(response["events"][0]["eventId"].get<std::string>().size(), 56U);
  EXPECT_NE(response["events"][0]["eventId"], response["events"][1]["eventId"]);
  EXPECT_TRUE(response["searchedLogStreams"].empty());
}

TEST_F(EventsTest, FilterChoosesStreams) {
  append("a1", "1");
  append("a2", "2");
  append("b", "3");
  const auto filter = [&](Json request) {
    request["logGroupName"] = "g";
    return messages(call("FilterLogEvents", request));
  };
  EXPECT_EQ(filter({{"logStreamNames", {"a1", "b"}}}), (Texts{"1", "3"}));
  EXPECT_EQ(filter({{"logStreamNamePrefix", "a"}}), (Texts{"1", "2"}));
  EXPECT_EQ(error_of("FilterLogEvents", {{"logGroupName", "g"}, {"logStreamNames", {"zz"}}}),
            "ResourceNotFoundException: The specified log stream does not exist.");
}

TEST_F(EventsTest, FilterPatterns) {
  append("s", "ERROR one");
  append("s", "ERROR two exit");
  append("s", "WARN three");
  const auto filter = [&](const char* pattern) {
    return messages(call("FilterLogEvents", {{"logGroupName", "g"}, {"filterPattern", pattern}}));
  };
  EXPECT_EQ(filter("").size(), 3U);
  EXPECT_EQ(filter("ERROR"), (Texts{"ERROR one", "ERROR two exit"}));
  EXPECT_EQ(filter("ERROR one"), Texts{"ERROR one"});
  EXPECT_EQ(filter("ERROR -exit"), Texts{"ERROR one"});
  EXPECT_EQ(filter("\"two exit\""), Texts{"ERROR two exit"});
  EXPECT_EQ(filter("?one ?three"), (Texts{"ERROR one", "WARN three"}));
  EXPECT_TRUE(filter("error").empty());
  for (const auto* pattern : {"{ $.a = }", "[a, b]", "\"open", "-", "%x%"}) {
    EXPECT_EQ(error_of("FilterLogEvents", {{"logGroupName", "g"}, {"filterPattern", pattern}}),
              "InvalidParameterException: Invalid filter pattern");
  }
}

TEST_F(EventsTest, FilterPages) {
  for (int i = 0; i < 5; ++i) append("s", std::to_string(i));
  Json request = {{"logGroupName", "g"}, {"limit", 2}};
  Texts all;
  int pages = 0;
  while (true) {
    const Json page = call("FilterLogEvents", request);
    ++pages;
    for (auto& text : messages(page)) all.push_back(text);
    if (!page.contains("nextToken")) break;
    request["nextToken"] = page["nextToken"];
  }
  EXPECT_EQ(all, (Texts{"0", "1", "2", "3", "4"}));
  EXPECT_EQ(pages, 3);
}

TEST_F(EventsTest, FilterRefusesAForeignTokenAndLimit) {
  EXPECT_EQ(error_of("FilterLogEvents", {{"logGroupName", "g"}, {"nextToken", "x"}}),
            "InvalidParameterException: The specified nextToken is invalid.");
  EXPECT_EQ(error_of("FilterLogEvents", {{"logGroupName", "g"}, {"limit", 10001}}),
            "InvalidParameterException: 1 validation error detected: Value '10001' at 'limit' "
            "failed to satisfy constraint: Member must have value less than or equal to 10000");
}

// As `aws logs tail --follow`: again from the last timestamp on, forgetting what it has seen by id.
TEST_F(EventsTest, TailFollows) {
  append("s", "one");
  const Json first = call("FilterLogEvents", {{"logGroupName", "g"}});
  const std::int64_t from = first["events"][0]["timestamp"].get<std::int64_t>();
  append("s", "two");
  const Json again = call("FilterLogEvents", {{"logGroupName", "g"}, {"startTime", from}});
  EXPECT_EQ(messages(again), (Texts{"one", "two"}));
  EXPECT_EQ(again["events"][0]["eventId"], first["events"][0]["eventId"]);
}

}  // namespace
}  // namespace votemu::logs
