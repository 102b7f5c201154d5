// Attribute values on the wire and in the store.
#include "handlers/abi/attribute_json.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "handlers/abi/aws_error.h"
#include "handlers/abi/base64.h"
#include "services/dynamodb/item_codec.h"
#include "services/dynamodb/item_size.h"

namespace votemu::dynamodb {
namespace {

using core::Json;

Json round_trip(const std::string& text) {
  return abi::attribute_to_json(abi::attribute_from_json(Json::parse(text)));
}

std::string problem(const std::string& text) {
  try {
    abi::attribute_from_json(Json::parse(text));
  } catch (const abi::AwsError& error) {
    return error.code() + ": " + error.message();
  }
  return "";
}

constexpr auto every_type = R"({"M":{
    "s":{"S":"grüße \"q\""},"e":{"S":""},"n":{"N":"-12.5"},"b":{"B":"kA=="},"t":{"BOOL":true},
    "f":{"BOOL":false},"z":{"NULL":true},"m":{"M":{"x":{"L":[]}}},"l":{"L":[{"S":"a"},{"N":"1"}]},
    "ss":{"SS":["a","b"]},"ns":{"NS":["-1","2","10"]},"bs":{"BS":["AA==","AQ=="]}}})";

TEST(AttributeJsonTest, KeepsEveryType) {
  EXPECT_EQ(round_trip(every_type), Json::parse(every_type));
}

TEST(AttributeJsonTest, WritesTheSameTextAsTheDocument) {
  const auto value = abi::attribute_from_json(Json::parse(every_type));
  std::string text;
  abi::append_attribute_json(text, value);
  EXPECT_EQ(Json::parse(text), Json::parse(every_type));
}

TEST(AttributeJsonTest, CanonicalisesNumbers) {
  EXPECT_EQ(round_trip(R"({"N":"1.0"})"), Json::parse(R"({"N":"1"})"));
  EXPECT_EQ(round_trip(R"({"L":[{"N":"1E2"}]})"), Json::parse(R"({"L":[{"N":"100"}]})"));
}

TEST(AttributeJsonTest, SortsSets) {
  EXPECT_EQ(round_trip(R"({"NS":["10","2","-1"]})"), Json::parse(R"({"NS":["-1","2","10"]})"));
  EXPECT_EQ(round_trip(R"({"SS":["b","a"]})"), Json::parse(R"({"SS":["a","b"]})"));
}

TEST(AttributeJsonTest, RefusesValuesAsAwsDoes) {
  const std::string invalid = "ValidationException: ";
  EXPECT_EQ(problem("{}"), invalid +
                               "Supplied AttributeValue is empty, must contain exactly one of the "
                               "supported datatypes");
  EXPECT_EQ(problem(R"({"S":"a","N":"1"})"),
            invalid +
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one "
                "of the supported datatypes");
  EXPECT_EQ(problem(R"({"SS":[]})"),
            invalid +
                "One or more parameter values were invalid: An string set  "
                "may not be empty");
  EXPECT_EQ(problem(R"({"NS":[]})"),
            invalid +
                "One or more parameter values were invalid: An number set  "
                "may not be empty");
  EXPECT_EQ(problem(R"({"BS":[]})"),
            invalid + "One or more parameter values were invalid: Binary sets should not be empty");
  EXPECT_EQ(problem(R"({"SS":["a","b","a"]})"),
            invalid +
                "One or more parameter values were invalid: Input collection [a, b, a] contains "
                "duplicates.");
  EXPECT_EQ(problem(R"({"NS":["1","1.0"]})"), invalid + "Input collection contains duplicates");
  EXPECT_EQ(problem(R"({"NULL":false})"),
            invalid +
                "One or more parameter values were invalid: Null attribute value types must have "
                "the value of true");
  EXPECT_EQ(problem(R"({"N":"x"})"),
            invalid + "The parameter cannot be converted to a numeric value: x");
}

