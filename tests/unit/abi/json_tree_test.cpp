#include "handlers/abi/json_tree.h"

#include <gtest/gtest.h>

#include <string>

namespace votemu::abi {
namespace {

using Json = nlohmann::json;

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

TEST(JsonTree, IsTheOneThatTheSlowParserBuilds) {
  for (const std::string& text :
       {std::string(R"({"a":[1,-1,0,1.5,"x\u00e4\n",true,false,null,{}],"b":{"c":[]}})"),
        std::string(R"({"a":1,"a":2})"), std::string("18446744073709551615"),
        std::string("-9223372036854775808"), std::string("123456789012345678901234567890"),
        std::string("1e5"), std::string("\"\""), std::string(" [ 1 , 2 ] "), nested(1'000),
        nested(3'000), "[\"" + std::string(1'100'000, 'x') + "\"]"}) {
    const Json slow = Json::parse(text);
    const Json fast = parse_json_tree(text);
    EXPECT_EQ(fast, slow) << text.substr(0, 80);
    EXPECT_EQ(fast.type(), slow.type()) << text.substr(0, 80);
  }
}

TEST(JsonTree, WhiteSpaceAroundAValueSaysNothing) {
  for (const std::string text : {"null", "true", "false", "1", "-1.5", "\"a\"", "[]", "{}"}) {
    for (const std::string white : {" ", "\n", "\r\n", "\t \n\r", "      \n"}) {
      EXPECT_EQ(parse_json_tree(white + text + white), Json::parse(text)) << text;
    }
  }
  EXPECT_EQ(parse_json_tree("1" + std::string(2'000, ' ')), 1);
}

TEST(JsonTree, IsDiscardedWhenTheTextIsNotJson) {
  for (const char* text :
       {"", " \n", "{", "[1,]", "nul", "{\"a\"}", "\"\xff\"", "1e999", "[1] 2"}) {
    EXPECT_TRUE(parse_json_tree(text).is_discarded()) << text;
  }
}

}  // namespace
}  // namespace votemu::abi
