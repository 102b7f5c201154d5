#include "core/members.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/aws_error.h"

namespace votemu::core {
namespace {

std::string refusal(const std::function<void()>& read) {
  try {
    read();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.code(), "SerializationException");
    return error.message();
  }
  return "";
}

TEST(Members, AreAbsentWhenMissingNullOrInNoObject) {
  const Json object = {{"null", nullptr}};
  EXPECT_EQ(find_member(object, "null"), nullptr);
  EXPECT_EQ(find_member(object, "missing"), nullptr);
  EXPECT_EQ(find_member(Json::array({1}), "0"), nullptr);
  EXPECT_EQ(find_member(Json("text"), "text"), nullptr);
  EXPECT_EQ(string_member(object, "null"), std::nullopt);
  EXPECT_EQ(integer_member(object, "null"), std::nullopt);
  EXPECT_EQ(boolean_member(object, "null"), std::nullopt);
  EXPECT_EQ(object_member(object, "null"), nullptr);
  EXPECT_EQ(array_member(object, "null"), nullptr);
}

TEST(Members, ReadText) {
  EXPECT_EQ(string_member({{"a", "x"}}, "a"), "x");
  EXPECT_EQ(refusal([] {
              string_member({{"a", 1}}, "a");
            }),
            "NUMBER_VALUE can not be converted to a String");
  EXPECT_EQ(refusal([] {
              string_member({{"a", true}}, "a");
            }),
            "TRUE_VALUE can not be converted to a String");
  EXPECT_EQ(refusal([] {
              string_member({{"a", Json::object()}}, "a");
            }),
            "Start of structure or map found where not expected.");
  EXPECT_EQ(refusal([] {
              string_member({{"a", Json::array()}}, "a");
            }),
            "Start of list found where not expected");
}

TEST(Members, ReadIntegersAlsoFromText) {
  EXPECT_EQ(integer_member({{"a", -7}}, "a"), -7);
  EXPECT_EQ(integer_member({{"a", "12"}}, "a"), 12);
  EXPECT_EQ(integer_member({{"a", 3.0}}, "a"), 3);
  EXPECT_EQ(integer_member({{"a", INT64_MAX}}, "a"), INT64_MAX);
  EXPECT_EQ(integer_member({{"a", INT64_MIN}}, "a"), INT64_MIN);
  for (const Json& value : {Json("x"), Json("1x"), Json(""), Json(" 1"), Json(1e300),
                            Json(UINT64_MAX), Json(true), Json("99999999999999999999")}) {
    EXPECT_NE(refusal([&] { integer_member({{"a", value}}, "a"); }), "") << value;
  }
}

TEST(Members, ReadBooleansAlsoFromText) {
  EXPECT_EQ(boolean_member({{"a", true}}, "a"), true);
  EXPECT_EQ(boolean_member({{"a", "false"}}, "a"), false);
  EXPECT_EQ(refusal([] {
              boolean_member({{"a", "yes"}}, "a");
            }),
            "STRING_VALUE can not be converted to a Boolean");
  EXPECT_NE(refusal([] { boolean_member({{"a", 1}}, "a"); }), "");
}

TEST(Members, ReadMapsAndLists) {
  const Json object = {{"map", {{"x", 1}}}, {"list", {1, 2}}};
  ASSERT_TRUE(object_member(object, "map"));
  EXPECT_EQ((*object_member(object, "map"))["x"], 1);
  ASSERT_TRUE(array_member(object, "list"));
  EXPECT_EQ(array_member(object, "list")->size(), 2U);
  EXPECT_NE(refusal([&] { object_member(object, "list"); }), "");
  EXPECT_NE(refusal([&] { array_member(object, "map"); }), "");
}

}  // namespace
}  // namespace votemu::core
