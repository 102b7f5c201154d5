#include "cloudformation/document.h"

#include <gtest/gtest.h>

#include "cloudformation/limits.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

Json yaml(const std::string& text) {
  return parse_document(text).root;
}

int line_of_failure(const std::string& text) {
  try {
    parse_document(text);
  } catch (const NotWellFormed& problem) {
    return problem.line();
  }
  return -1;
}

TEST(Document, PlainScalarsBecomeWhatTheyLookLike) {
  const Json root = yaml("A: true\nB: No\nC: 12\nD: -1.5\nE: text\nF: 2010-09-09\nG: 1e3\n");
  EXPECT_EQ(root, (Json{{"A", true},
                        {"B", false},
                        {"C", 12},
                        {"D", -1.5},
                        {"E", "text"},
                        {"F", "2010-09-09"},
                        {"G", 1000.0}}));
}

TEST(Document, QuotedScalarsStayText) {
  EXPECT_EQ(yaml("A: 'true'\nB: \"12\"\n"), (Json{{"A", "true"}, {"B", "12"}}));
}

TEST(Document, NumbersWithLeadingZerosAndTooLargeOnesStayText) {
  EXPECT_EQ(yaml("A: 000000000000\nB: 99999999999999999999\nC: 0\nD: 0.5\n"),
            (Json{{"A", "000000000000"}, {"B", "99999999999999999999"}, {"C", 0}, {"D", 0.5}}));
}

TEST(Document, ShortTagsBecomeFunctions) {
  const Json root = yaml(
      "A: !Ref X\n"
      "B: !Sub '${X}-y'\n"
      "C: !GetAtt T.Stream.Arn\n"
      "D: !Join [',', [a, !Ref B]]\n"
      "E: !If [C, 1, !Ref 'AWS::NoValue']\n"
      "F: !Condition Prod\n"
      "G: !GetAtt [T, Arn]\n");
  EXPECT_EQ(root["A"], (Json{{"Ref", "X"}}));
  EXPECT_EQ(root["B"], (Json{{"Fn::Sub", "${X}-y"}}));
  EXPECT_EQ(root["C"], (Json{{"Fn::GetAtt", {"T", "Stream.Arn"}}}));
  EXPECT_EQ(root["D"], (Json{{"Fn::Join", {",", {"a", {{"Ref", "B"}}}}}}));
  EXPECT_EQ(root["E"], (Json{{"Fn::If", {"C", 1, {{"Ref", "AWS::NoValue"}}}}}));
  EXPECT_EQ(root["F"], (Json{{"Condition", "Prod"}}));
  EXPECT_EQ(root["G"], (Json{{"Fn::GetAtt", {"T", "Arn"}}}));
}

TEST(Document, KnowsTheLineOfEachValue) {
  const auto document = parse_document(
      "# a comment\n"
      "Resources:\n"
      "  A:\n"
      "    Type: T\n"
      "    List:\n"
      "      - x\n"
      "      - Y: !Sub\n"
      "          - ${Z}\n"
      "          - Z: 1\n");
  EXPECT_EQ(document.lines.at({"Resources"}), 2);
  EXPECT_EQ(document.lines.at({"Resources", "A"}), 3);
  EXPECT_EQ(document.lines.at({"Resources", "A", "Type"}), 4);
  EXPECT_EQ(document.lines.at({"Resources", "A", "List", "0"}), 6);
  EXPECT_EQ(document.lines.at({"Resources", "A", "List", "1", "Y", "Fn::Sub", "1", "Z"}), 9);
}

TEST(Document, AnUnknownPathGivesTheLineOfItsKnownPart) {
  const auto document = parse_document("Resources:\n  A:\n    Type: T\n");
  EXPECT_EQ(document.lines.at({"Resources", "A", "Properties", "Handler"}), 2);
}

TEST(Document, ReadsJsonWithLines) {
  const auto document = parse_document(
      "{\n"
      "  \"Resources\": {\n"
      "    \"A\": {\"Type\": \"T\",\n"
      "      \"N\": [1, 2.5, true, null, \"\\ud83d\\ude00\"]}\n"
      "  }\n"
      "}\n");
  EXPECT_EQ(document.root["Resources"]["A"]["N"], (Json{1, 2.5, true, nullptr, "😀"}));
  EXPECT_EQ(document.lines.at({"Resources", "A", "Type"}), 3);
  EXPECT_EQ(document.lines.at({"Resources", "A", "N", "3"}), 4);
}

TEST(Document, SaysInWhichLineYamlIsBroken) {
  EXPECT_EQ(line_of_failure("A: 1\nB: [1, 2\nC: 3\n"), 3);
  EXPECT_EQ(line_of_failure("A: 1\nB: !Nope x\n"), 2);
}

TEST(Document, SaysInWhichLineJsonIsBroken) {
  EXPECT_EQ(line_of_failure("{\n\"A\": 1,\n\"B\" 2\n}"), 3);
}

TEST(Document, RefusesAliases) {
  try {
    parse_document("A: &x [1]\nB: *x\n");
    FAIL();
  } catch (const NotWellFormed& problem) {
    EXPECT_STREQ(problem.what(),
                 "Template error: YAML aliases are not allowed in CloudFormation templates");
    EXPECT_EQ(problem.line(), 2);
  }
}

TEST(Document, RefusesWhatIsNoMap) {
  EXPECT_THROW(parse_document(""), NotWellFormed);
  EXPECT_THROW(parse_document("- a\n"), NotWellFormed);
  EXPECT_THROW(parse_document("text"), NotWellFormed);
  EXPECT_THROW(parse_document("? [a]\n: b\n"), NotWellFormed);
}

TEST(Document, BoundsSizeAndDepth) {
  EXPECT_THROW(parse_document(std::string(limits::max_template_bytes + 1, ' ')), NotWellFormed);
  const std::string open(100'000, '[');
  EXPECT_THROW(parse_document("A: " + open), NotWellFormed);
  EXPECT_THROW(parse_document("{\"A\": " + open), NotWellFormed);
  std::string nested = "A";
  for (int i = 0; i < 200; ++i) nested = "{\"A\": " + (i == 0 ? "1" : nested) + "}";
  EXPECT_THROW(parse_document(nested), NotWellFormed);
}

}  // namespace
}  // namespace votemu::cloudformation
