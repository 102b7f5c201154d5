#include "services/iam/pattern.h"

#include <gtest/gtest.h>

namespace votemu::iam {
namespace {

using core::ConditionKey;

struct Matching {
  const char* pattern;
  const char* text;
  bool matches;
};

Pattern read(std::string_view text) {
  return *read_pattern(text, {RequestKeys({}, {}, {}), false});
}

TEST(PatternTest, WildcardsStandForText) {
  for (const auto& [pattern, text, matches] : {
           Matching{"votes", "votes", true},
           {"votes", "vote", false},
           {"vote", "votes", false},
           {"*", "", true},
           {"*", "anything/at:all", true},
           {"vo*s", "votes", true},
           {"vo*s", "vo/t/e:s", true},
           {"vo*s", "votesX", false},
           {"vote?", "votes", true},
           {"vote?", "vote", false},
           {"?", "", false},
           {"a*b*c", "a-b-b-c", true},
           {"a*b*c", "a-c-b", false},
           {"**a**", "bab", true},
           {"", "", true},
           {"", "x", false},
       }) {
    EXPECT_EQ(read(pattern).matches(text), matches) << pattern << " and " << text;
  }
}

TEST(PatternTest, CaseMattersUnlessToldOtherwise) {
  EXPECT_FALSE(read("SQS:send*").matches("sqs:SendMessage"));
  EXPECT_TRUE(read("SQS:send*").matches("sqs:SendMessage", Case::ignored));
}

TEST(PatternTest, BytesThatAreNotAsciiAreThemselves) {
  EXPECT_TRUE(read("gr\xc3\xbc*").matches("gr\xc3\xbc\xc3\x9f"));
  EXPECT_FALSE(read("gr\xc3\xbc").matches("gr\xc3\xbd"));
}

TEST(PatternTest, WildcardsEndWithTheirPartOfAnArn) {
  for (const auto& [pattern, text, matches] : {
           Matching{"arn:aws:sqs:us-*-1:0:q", "arn:aws:sqs:us-east-1:0:q", true},
           {"arn:aws:sqs:us-*1:0:q", "arn:aws:sqs:us-east-1:0:x1:0:q", false},
           {"arn:aws:sqs:*:q", "arn:aws:sqs:us-east-1:0:q", true},
           {"arn:aws:sqs:*", "arn:aws:sqs:us-east-1:0:q", true},
           {"arn:aws:sqs:us-east-?:0:q", "arn:aws:sqs:us-east-:0:q", false},
           {"arn:aws:logs:r:0:log-group:*s", "arn:aws:logs:r:0:log-group:g:log-stream:s", true},
           {"arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b:c", true},
       }) {
    Pattern arn = read(pattern);
    arn.confine_to_arn_parts(LastAsterisk::free);
    EXPECT_EQ(arn.matches(text), matches) << pattern << " and " << text;
  }
}

TEST(PatternTest, ManyWildcardsDoNotTakeForever) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  pattern += "b";
  EXPECT_FALSE(read(pattern).matches(std::string(2'000, 'a')));
}

struct VariablesTest : ::testing::Test {
  std::optional<std::string> text(const char* written, bool known = true) {
    return read_text(written, {RequestKeys(keys, {}, {}), known});
  }
  std::vector<ConditionKey> keys{{"aws:username", {"ann"}},
                                 {"iot:ClientId", {"*"}},
                                 {"cognito-identity.amazonaws.com:sub", {"us-east-1:id"}},
                                 {"several", {"a", "b"}}};
};

TEST_F(VariablesTest, AreWhatTheRequestSays) {
  EXPECT_EQ(text("home/${aws:username}/x"), "home/ann/x");
  EXPECT_EQ(text("${AWS:UserName}"), "ann");
  EXPECT_EQ(text("${cognito-identity.amazonaws.com:sub}"), "us-east-1:id");
}

TEST_F(VariablesTest, HaveNoValueWhenTheRequestSaysNothingOrSeveralThings) {
  EXPECT_EQ(text("${aws:PrincipalTag/team}"), std::nullopt);
  EXPECT_EQ(text("${several}"), std::nullopt);
}

TEST_F(VariablesTest, MayHaveADefault) {
  EXPECT_EQ(text("${aws:PrincipalTag/team, 'company-wide'}"), "company-wide");
  EXPECT_EQ(text("${aws:username, 'nobody'}"), "ann");
}

TEST_F(VariablesTest, SpellSpecialCharacters) {
  EXPECT_EQ(text("${*}${?}${$}"), "*?$");
  const auto pattern = read_pattern("a${*}", {RequestKeys(keys, {}, {}), true});
  EXPECT_TRUE(pattern->matches("a*"));
  EXPECT_FALSE(pattern->matches("ab"));
}

TEST_F(VariablesTest, DoNotMakeWildcards) {
  const auto pattern = read_pattern("client/${iot:ClientId}", {RequestKeys(keys, {}, {}), true});
  EXPECT_TRUE(pattern->matches("client/*"));
  EXPECT_FALSE(pattern->matches("client/other"));
}

TEST_F(VariablesTest, AreTextInOldDocuments) {
  EXPECT_EQ(text("${aws:username}", false), "${aws:username}");
}

TEST_F(VariablesTest, ThatAreNotClosedAreText) {
  EXPECT_EQ(text("${aws:username"), "${aws:username");
}

}  // namespace
}  // namespace votemu::iam
