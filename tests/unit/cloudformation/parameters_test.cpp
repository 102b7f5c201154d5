#include "cloudformation/parameters.h"

#include <gtest/gtest.h>

#include "cloudformation/document.h"

namespace votemu::cloudformation {
namespace {

using core::Json;
using Given = std::map<std::string, std::string>;

std::map<std::string, Json> values(const std::string& yaml, const Given& given = {}) {
  return parameter_values(parse_document(yaml).root, given);
}

std::string error(const std::string& yaml, const Given& given = {}) {
  try {
    values(yaml, given);
  } catch (const Problem& problem) {
    return problem.what();
  }
  return "";
}

TEST(Parameters, GivenValuesGoBeforeDefaults) {
  const auto all =
      values("A: {Type: String, Default: x}\nB: {Type: String, Default: y}\n", {{"A", "given"}});
  EXPECT_EQ(all.at("A"), "given");
  EXPECT_EQ(all.at("B"), "y");
}

TEST(Parameters, NumbersAndBooleansAsDefaultsAreTexts) {
  const auto all = values("A: {Type: Number, Default: 5}\nB: {Type: String, Default: true}\n");
  EXPECT_EQ(all.at("A"), "5");
  EXPECT_EQ(all.at("B"), "true");
}

TEST(Parameters, MissingValuesAreNamedTogether) {
  EXPECT_EQ(error("A: {Type: String}\nB: {Type: String, Default: ''}\nC: {Type: Number}\n"),
            "Parameters: [A, C] must have values");
}

TEST(Parameters, UnknownOnesAreRefused) {
  EXPECT_EQ(error("A: {Type: String, Default: x}", {{"B", "1"}}),
            "Parameters: [B] do not exist in the template");
}

TEST(Parameters, ListsAreSplitAndTrimmed) {
  const auto all = values(
      "A: {Type: CommaDelimitedList, Default: 'a, b ,c'}\n"
      "B: {Type: List<Number>, Default: '1,2'}\n");
  EXPECT_EQ(all.at("A"), (Json{"a", "b", "c"}));
  EXPECT_EQ(all.at("B"), (Json{"1", "2"}));
}

TEST(Parameters, AllowedValues) {
  const std::string declared = "A: {Type: String, AllowedValues: [dev, 1]}";
  EXPECT_EQ(values(declared, {{"A", "1"}}).at("A"), "1");
  EXPECT_EQ(error(declared, {{"A", "prod"}}), "Parameter 'A' must be one of AllowedValues");
}

TEST(Parameters, AllowedPatternMatchesTheWhole) {
  const std::string declared = "A: {Type: String, AllowedPattern: '[a-z]+'}";
  EXPECT_EQ(error(declared, {{"A", "abc"}}), "");
  EXPECT_EQ(error(declared, {{"A", "abc1"}}), "Parameter 'A' must match pattern [a-z]+");
}

TEST(Parameters, AConstraintDescriptionReplacesTheRule) {
  EXPECT_EQ(
      error("A: {Type: String, MinLength: 3, ConstraintDescription: be longer}", {{"A", "x"}}),
      "Parameter A failed to satisfy constraint: be longer");
}

TEST(Parameters, Lengths) {
  const std::string declared = "A: {Type: String, MinLength: 2, MaxLength: '3'}";
  EXPECT_EQ(error(declared, {{"A", "x"}}), "Parameter 'A' must contain at least 2 characters");
  EXPECT_EQ(error(declared, {{"A", "wxyz"}}), "Parameter 'A' must contain at most 3 characters");
}

TEST(Parameters, Numbers) {
  const std::string declared = "A: {Type: Number, MinValue: 1, MaxValue: 2.5}";
  EXPECT_EQ(error(declared, {{"A", "2.5"}}), "");
  EXPECT_EQ(error(declared, {{"A", "0"}}), "Parameter 'A' must be a number not less than 1");
  EXPECT_EQ(error(declared, {{"A", "3"}}), "Parameter 'A' must be a number not greater than 2.5");
  EXPECT_EQ(error(declared, {{"A", "x"}}), "Parameter 'A' must be a number");
}

TEST(Parameters, ATypeIsNeeded) {
  EXPECT_NE(error("A: {Default: x}"), "");
  EXPECT_EQ(error("A: {Type: Colour, Default: x}"),
            "Template format error: Unrecognized parameter type: Colour");
}

// What makes a backtracking matcher run for years, or out of stack, ends at once.
TEST(Parameters, PatternsCannotHang) {
  EXPECT_EQ(error("A: {Type: String, AllowedPattern: '(a+)+b'}", {{"A", std::string(4'000, 'a')}}),
            "Parameter 'A' must match pattern (a+)+b");
  EXPECT_NE(error("A: {Type: String, AllowedPattern: '(['}", {{"A", "a"}}), "");
}

TEST(Parameters, PatternsRepeatNothingWithoutBound) {
  const auto refused =
      "Template format error: AllowedPattern of parameter 'A' is not a valid regular expression.";
  for (const std::string pattern :
       {"a{0000000001}", "a{77777777777777777799}", "a{1,7777777777}", "(a)\\7777777777"}) {
    EXPECT_EQ(error("A: {Type: String, AllowedPattern: '" + pattern + "'}", {{"A", "a"}}), refused);
  }
  EXPECT_EQ(error("A: {Type: String, AllowedPattern: 'a{000000001}'}", {{"A", "a"}}), "");
  EXPECT_EQ(
      error("A: {Type: String, AllowedPattern: 'a{1,3},123456789012'}", {{"A", "aa,123456789012"}}),
      "");
}

}  // namespace
}  // namespace votemu::cloudformation
