#include "handlers/abi/json_reader.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "handlers/abi/json_text.h"
#include "handlers/abi/json_tree.h"

namespace votemu::abi {
namespace {

using Json = nlohmann::json;

bool is_json(const std::string& text) {
  return !parse_json_tree(text).is_discarded();
}

std::string string_in(const std::string& text) {
  JsonReader reader(text);
  auto string = reader.string();
  reader.end();
  return string;
}

TEST(JsonReader, GivesWhatIsWanted) {
  JsonReader reader(
      R"( {"a": [1, -2.5e+3 ,true], "skipped": {"a": [{}, "}"]}, "b\n": "x", "c":null} )");
  std::string seen;
  reader.object([&](std::string_view name) {
    seen += std::string(name) + "=";
    if (name == "a") {
      EXPECT_EQ(reader.depth(), 1);
      reader.array([&] {
        EXPECT_EQ(reader.depth(), 2);
        if (reader.next() == JsonReader::Kind::number) {
          seen += std::string(reader.number()) + ";";
        } else {
          seen += reader.boolean() ? "yes" : "no";
        }
      });
    } else if (reader.next() == JsonReader::Kind::string) {
      seen += reader.string();
    } else if (reader.next() == JsonReader::Kind::null) {
      reader.null();
    } else {
      reader.skip();
    }
    seen += ' ';
  });
  reader.end();
  EXPECT_EQ(seen, "a=1;-2.5e+3;yes skipped= b\n=x c= ");
}

TEST(JsonReader, RefusesAValueOfAnotherKind) {
  EXPECT_THROW(JsonReader("1").string(), JsonError);
  EXPECT_THROW(JsonReader("\"1\"").number(), JsonError);
  EXPECT_THROW(JsonReader("null").boolean(), JsonError);
  EXPECT_THROW(JsonReader("true").null(), JsonError);
  EXPECT_THROW(JsonReader("[]").object([](std::string_view) {}), JsonError);
  EXPECT_THROW(JsonReader("{}").array([] {}), JsonError);
}

TEST(JsonReader, ReadsEveryEscape) {
  EXPECT_EQ(string_in(R"("\"\\\/\b\f\n\r\tA\u00e4\u20AC\ud83d\udE00")"),
            "\"\\/\b\f\n\r\tA\u00e4\u20ac\U0001F600");
  EXPECT_EQ(string_in(R"("\u0000")"), std::string(1, '\0'));
}

// Whatever a string's length, and wherever in it the escapes are.
TEST(JsonReader, ReadsWhatWasQuoted) {
  for (std::size_t length = 0; length < 600; ++length) {
    for (const std::string special : {"\"", "\x01", "\u20ac", "\U0001F600"}) {
      const std::string text = std::string(length, 'x') + special + std::string(length % 40, 'y');
      std::string json;
      append_quoted(json, text);
      EXPECT_EQ(json, Json(text).dump());
      EXPECT_EQ(string_in(json), text);
      EXPECT_TRUE(is_json(json));
      std::string all;
      append_quoted(all, json);
      EXPECT_EQ(string_in(all), json);
    }
  }
}

TEST(JsonReader, StopsWhereTheTextDoes) {
  const std::string text = R"({"a":["\u00e4 and \ud83d\ude00",1.5e-3,true,false,null,-0,"é"]})";
  EXPECT_TRUE(is_json(text));
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(is_json(text.substr(0, size))) << size;
  }
  EXPECT_FALSE(is_json(text + "]"));
  EXPECT_FALSE(is_json(text + '\0'));
}

TEST(JsonReader, BoundsTheDepth) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(is_json(nested(JsonReader::max_depth)));
  JsonReader reader(nested(JsonReader::max_depth + 1));
  const std::function<void()> take = [&] { reader.array(take); };
  EXPECT_THROW(take(), JsonTooDeep);
  EXPECT_TRUE(is_json("[" + nested(JsonReader::max_depth - 1) + "," +
                      nested(JsonReader::max_depth - 1) + "]"));
}

// Texts with a byte or two changed: most are no JSON any more, and those that are differ.
TEST(JsonReader, AgreesWithNlohmannJson) {
  const std::string text =
      R"({"a":["\u00e4\n\ud83d\ude00","é",0,-1.5E+3,[],{}],"bcdefghijklmnopqrstuvwxyz":{"c":[true,false,null]}})";
  const std::string bytes = "\"\\{}[]:,0123456789.eE+-truefalsn \t\n\x01\x80\xc3\xed\xf0ud8";
  std::mt19937 random(1);
  const auto below = [&](std::size_t bound) { return random() % bound; };
  for (int i = 0; i < 20'000; ++i) {
    std::string changed = text;
    for (std::size_t changes = 1 + below(2); changes > 0; --changes) {
      changed[below(changed.size())] = bytes[below(bytes.size())];
    }
    const Json expected = Json::parse(changed, nullptr, false);
    EXPECT_EQ(is_json(changed), Json::accept(changed)) << changed;
    EXPECT_EQ(parse_json_tree(changed).dump(-1, ' ', true), expected.dump(-1, ' ', true))
        << changed;
  }
}

}  // namespace
}  // namespace votemu::abi
