#include "services/logs/limits.h"
#include "tests/unit/logs/logs_fixture.h"

namespace votemu::logs {
namespace {

using core::Json;

TEST_F(LogsTest, CreatesDescribesAndDeletesAGroup) {
  call("CreateLogGroup", {{"logGroupName", "/aws/lambda/f"}, {"tags", {{"team", "votes"}}}});
  const Json group = call("DescribeLogGroups", Json::object())["logGroups"][0];
  EXPECT_EQ(group["logGroupName"], "/aws/lambda/f");
  EXPECT_EQ(group["arn"], "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f:*");
  EXPECT_EQ(group["creationTime"], core_.clock.now_ms());
  EXPECT_EQ(call("ListTagsLogGroup", {{"logGroupName", "/aws/lambda/f"}})["tags"]["team"], "votes");

  call("DeleteLogGroup", {{"logGroupName", "/aws/lambda/f"}});
  EXPECT_TRUE(call("DescribeLogGroups", Json::object())["logGroups"].empty());
}

TEST_F(LogsTest, GroupsOfOtherScopesAreNotSeen) {
  call("CreateLogGroup", {{"logGroupName", "g"}});
  context_.scope.region = "eu-west-1";
  EXPECT_TRUE(call("DescribeLogGroups", Json::object())["logGroups"].empty());
}

TEST_F(LogsTest, RefusesAGroupThatExists) {
  call("CreateLogGroup", {{"logGroupName", "g"}});
  EXPECT_EQ(error_of("CreateLogGroup", {{"logGroupName", "g"}}),
            "ResourceAlreadyExistsException: The specified log group already exists");
}

TEST_F(LogsTest, RefusesNamesOutsideThePattern) {
  EXPECT_EQ(error_of("CreateLogGroup", {{"logGroupName", "a b"}}),
            "InvalidParameterException: 1 validation error detected: Value 'a b' at 'logGroupName' "
            "failed to satisfy constraint: Member must satisfy regular expression pattern: "
            "[\\.\\-_/#A-Za-z0-9]+");
  EXPECT_EQ(error_of("CreateLogGroup", Json::object()),
            "InvalidParameterException: 1 validation error detected: Value null at 'logGroupName' "
            "failed to satisfy constraint: Member must not be null");
  EXPECT_EQ(error_of("CreateLogGroup", {{"logGroupName", 7}}),
            "SerializationException: NUMBER_VALUE can not be converted to a String");
}

TEST_F(LogsTest, SaysWhatIsMissing) {
  EXPECT_EQ(error_of("GetLogEvents", {{"logGroupName", "g"}, {"logStreamName", "s"}}),
            "ResourceNotFoundException: The specified log group does not exist.");
  call("CreateLogGroup", {{"logGroupName", "g"}});
  EXPECT_EQ(error_of("GetLogEvents", {{"logGroupName", "g"}, {"logStreamName", "s"}}),
            "ResourceNotFoundException: The specified log stream does not exist.");
  EXPECT_EQ(error_of("DeleteLogStream", {{"logGroupName", "g"}, {"logStreamName", "s"}}),
            "ResourceNotFoundException: The specified log stream does not exist.");
}

TEST_F(LogsTest, PagesGroupsByPrefix) {
  for (const auto* name : {"a1", "a2", "a3", "b1"})
    call("CreateLogGroup", {{"logGroupName", name}});
  const Json first = call("DescribeLogGroups", {{"logGroupNamePrefix", "a"}, {"limit", 2}});
  ASSERT_EQ(first["logGroups"].size(), 2U);
  const Json second =
      call("DescribeLogGroups",
           {{"logGroupNamePrefix", "a"}, {"limit", 2}, {"nextToken", first["nextToken"]}});
  ASSERT_EQ(second["logGroups"].size(), 1U);
  EXPECT_EQ(second["logGroups"][0]["logGroupName"], "a3");
  EXPECT_FALSE(second.contains("nextToken"));
}

TEST_F(LogsTest, KeepsARetentionPolicy) {
  call("CreateLogGroup", {{"logGroupName", "g"}});
  call("PutRetentionPolicy", {{"logGroupName", "g"}, {"retentionInDays", 7}});
  EXPECT_EQ(call("DescribeLogGroups", Json::object())["logGroups"][0]["retentionInDays"], 7);
  EXPECT_NE(error_of("PutRetentionPolicy", {{"logGroupName", "g"}, {"retentionInDays", 8}})
                .find("InvalidParameterException"),
            std::string::npos);
  call("DeleteRetentionPolicy", {{"logGroupName", "g"}});
  EXPECT_FALSE(
      call("DescribeLogGroups", Json::object())["logGroups"][0].contains("retentionInDays"));
}

TEST_F(LogsTest, TagsByArn) {
  call("CreateLogGroup", {{"logGroupName", "g"}});
  const Json arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
  call("TagResource", {{"resourceArn", arn}, {"tags", {{"a", "1"}, {"b", "2"}}}});
  call("UntagResource", {{"resourceArn", arn}, {"tagKeys", {"a"}}});
  EXPECT_EQ(call("ListTagsForResource", {{"resourceArn", arn}})["tags"], Json({{"b", "2"}}));
}

TEST_F(LogsTest, OrdersStreamsByNameOrByLastEvent) {
  append("b", "1");
  core_.clock.advance(10);
  append("a", "2");
  core_.clock.advance(10);
  append("c", "3");
  const auto names = [&](const Json& request) {
    std::string text;
    const Json response = call("DescribeLogStreams", request);
    for (const auto& stream : response["logStreams"]) {
      text += stream["logStreamName"].get<std::string>();
    }
    return text;
  };
  EXPECT_EQ(names({{"logGroupName", "g"}}), "abc");
  EXPECT_EQ(names({{"logGroupName", "g"}, {"descending", true}}), "cba");
  EXPECT_EQ(names({{"logGroupName", "g"}, {"orderBy", "LastEventTime"}}), "bac");
  EXPECT_EQ(names({{"logGroupName", "g"}, {"orderBy", "LastEventTime"}, {"descending", true}}),
            "cab");
  EXPECT_EQ(names({{"logGroupName", "g"}, {"logStreamNamePrefix", "a"}}), "a");
  EXPECT_EQ(
      error_of("DescribeLogStreams",
               {{"logGroupName", "g"}, {"orderBy", "LastEventTime"}, {"logStreamNamePrefix", "a"}}),
      "InvalidParameterException: Cannot order by LastEventTime with a logStreamNamePrefix.");
}

TEST_F(LogsTest, PagesStreams) {
  for (const auto* stream : {"a", "b", "c"}) append(stream, "x");
  const Json first = call("DescribeLogStreams", {{"logGroupName", "g"}, {"limit", 2}});
  const Json second =
      call("DescribeLogStreams",
           {{"logGroupName", "g"}, {"limit", 2}, {"nextToken", first["nextToken"]}});
  ASSERT_EQ(second["logStreams"].size(), 1U);
  EXPECT_EQ(second["logStreams"][0]["logStreamName"], "c");
  EXPECT_EQ(error_of("DescribeLogStreams", {{"logGroupName", "g"}, {"nextToken", "zz"}}),
            "InvalidParameterException: The specified nextToken is invalid.");
}

TEST_F(LogsTest, DropsTheOldestEventsOverTheBound) {
  constexpr std::size_t most = limits::max_group_events;
  constexpr std::size_t fewest = most - limits::max_row_bytes / limits::event_overhead_bytes;
  for (std::size_t i = 0; i < most + 5; ++i) append("s", std::to_string(i));
  const Json page =
      call("GetLogEvents",
           {{"logGroupName", "g"}, {"logStreamName", "s"}, {"startFromHead", true}, {"limit", 1}});
  const std::string first = page["events"][0]["message"].get<std::string>();
  EXPECT_GE(std::stoul(first), 5U);
  EXPECT_LE(std::stoul(first), most + 5 - fewest);
}

TEST_F(LogsTest, BoundsTheBytesOfAGroup) {
  const std::string large(limits::max_message_bytes, 'x');
  for (std::size_t i = 0; i < limits::max_group_bytes / large.size() + 3; ++i) append("s", large);
  std::size_t kept = 0;
  Json request = {{"logGroupName", "g"}};
  while (true) {
    const Json page = call("FilterLogEvents", request);
    for (const auto& event : page["events"]) {
      kept += event["message"].get_ref<const std::string&>().size();
    }
    if (!page.contains("nextToken")) break;
    request["nextToken"] = page["nextToken"];
  }
  EXPECT_LE(kept, limits::max_group_bytes);
  EXPECT_GT(kept, limits::max_group_bytes / 2);
}

TEST_F(LogsTest, CutsAnOverlongMessageBetweenCharacters) {
  append("s", std::string(limits::max_message_bytes - 1, 'x') + "\xC3\xA9!");
  const Json page = call("GetLogEvents", {{"logGroupName", "g"}, {"logStreamName", "s"}});
  EXPECT_EQ(page["events"][0]["message"].get<std::string>(),
            std::string(limits::max_message_bytes - 1, 'x'));
}

TEST_F(LogsTest, DeletingAStreamTakesItsEvents) {
  append("a", "one");
  append("b", "two");
  call("DeleteLogStream", {{"logGroupName", "g"}, {"logStreamName", "a"}});
  EXPECT_EQ(messages(call("FilterLogEvents", {{"logGroupName", "g"}})), Texts{"two"});
}

}  // namespace
}  // namespace votemu::logs
