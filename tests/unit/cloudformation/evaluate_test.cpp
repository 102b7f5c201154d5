#include "cloudformation/evaluate.h"

#include <gtest/gtest.h>

#include "cloudformation/document.h"
#include "cloudformation/limits.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

// One resource, "Queue", with a Ref and an attribute.
class OneQueue final : public References {
 public:
  std::optional<Json> ref(const std::string& id) const override {
    return id == "Queue" ? std::optional<Json>("http://localhost/queue") : std::nullopt;
  }
  std::optional<Json> attribute(const std::string& id, const std::string& name) const override {
    if (id != "Queue" || name != "Arn") return std::nullopt;
    return Json("arn:queue");
  }
};

Environment environment() {
  Environment made;
  made.parameters = {{"AppName", "voting"},
                     {"Names", Json::array({"a", "b"})},
                     {"AWS::Region", "us-east-1"},
                     {"AWS::AccountId", "000000000000"}};
  made.mappings = {{"Sizes", {{"us-east-1", {{"Small", "128"}, {"All", {1, 2}}}}}}};
  made.conditions = {{"Holds", true}, {"Fails", false}};
  return made;
}

// Of a document whose only member is V.
std::optional<Json> value(const std::string& yaml) {
  return evaluate(parse_document("V: " + yaml).root["V"], environment(), OneQueue(),
                  {"Resources", "R"});
}

std::string error(const std::string& yaml) {
  try {
    value(yaml);
  } catch (const Problem& problem) {
    return problem.what();
  }
  return "";
}

TEST(Evaluate, LeavesPlainValuesAlone) {
  EXPECT_EQ(value("{a: [1, true, text], Condition: {b: c}}"),
            (Json{{"a", {1, true, "text"}}, {"Condition", {{"b", "c"}}}}));
}

TEST(Evaluate, RefGivesParametersPseudoParametersAndResources) {
  EXPECT_EQ(value("!Ref AppName"), "voting");
  EXPECT_EQ(value("!Ref Names"), (Json{"a", "b"}));
  EXPECT_EQ(value("!Ref AWS::Region"), "us-east-1");
  EXPECT_EQ(value("!Ref Queue"), "http://localhost/queue");
}

TEST(Evaluate, NoValueRemovesMembersAndElements) {
  EXPECT_EQ(value("{a: !Ref 'AWS::NoValue', b: [1, !If [Fails, 2, !Ref 'AWS::NoValue']]}"),
            (Json{{"b", {1}}}));
  EXPECT_EQ(value("!Ref AWS::NoValue"), std::nullopt);
}

TEST(Evaluate, AnUnknownNameIsAnUnresolvedDependency) {
  EXPECT_EQ(error("!Ref Nothing"),
            "Template format error: Unresolved resource dependencies [Nothing] in the Resources "
            "block of the template");
  EXPECT_EQ(error("!Sub '${Nothing.Arn}'"),
            "Template format error: Unresolved resource dependencies [Nothing] in the Resources "
            "block of the template");
}

TEST(Evaluate, GetAttTakesBothForms) {
  EXPECT_EQ(value("!GetAtt Queue.Arn"), "arn:queue");
  EXPECT_EQ(value("{'Fn::GetAtt': Queue.Arn}"), "arn:queue");
  EXPECT_EQ(value("{'Fn::GetAtt': [Queue, Arn]}"), "arn:queue");
  EXPECT_EQ(error("!GetAtt Queue.Colour"),
            "Template error: resource Queue does not support attribute type Colour in Fn::GetAtt");
}

TEST(Evaluate, SubReplacesNamesAttributesAndOwnVariables) {
  EXPECT_EQ(value("!Sub '${AppName}-${Queue.Arn}-${AWS::Region}'"), "voting-arn:queue-us-east-1");
  EXPECT_EQ(value("!Sub ['${A}/${AppName}', {A: !Ref Queue}]"), "http://localhost/queue/voting");
  EXPECT_EQ(value("!Sub '${!Literal} $ {} ${AppName'"), "${Literal} $ {} ${AppName");
}

