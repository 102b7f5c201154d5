#include "core/text.h"

#include <gtest/gtest.h>

namespace votemu::core {
namespace {

TEST(PercentDecode, UndoesEscapes) {
  EXPECT_EQ(percent_decode("a%20b%2fc%C3%a9"), "a b/c\xc3\xa9");
  EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
  EXPECT_EQ(percent_decode("%2541"), "%41");
  EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, LeavesMalformedEscapes) {
  for (const auto* text : {"%", "%4", "100%", "%zz", "%4g", "%%"}) {
    EXPECT_EQ(percent_decode(text), text);
  }
  EXPECT_EQ(percent_decode("%%41"), "%A");
}

TEST(PercentDecode, ReadsPlusAsSpaceOnlyInForms) {
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
}

TEST(PercentEncode, KeepsUnreservedCharacters) {
  EXPECT_EQ(percent_encode("azAZ09-._~"), "azAZ09-._~");
  EXPECT_EQ(percent_encode("{\"a\": [*/+]}\n\xC3\xA9"),
            "%7B%22a%22%3A%20%5B%2A%2F%2B%5D%7D%0A%C3%A9");
}

TEST(PercentEncode, KeepsWhatIsToStay) {
  EXPECT_EQ(percent_encode("a/b*c d", "*/"), "a/b*c%20d");
}

TEST(Trimmed, TakesSpacesAndTabsOffTheEnds) {
  EXPECT_EQ(trimmed(" \ta b\t "), "a b");
  EXPECT_EQ(trimmed("a\n"), "a\n");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(LowerFirst, ChangesNothingElse) {
  EXPECT_EQ(lower_first("RoleName"), "roleName");
  EXPECT_EQ(lower_first("_X"), "_X");
  EXPECT_EQ(lower_first(""), "");
}

TEST(ParseNumber, TakesDigitsAlone) {
  EXPECT_EQ(parse_number("0"), 0U);
  EXPECT_EQ(parse_number("18446744073709551615"), UINT64_MAX);
  for (const auto* text : {"", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(EqualsIgnoringCase, ComparesAsciiLetters) {
  EXPECT_TRUE(equals_ignoring_case("aBc-1", "AbC-1"));
  EXPECT_FALSE(equals_ignoring_case("abc", "abcd"));
  EXPECT_FALSE(equals_ignoring_case("a[", "a{"));
}

}  // namespace
}  // namespace votemu::core
