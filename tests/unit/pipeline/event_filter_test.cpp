#include "pipeline/event_filter.h"

#include <gtest/gtest.h>

namespace votemu::pipeline {
namespace {

using core::Json;

bool passes(const std::string& pattern, const std::string& record) {
  const Json criteria = {{"Filters", {{{"Pattern", pattern}}}}};
  return EventFilter(criteria).passes(core::parse_json(record));
}

TEST(EventFilter, LetsEverythingThroughWithoutFilters) {
  EXPECT_TRUE(EventFilter(Json()).passes(Json::object()));
  EXPECT_TRUE(EventFilter(Json::parse(R"({"Filters":[]})")).passes(Json::object()));
}

TEST(EventFilter, MatchesLiteralsOfAnyListedValue) {
  EXPECT_TRUE(passes(R"({"a":["x","y"]})", R"({"a":"y"})"));
  EXPECT_TRUE(passes(R"({"a":[1,null,true]})", R"({"a":null})"));
  EXPECT_FALSE(passes(R"({"a":["x"]})", R"({"a":"z"})"));
  EXPECT_FALSE(passes(R"({"a":["x"]})", R"({})"));
}

TEST(EventFilter, NeedsEveryMemberAndAnyPattern) {
  EXPECT_FALSE(passes(R"({"a":["x"],"b":["y"]})", R"({"a":"x"})"));
  EXPECT_TRUE(passes(R"({"a":["x"],"b":["y"]})", R"({"a":"x","b":"y"})"));
  const auto two =
      Json::parse(R"({"Filters":[{"Pattern":"{\"a\":[1]}"},{"Pattern":"{\"b\":[1]}"}]})");
  EXPECT_TRUE(EventFilter(two).passes(Json::parse(R"({"b":1})")));
  EXPECT_FALSE(EventFilter(two).passes(Json::parse(R"({"c":1})")));
}

TEST(EventFilter, ComparesText) {
  EXPECT_TRUE(passes(R"({"a":[{"prefix":"us-"}]})", R"({"a":"us-1"})"));
  EXPECT_FALSE(passes(R"({"a":[{"prefix":"us-"}]})", R"({"a":"eu-1"})"));
  EXPECT_TRUE(passes(R"({"a":[{"suffix":".png"}]})", R"({"a":"x.png"})"));
  EXPECT_TRUE(passes(R"({"a":[{"equals-ignore-case":"Dog"}]})", R"({"a":"dOG"})"));
  EXPECT_TRUE(passes(R"({"a":[{"anything-but":["dog"]}]})", R"({"a":"cat"})"));
  EXPECT_FALSE(passes(R"({"a":[{"anything-but":["dog"]}]})", R"({"a":"dog"})"));
  EXPECT_FALSE(passes(R"({"a":[{"anything-but":{"prefix":"d"}}]})", R"({"a":"dog"})"));
}

TEST(EventFilter, ComparesNumbersAlsoThoseOfATableThatAreText) {
  EXPECT_TRUE(passes(R"({"a":[{"numeric":[">=",100,"<",200]}]})", R"({"a":100})"));
  EXPECT_FALSE(passes(R"({"a":[{"numeric":[">=",100,"<",200]}]})", R"({"a":200})"));
  EXPECT_TRUE(passes(R"({"a":{"N":[{"numeric":[">",100]}]}})", R"({"a":{"N":"101"}})"));
  EXPECT_FALSE(passes(R"({"a":[{"numeric":[">",100]}]})", R"({"a":"many"})"));
}

TEST(EventFilter, TellsWhetherAMemberExists) {
  EXPECT_TRUE(passes(R"({"a":[{"exists":true}]})", R"({"a":null})"));
  EXPECT_TRUE(passes(R"({"a":{"b":[{"exists":false}]}})", R"({})"));
  EXPECT_FALSE(passes(R"({"a":[{"exists":false}]})", R"({"a":1})"));
}

TEST(EventFilter, TakesAnyElementOfAListAndAnyBranchOfAnOr) {
  EXPECT_TRUE(passes(R"({"a":["x"]})", R"({"a":["w","x"]})"));
  EXPECT_TRUE(passes(R"({"$or":[{"a":[1]},{"b":[2]}]})", R"({"b":2})"));
  EXPECT_FALSE(passes(R"({"$or":[{"a":[1]},{"b":[2]}]})", R"({"a":2,"b":1})"));
}

TEST(EventFilter, LooksInsideABodyOrTakesItAsText) {
  EXPECT_TRUE(passes(R"({"body":{"id":["dog"]}})", R"({"body":"{\"id\":\"dog\"}"})"));
  EXPECT_FALSE(passes(R"({"body":{"id":["dog"]}})", R"({"body":"not json"})"));
  EXPECT_FALSE(passes(R"({"body":{"id":[{"exists":false}]}})", R"({"body":"not json"})"));
  EXPECT_TRUE(passes(R"({"body":["plain"]})", R"({"body":"plain"})"));
}

TEST(EventFilter, LooksInsideABodyFromTheBranchOfAnOr) {
  const std::string either = R"({"$or":[{"body":{"id":["dog"]}},{"messageId":["1"]}]})";
  EXPECT_TRUE(passes(either, R"({"body":"{\"id\":\"dog\"}","messageId":"2"})"));
  EXPECT_TRUE(passes(either, R"({"body":"{\"id\":\"cat\"}","messageId":"1"})"));
  EXPECT_FALSE(passes(either, R"({"body":"{\"id\":\"cat\"}","messageId":"2"})"));
}

TEST(EventFilter, APatternThatIsNoObjectLetsNothingThrough) {
  EXPECT_FALSE(passes("simple string", R"({})"));
  EXPECT_FALSE(passes("[]", R"({})"));
  EXPECT_FALSE(passes(std::string("{}\0{", 4), R"({})"));
}

}  // namespace
}  // namespace votemu::pipeline
