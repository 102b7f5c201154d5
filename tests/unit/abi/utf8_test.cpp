#include "handlers/abi/utf8.h"

#include <gtest/gtest.h>

namespace votemu::abi {
namespace {

TEST(Utf8, KnowsTheFirstAndTheLastOfEachLength) {
  EXPECT_EQ(utf8_sequence("\x7f!"), 1U);
  EXPECT_EQ(utf8_sequence("\xc2\x80!"), 2U);
  EXPECT_EQ(utf8_sequence("\xdf\xbf!"), 2U);
  EXPECT_EQ(utf8_sequence("\xe0\xa0\x80!"), 3U);
  EXPECT_EQ(utf8_sequence("\xef\xbf\xbf!"), 3U);
  EXPECT_EQ(utf8_sequence("\xf0\x90\x80\x80!"), 4U);
  EXPECT_EQ(utf8_sequence("\xf4\x8f\xbf\xbf!"), 4U);
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsBeyondUnicode) {
  for (const char* text : {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
                           "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80"}) {
    EXPECT_EQ(utf8_sequence(text), 0U) << ::testing::PrintToString(text);
  }
}

TEST(Utf8, IsWellFormedAsAWhole) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\xc2\x80\xf4\x8f\xbf\xbf"));
  EXPECT_FALSE(is_utf8("a\xc2"));
  EXPECT_FALSE(is_utf8("a\xff z"));
}

TEST(Utf8, RefusesWhatIsCutOrContinuesNothing) {
  for (const char* text : {"\x80", "\xff", "\xc2", "\xe2\x82", "\xf0\x9f\x98", "\xe2!\xac"}) {
    EXPECT_EQ(utf8_sequence(text), 0U) << ::testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace votemu::abi
