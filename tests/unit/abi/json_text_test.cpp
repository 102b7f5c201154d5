#include "handlers/abi/json_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace votemu::abi {
namespace {

std::string json_of(const std::string& text) {
  std::string json = "=";  // what is there stays
  append_quoted(json, text);
  return json;
}

// However long a text is, and wherever what cannot be written as it is falls in it.
TEST(JsonText, IsWhatNlohmannJsonWrites) {
  const std::vector<std::string> parts = {"x",      "a longer run of plain characters",
                                          "\"",     "\\",
                                          "\n",     "\x01",
                                          "\x7f",   "\u00e4",
                                          "\u20ac", "\U0001F600"};
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 400; ++size) {
    std::string text;
    while (text.size() < size * 10) text += parts[random() % parts.size()];
    ASSERT_EQ(json_of(text), "=" + nlohmann::json(text).dump());
  }
  for (const auto& part : parts) {
    std::string text;
    for (int i = 0; i < 3'000; ++i) text += part;
    EXPECT_EQ(json_of(text), "=" + nlohmann::json(text).dump());
  }
}

TEST(JsonText, ReplacesEachByteThatIsNotUtf8) {
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string plain(before, 'x');
    EXPECT_EQ(json_of(plain + "\xff\xc3"), "=\"" + plain + "\xEF\xBF\xBD\xEF\xBF\xBD\"");
    EXPECT_EQ(json_of(plain + "\xe2\x82"), "=\"" + plain + "\xEF\xBF\xBD\xEF\xBF\xBD\"");
  }
}

TEST(JsonText, MembersAreJoined) {
  std::string json = "{\"a\":1";
  append_member(json, "b", "\"");
  EXPECT_EQ(json, R"({"a":1,"b":"\"")");
}

}  // namespace
}  // namespace votemu::abi
