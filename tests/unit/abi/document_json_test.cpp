#include "handlers/abi/document_json.h"

#include <gtest/gtest.h>

namespace votemu::abi {
namespace {

std::string document(const std::string& name, const AttributeValue& value) {
  return documents_to_json({Item{{name, value}}});
}

TEST(DocumentJson, IsAnArrayOfItems) {
  EXPECT_EQ(documents_to_json({}), "[]");
  EXPECT_EQ(documents_to_json({Item{}, Item{{"PK", std::string("dog")}, {"votes", Number{"1"}}}}),
            R"([{},{"PK":"dog","votes":1}])");
}

TEST(DocumentJson, ShowsEveryKindOfValue) {
  EXPECT_EQ(document("a", std::string("x\"\n")), R"([{"a":"x\"\n"}])");
  EXPECT_EQ(document("a", true), R"([{"a":true}])");
  EXPECT_EQ(document("a", false), R"([{"a":false}])");
  EXPECT_EQ(document("a", Null{}), R"([{"a":null}])");
  EXPECT_EQ(document("a", Binary{std::string("\0\xff", 2)}), R"([{"a":"AP8="}])");
  EXPECT_EQ(document("a", StringSet{{"x", "y"}}), R"([{"a":["x","y"]}])");
  EXPECT_EQ(document("a", NumberSet{{{"1"}, {"2.5"}}}), R"([{"a":[1,2.5]}])");
  EXPECT_EQ(document("a", BinarySet{{{"a"}}}), R"([{"a":["YQ=="]}])");
}

TEST(DocumentJson, KeepsEveryDigitOfANumber) {
  EXPECT_EQ(document("n", Number{"-12345678901234567890123456789012345678"}),
            R"([{"n":-12345678901234567890123456789012345678}])");
}

TEST(DocumentJson, NestsListsAndMaps) {
  const AttributeMap map = {{"list", AttributeList{Number{"1"}, AttributeMap{}, AttributeList{}}}};
  EXPECT_EQ(document("m", map), R"([{"m":{"list":[1,{},[]]}}])");
}

TEST(DocumentJson, EscapesNamesAndReplacesWhatIsNotUtf8) {
  EXPECT_EQ(document("a\"", std::string("\xff")), "[{\"a\\\"\":\"\xef\xbf\xbd\"}]");
}

}  // namespace
}  // namespace votemu::abi
