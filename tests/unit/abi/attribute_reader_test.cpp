#include "handlers/abi/attribute_reader.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "handlers/abi/attribute_json.h"
#include "handlers/abi/aws_error.h"

namespace votemu::abi {
namespace {

using Json = nlohmann::json;

AttributeMap read(const std::string& text) {
  JsonReader reader(text);
  auto attributes = read_attributes(reader);
  reader.end();
  return attributes;
}

std::string refusal(const std::string& text) {
  try {
    read(text);
  } catch (const AwsError& error) {
    return error.code();
  }
  return "";
}

TEST(AttributeReader, ReadsWhatTreesAreReadAs) {
  const std::string text = R"({"s":{"S":"a"},"n":{"N":"1.50"},"b":{"B":"AQI="},"y":{"BOOL":true},
      "z":{"NULL":true},"m":{"M":{"k":{"S":"v"},"a":{"L":[{"N":"2"},{"M":{}}]}}},"e":{"L":[]},
      "ss":{"SS":["b","a"]},"ns":{"NS":["2","1"]},"bs":{"BS":["Ag==","AQ=="]}})";
  EXPECT_EQ(read(text), attributes_from_json(Json::parse(text)));
  EXPECT_TRUE(read("{}").empty());
}

TEST(AttributeReader, AttributesAreFoundWhateverTheirOrder) {
  AttributeMap expected;
  std::string text = "{";
  for (int i = 99; i >= 0; --i) {
    const auto number = std::to_string(i * 7 % 100);
    expected.emplace("a" + number, Number{number});
    text += "\"a" + number + "\":{\"N\":\"" + number + "\"},";
  }
  text.back() = '}';
  EXPECT_EQ(read(text), expected);
}

TEST(AttributeReader, OfTheSameNameTheLastCounts) {
  EXPECT_EQ(read(R"({"b":{"S":"1"},"a":{"S":"2"},"b":{"S":"3"},"a":{"S":"4"},"b":{"S":"5"}})"),
            (AttributeMap{{"a", std::string("4")}, {"b", std::string("5")}}));
}

TEST(AttributeReader, RefusesWhatIsNoValue) {
  EXPECT_EQ(refusal(R"({"a":{}})"), "ValidationException");
  EXPECT_EQ(refusal(R"({"a":{"S":"1","N":"1"}})"), "ValidationException");
  EXPECT_EQ(refusal(R"({"a":{"X":"1"}})"), "ValidationException");
  EXPECT_EQ(refusal(R"({"a":{"NULL":false}})"), "ValidationException");
  EXPECT_EQ(refusal(R"({"a":{"S":1}})"), "SerializationException");
  EXPECT_EQ(refusal(R"({"a":"1"})"), "SerializationException");
}

}  // namespace
}  // namespace votemu::abi