TEST(AttributeJsonTest, RefusesOtherKindsOfJson) {
  const std::string malformed = "SerializationException: ";
  EXPECT_EQ(problem(R"("a")"), malformed + "Unexpected value type in payload");
  EXPECT_EQ(problem(R"([])"), malformed + "Start of list found where not expected");
  EXPECT_EQ(problem(R"({"S":1})"), malformed + "NUMBER_VALUE cannot be converted to String");
  EXPECT_EQ(problem(R"({"N":true})"), malformed + "TRUE_VALUE cannot be converted to String");
  EXPECT_EQ(problem(R"({"BOOL":"true"})"), malformed + "Unexpected token received from parser");
  EXPECT_EQ(problem(R"({"SS":"a"})"), malformed + "Unexpected field type");
  EXPECT_EQ(problem(R"({"L":{}})"),
            malformed + "Start of structure or map found where not expected.");
  EXPECT_EQ(problem(R"({"B":"abc"})"),
            malformed + "Base64 encoded length is expected a multiple of 4 bytes but found: 3");
  EXPECT_EQ(problem(R"({"B":"a*c="})"), malformed + "Invalid Base64 character: '*'");
}

std::string nested(int levels) {
  std::string text = R"({"S":"x"})";
  for (int i = 0; i < levels; ++i) text = R"({"L":[)" + text + "]}";
  return text;
}

TEST(AttributeJsonTest, BoundsNesting) {
  EXPECT_EQ(problem(nested(abi::max_attribute_depth)), "");
  EXPECT_EQ(problem(nested(abi::max_attribute_depth + 1)),
            "ValidationException: Nesting Levels have exceeded supported limits: Attributes in the "
            "item have nested levels beyond supported limit");
}

TEST(Base64Test, RoundTripsEveryLength) {
  for (std::size_t length = 0; length < 8; ++length) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) bytes.push_back(static_cast<char>(250 + i * 3));
    EXPECT_EQ(abi::base64_decode(abi::base64_encode(bytes)), bytes);
  }
  EXPECT_EQ(abi::base64_encode("foobar"), "Zm9vYmFy");
  EXPECT_THROW(abi::base64_decode("kB=="), abi::AwsError);
}

TEST(ItemCodecTest, KeepsEveryType) {
  const auto value = abi::attribute_from_json(Json::parse(every_type));
  const abi::Item item = {{"all", value}, {"other", std::string("x")}};
  EXPECT_EQ(decode_item(encode_item(item)), item);
  EXPECT_EQ(decode_item(encode_item({})), abi::Item());
}

TEST(ItemCodecTest, RefusesCorruptBytes) {
  const auto value = abi::attribute_from_json(Json::parse(every_type));
  const auto bytes = encode_item({{"all", value}});
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_THROW(decode_item(bytes.substr(0, length)), std::runtime_error);
  }
  EXPECT_THROW(decode_item(bytes + "x"), std::runtime_error);
  EXPECT_THROW(decode_item("\x7f" + bytes.substr(1)), std::runtime_error);
  for (const char first : {'b', 'c'}) {
    auto unordered = encode_item({{"a", true}, {"b", true}});
    unordered.at(unordered.find('a')) = first;
    EXPECT_THROW(decode_item(unordered), std::runtime_error);
  }
}

TEST(ItemSizeTest, CountsAsAwsDoes) {
  const auto size = [](const std::string& text) {
    return item_size(abi::attributes_from_json(Json::parse(text)));
  };
  EXPECT_EQ(size(R"({"id":{"S":"Fred"}})"), 6U);
  EXPECT_EQ(size(R"({"n":{"N":"1"}})"), 3U);
  EXPECT_EQ(size(R"({"n":{"N":"-12300"}})"), 5U);
  EXPECT_EQ(size(R"({"b":{"B":"AAAA"}})"), 4U);
  EXPECT_EQ(size(R"({"t":{"BOOL":true},"z":{"NULL":true}})"), 4U);
  EXPECT_EQ(size(R"({"l":{"L":[{"S":"ab"}]}})"), 1U + 3 + 1 + 2);
  EXPECT_EQ(size(R"({"m":{"M":{"k":{"S":"ab"}}}})"), 1U + 3 + 1 + 1 + 2);
}

}  // namespace
}  // namespace votemu::dynamodb
