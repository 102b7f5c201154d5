// Expressions against one item, with names and values for their placeholders.
#pragma once

#include <gtest/gtest.h>

#include "core/json.h"
#include "handlers/abi/attribute_json.h"
#include "handlers/abi/aws_error.h"
#include "services/dynamodb/expression/cache.h"
#include "services/dynamodb/expression/check.h"
#include "services/dynamodb/expression/evaluate.h"
#include "services/dynamodb/expression/parser.h"
#include "services/dynamodb/expression/projection.h"
#include "services/dynamodb/expression/reserved_words.h"
#include "services/dynamodb/expression/update.h"

namespace votemu::dynamodb::expression {

using core::Json;

inline abi::AttributeMap attributes(const std::string& text) {
  return abi::attributes_from_json(Json::parse(text));
}

inline const Names names = {{"#a", "a"}, {"#s", "size"}, {"#m", "m"}, {"#k", "k"}};

inline const char* const item_text = R"({
    "id":{"S":"dog"},"votes":{"N":"3"},"b":{"B":"AQI="},"yes":{"BOOL":true},"nothing":{"NULL":true},
    "ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"bs":{"BS":["AQ=="]},
    "l":{"L":[{"N":"1"},{"S":"two"},{"L":[{"N":"3"}]}]},
    "m":{"M":{"k":{"S":"v"},"n":{"M":{"deep":{"N":"7"}}}}}})";

inline const char* const values_text = R"({
    ":s":{"S":"dog"},":d":{"S":"do"},":n3":{"N":"3"},":n4":{"N":"4"},":n0":{"N":"0"},":n1":{"N":"1"},
    ":b":{"B":"AQI="},":t":{"BOOL":true},":ss":{"SS":["a","b"]},":a":{"S":"a"},":two":{"S":"two"},
    ":typeS":{"S":"S"},":typeN":{"S":"N"},":typeX":{"S":"X"},":null":{"NULL":true},
    ":list":{"L":[{"N":"9"}]},":map":{"M":{"x":{"N":"1"}}},":nsx":{"NS":["2","5"]},
    ":ssb":{"SS":["b","c"]},":ssall":{"SS":["a","b"]}})";

class ExpressionTest : public testing::Test {
 protected:
  bool holds(const std::string& text) {
    const auto condition = parse_condition(Role::condition, text);
    Bindings bindings(&names, &values);
    check(condition, bindings);
    return matches(condition.root, bindings, item);
  }

  std::string condition_error(const std::string& text) {
    return problem([&] { holds(text); });
  }

  Json after(const std::string& text) {
    const auto update = parse_update(text);
    Bindings bindings(&names, &values);
    check(update, bindings);
    return abi::attributes_to_json(updated(update, bindings, item));
  }

  // The attribute after the update, or null.
  Json after(const std::string& text, const std::string& attribute) {
    return after(text).value(attribute, Json());
  }

  std::string update_error(const std::string& text) {
    return problem([&] { after(text); });
  }

  Json part(const std::string& text) {
    const auto parsed = parse_projection(text);
    Bindings bindings(&names, &values);
    check(parsed, bindings);
    return abi::attributes_to_json(Projection(parsed.paths, bindings).apply(item));
  }

  std::string projection_error(const std::string& text) {
    return problem([&] { part(text); });
  }

  template <class Run>
  static std::string problem(Run run) {
    try {
      run();
    } catch (const abi::AwsError& error) {
      EXPECT_EQ(error.code(), "ValidationException");
      return error.message();
    }
    return "";
  }

  abi::Item item = attributes(item_text);
  abi::AttributeMap values = attributes(values_text);
};

}  // namespace votemu::dynamodb::expression
