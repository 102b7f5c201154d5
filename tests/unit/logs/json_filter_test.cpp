#include "services/logs/json_filter.h"

#include <gtest/gtest.h>

#include "core/aws_error.h"

namespace votemu::logs {
namespace {

constexpr const char* event =
    R"({"level":"ERROR","code":503,"ok":false,"none":null,"user":{"name":"ann lee"},)"
    R"("tags":["a","b"],"odd name":1,"text":"5"})";

bool matches(const char* pattern, const char* message = event) {
  return JsonFilter(pattern).matches(message);
}

TEST(JsonFilter, ComparesTexts) {
  EXPECT_TRUE(matches(R"({ $.level = "ERROR" })"));
  EXPECT_TRUE(matches("{$.level=ERROR}"));
  EXPECT_FALSE(matches(R"({ $.level = "error" })"));
  EXPECT_TRUE(matches(R"({ $.level != "INFO" })"));
  EXPECT_TRUE(matches(R"({ $.user.name = "ann*" })"));
  EXPECT_TRUE(matches(R"({ $.user.name = "*n*e" })"));
  EXPECT_FALSE(matches(R"({ $.user.name = "*x*" })"));
}

TEST(JsonFilter, ComparesNumbers) {
  EXPECT_TRUE(matches("{ $.code = 503 }"));
  EXPECT_TRUE(matches("{ $.code >= 500 && $.code < 600 }"));
  EXPECT_TRUE(matches("{ $.code != 4.5e2 }"));
  EXPECT_FALSE(matches("{ $.code > 503 }"));
  EXPECT_FALSE(matches("{ $.text = 5 }"));
}

TEST(JsonFilter, AsksWhatAMemberIs) {
  EXPECT_TRUE(matches("{ $.ok IS FALSE }"));
  EXPECT_FALSE(matches("{ $.ok IS TRUE }"));
  EXPECT_TRUE(matches("{ $.none IS NULL }"));
  EXPECT_TRUE(matches("{ $.missing NOT EXISTS }"));
  EXPECT_FALSE(matches("{ $.none NOT EXISTS }"));
}

TEST(JsonFilter, FollowsSelectors) {
  EXPECT_TRUE(matches(R"({ $.tags[1] = "b" })"));
  EXPECT_TRUE(matches(R"({ $.tags[*] = "b" })"));
  EXPECT_FALSE(matches(R"({ $.tags[7] = "b" })"));
  EXPECT_TRUE(matches("{ $['odd name'] = 1 }"));
  EXPECT_FALSE(matches(R"({ $.level.deeper = "x" })"));
}

TEST(JsonFilter, JoinsConditions) {
  EXPECT_TRUE(matches(R"({ ($.level = "INFO" || $.code = 503) && $.ok IS FALSE })"));
  EXPECT_TRUE(matches(R"({ $.level = "ERROR" || $.code = 1 && $.code = 2 })"));
  EXPECT_FALSE(matches(R"({ ($.level = "ERROR" || $.code = 1) && $.code = 2 })"));
}

TEST(JsonFilter, OnlyMatchesObjects) {
  EXPECT_FALSE(matches("{ $.a NOT EXISTS }", "text"));
  EXPECT_FALSE(matches("{ $.a NOT EXISTS }", "{broken"));
  EXPECT_TRUE(matches("{ $.a NOT EXISTS }", " {\"b\":1}\n"));
}

TEST(JsonFilter, RefusesWhatIsMalformed) {
  const std::string deep = "{" + std::string(500, '(') + "$.a = 1" + std::string(500, ')') + "}";
  for (const char* pattern :
       {"{", "{}", "{ $ = 1 }", "{ $.a }", "{ $.a = }", "{ $.a = \"open }", "{ $.a < \"x\" }",
        "{ $.a = 1 } more", "{ $.a[x] = 1 }", "{ ($.a = 1 }", "{ $.a IS }", "{ a = 1 }",
        "{ $.a = 1 && }", "{ $.a = %x% }", deep.c_str()}) {
    EXPECT_THROW(JsonFilter{pattern}, core::AwsError) << pattern;
  }
}

}  // namespace
}  // namespace votemu::logs
