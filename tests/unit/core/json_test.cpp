#include "core/json.h"

#include <gtest/gtest.h>

#include "core/aws_error.h"

namespace votemu::core {
namespace {

std::string code_of(std::string_view text) {
  try {
    parse_json(text);
  } catch (const AwsError& error) {
    EXPECT_EQ(error.http_status(), 400);
    return error.code();
  }
  return "";
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string nested_arrays(int depth) {
  return repeated("[", depth) + repeated("]", depth);
}

TEST(Json, BoundsTheNumberOfValues) {
  const auto list_of = [](std::size_t elements) {
    std::string text = "[0";
    for (std::size_t i = 1; i < elements; ++i) text += ",0";
    return text + "]";
  };
  EXPECT_EQ(parse_json(list_of(max_json_values)).size(), max_json_values);
  EXPECT_THROW(parse_json(list_of(max_json_values + 1)), AwsError);
}

TEST(Json, IsOneValueOfAnyKind) {
  EXPECT_EQ(parse_json(R"( {"a": [1, "x", null, true]} )")["a"][1], "x");
  EXPECT_TRUE(parse_json("null").is_null());
  EXPECT_EQ(parse_json("\"text\""), "text");
}

TEST(Json, IsRefusedWhenMalformed) {
  for (const auto* text : {"", " ", "{", "}", "{\"a\":}", "{\"a\":1,}", "[1] [2]", "{'a':1}", "nul",
                           "\"open", "{a:1}", "\"\\", "// comment\n1"}) {
    EXPECT_EQ(code_of(text), "SerializationException") << text;
  }
}

TEST(Json, IsRefusedWhenItIsNotUtf8) {
  EXPECT_EQ(code_of("\"\xff\""), "SerializationException");
  EXPECT_EQ(code_of("{\"a\":\"\xc3\"}"), "SerializationException");
  EXPECT_EQ(code_of("\"\\ud800\""), "SerializationException");
}

TEST(Json, KeepsTheLastOfEqualKeys) {
  EXPECT_EQ(parse_json(R"({"a":1,"a":2})"), Json({{"a", 2}}));
}

TEST(Json, NestsUpToItsBound) {
  EXPECT_EQ(code_of(nested_arrays(max_json_depth)), "");
  EXPECT_EQ(code_of(nested_arrays(max_json_depth + 1)), "SerializationException");
  const std::string objects = repeated("{\"a\":", max_json_depth);
  EXPECT_EQ(code_of(objects + "1" + repeated("}", max_json_depth)), "");
  EXPECT_EQ(code_of(objects + "{}" + repeated("}", max_json_depth)), "SerializationException");
}

TEST(Json, CountsOnlyWhatIsOpenAndNothingWithinStrings) {
  EXPECT_EQ(code_of("[" + repeated("[],", 1'000) + "[]]"), "");
  EXPECT_EQ(code_of("\"" + repeated("[", 1'000) + "\""), "");
  EXPECT_EQ(code_of("[\"\\\"" + repeated("{", 1'000) + "\"]"), "");
  EXPECT_EQ(code_of("[\"\\\\\"," + nested_arrays(max_json_depth) + "]"), "SerializationException");
}

TEST(Json, IsRefusedHoweverDeeplyItNests) {
  EXPECT_EQ(code_of(nested_arrays(100'000)), "SerializationException");
  EXPECT_EQ(code_of(repeated("[", 5'000'000)), "SerializationException");
  EXPECT_EQ(code_of(repeated("{\"a\":", 100'000)), "SerializationException");
  EXPECT_EQ(code_of("]" + repeated("[", 1'000'000)), "SerializationException");
}

TEST(Json, OfItsOwnIsReadHoweverDeeplyItNests) {
  EXPECT_TRUE(parse_own_json(nested_arrays(2 * max_json_depth)).is_array());
  EXPECT_THROW(parse_own_json("{"), std::runtime_error);
}

TEST(Json, IsWrittenAsNlohmannWritesIt) {
  for (const std::string_view text :
       {"null", "true", "false", "0", "-9223372036854775808", "18446744073709551615", "1.5",
        "1e300", "-0.1", "{}", "[]", "[[],{}]", R"({"a":{"b":[1,"two",{"c":null}]},"d":-3})",
        R"("\"\\\b\f\n\r\t\u0000\u001f/\u007f\u2028\ud83d\ude00")"}) {
    const Json value = Json::parse(text);
    EXPECT_EQ(dump_json(value), value.dump()) << text;
  }
}

TEST(Json, IsWrittenCompactlyAndAsUtf8) {
  EXPECT_EQ(dump_json(Json{{"b", 1}, {"a", {true, nullptr}}}), R"({"a":[true,null],"b":1})");
  EXPECT_EQ(dump_json(Json("caf\xc3\xa9 \xff!")), "\"caf\xc3\xa9 \xef\xbf\xbd!\"");
}

TEST(Json, QuotesText) {
  EXPECT_EQ(json_quote("a\"b\\c\n\x01"), R"("a\"b\\c\n\u0001")");
  EXPECT_EQ(json_quote(""), "\"\"");
}

}  // namespace
}  // namespace votemu::core