TEST(Evaluate, SubRefusesNamesAndValuesThatAreNoText) {
  EXPECT_EQ(error("!Sub '${a b}'"),
            "Template error: variable names in Fn::Sub syntax must contain only alphanumeric "
            "characters, underscores, periods, and colons");
  EXPECT_EQ(error("!Sub '${Names}'"),
            "Template error: Fn::Sub variable Names does not resolve to a string");
  EXPECT_NE(error("!Sub [1]"), "");
}

TEST(Evaluate, JoinSplitAndSelect) {
  EXPECT_EQ(value("!Join ['-', [x, !Ref AppName, 3]]"), "x-voting-3");
  EXPECT_EQ(value("!Join [',', !Ref Names]"), "a,b");
  EXPECT_EQ(value("!Split ['|', 'a||b']"), (Json{"a", "", "b"}));
  EXPECT_EQ(value("!Select [1, !Split [':', !GetAtt Queue.Arn]]"), "queue");
  EXPECT_EQ(value("!Select ['0', [x]]"), "x");
  EXPECT_EQ(error("!Select [2, [x]]"),
            "Template error: Fn::Select cannot select nonexistent value at index 2");
  EXPECT_EQ(error("!Join [',', x]"),
            "Template error: every Fn::Join object requires two parameters, (1) a string delimiter "
            "and (2) a list of strings to be joined or a function that returns a list of strings "
            "(such as Fn::GetAZs) to be joined.");
  EXPECT_NE(error("!Split ['', x]"), "");
}

TEST(Evaluate, FindInMap) {
  EXPECT_EQ(value("!FindInMap [Sizes, !Ref 'AWS::Region', Small]"), "128");
  EXPECT_EQ(value("!FindInMap [Sizes, us-east-1, All]"), (Json{1, 2}));
  EXPECT_EQ(value("!FindInMap [Sizes, x, y, {DefaultValue: 7}]"), 7);
  EXPECT_EQ(error("!FindInMap [Sizes, eu-west-1, Small]"),
            "Template error: Unable to get mapping for Sizes::eu-west-1::Small");
}

TEST(Evaluate, Base64ZonesAndImports) {
  EXPECT_EQ(value("!Base64 hello"), "aGVsbG8=");
  EXPECT_EQ(value("!Select [0, !GetAZs '']"), "us-east-1a");
  EXPECT_EQ(error("!ImportValue shared"), "No export named shared found.");
}

TEST(Evaluate, IfTakesTheChosenBranchOnly) {
  EXPECT_EQ(value("!If [Holds, a, !Ref Nothing]"), "a");
  EXPECT_EQ(value("!If [Fails, !Ref Nothing, {b: !Ref AppName}]"), (Json{{"b", "voting"}}));
  EXPECT_EQ(error("!If [Maybe, a, b]"),
            "Template error: unresolved condition dependency Maybe in Fn::If");
}

TEST(Evaluate, ErrorsKnowWhereTheyAre) {
  try {
    value("{a: [x, !Select [9, [x]]]}");
    FAIL();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.path(), (Path{"Resources", "R", "a", "1", "Fn::Select"}));
  }
}

TEST(Evaluate, WhatFunctionsProduceIsBounded) {
  Environment big = environment();
  big.parameters["Big"] = std::string(4'096, 'x');
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "${Big}";
  EXPECT_THROW(evaluate({{"Fn::Sub", text}}, big, NoReferences()), Problem);
  Json many = Json::array();
  for (int i = 0; i < 10'000; ++i) many.push_back({{"Ref", "Big"}});
  EXPECT_THROW(evaluate(many, big, NoReferences()), Problem);
}

TEST(Evaluate, WhatOneFunctionProducesIsBounded) {
  const std::string bound = "Template error: the functions produce more than 16777216 bytes";
  const auto told = [](const Json& call) {
    try {
      evaluate(call, environment(), NoReferences());
    } catch (const Problem& problem) {
      return std::string(problem.what());
    }
    return std::string();
  };
  const Json empty_texts = Json::array_t(10'000, "");
  EXPECT_EQ(told({{"Fn::Join", {std::string(10'000, ','), empty_texts}}}), bound);
  EXPECT_EQ(told({{"Fn::Split", {",", std::string(2'000'000, ',')}}}), bound);
}

}  // namespace
}  // namespace votemu::cloudformation
