#include "cloudformation/template.h"

#include <gtest/gtest.h>

#include "cloudformation/document.h"
#include "cloudformation/environment.h"
#include "cloudformation/graph.h"

namespace votemu::cloudformation {
namespace {

using Order = std::vector<std::string>;

Template read(const std::string& yaml) {
  return read_template(parse_document(yaml).root);
}

Environment environment_of(const Template& from) {
  return make_environment(from, {{}, "stack", "arn:stack"}, {});
}

Order order_of(const std::string& yaml) {
  const Template from = read(yaml);
  return creation_order(from, environment_of(from));
}

std::string error(const std::string& yaml) {
  try {
    order_of(yaml);
  } catch (const Problem& problem) {
    return problem.what();
  }
  return "";
}

TEST(Template, NeedsResources) {
  const std::string text = "Template format error: At least one Resources member must be defined.";
  EXPECT_EQ(error("Description: x\n"), text);
  EXPECT_EQ(error("Resources: {}\n"), text);
}

TEST(Template, SaysWhatIsWrongWithItsForm) {
  EXPECT_EQ(error("Resource: {}\n"), "Invalid template property or properties [Resource]");
  EXPECT_EQ(error("AWSTemplateFormatVersion: '2012-01-01'\nResources: {A: {Type: T}}\n"),
            "Template format error: unsupported value for AWSTemplateFormatVersion.");
  EXPECT_EQ(error("Resources: {A: {Properties: {}}}\n"),
            "Template format error: [/Resources/A] Every Resources object must contain a Type "
            "member.");
  EXPECT_EQ(error("Resources: {a-b: {Type: T}}\n"),
            "Template format error: Resource name a-b is non alphanumeric.");
  EXPECT_EQ(error("Resources: {A: {Type: T, Props: {}}}\n"),
            "Invalid template resource property 'Props'");
  EXPECT_EQ(error("Resources: {A: {Type: T, Properties: }}\n"),
            "[/Resources/A/Properties] 'null' values are not allowed in templates");
  EXPECT_EQ(error("Resources: {A: {Type: T, DeletionPolicy: Keep}}\n"),
            "Template format error: Unrecognized DeletionPolicy Keep for resource A");
  EXPECT_EQ(error("Resources: {A: {Type: T, UpdateReplacePolicy: RetainExceptOnCreate}}\n"),
            "Template format error: Unrecognized UpdateReplacePolicy RetainExceptOnCreate for "
            "resource A");
}

TEST(Template, BoundsItsSections) {
  std::string yaml = "Resources:\n";
  for (int i = 0; i <= 500; ++i) yaml += "  R" + std::to_string(i) + ": {Type: T}\n";
  EXPECT_EQ(
      error(yaml),
      "Template format error: Number of resources, 501, is greater than maximum allowed, 500");
}

TEST(CreationOrder, FollowsEveryKindOfReference) {
  EXPECT_EQ(order_of("Resources:\n"
                     "  A: {Type: T, Properties: {x: !Ref B}}\n"
                     "  B: {Type: T, Properties: {x: !Sub '${C.Arn}'}}\n"
                     "  C: {Type: T, Properties: {x: [!GetAtt D.Arn]}}\n"
                     "  D: {Type: T, DependsOn: [E]}\n"
                     "  E: {Type: T}\n"),
            (Order{"E", "D", "C", "B", "A"}));
}

TEST(CreationOrder, IndependentResourcesGoByName) {
  EXPECT_EQ(order_of("Resources: {B: {Type: T}, A: {Type: T}, C: {Type: T}}\n"),
            (Order{"A", "B", "C"}));
}

TEST(CreationOrder, SubVariablesAreNoReferences) {
  EXPECT_EQ(order_of("Resources:\n"
                     "  A: {Type: T, Properties: {x: !Sub ['${Own} ${!Not}', {Own: !Ref B}]}}\n"
                     "  B: {Type: T}\n"),
            (Order{"B", "A"}));
}

TEST(CreationOrder, NamesTheResourcesOfACycleOnly) {
  EXPECT_EQ(error("Resources:\n"
                  "  A: {Type: T, Properties: {x: !Ref B}}\n"
                  "  B: {Type: T, Properties: {x: !Ref C}}\n"
                  "  C: {Type: T, Properties: {x: !Ref B}}\n"
                  "  D: {Type: T}\n"),
            "Circular dependency between resources: [B, C]");
}

TEST(CreationOrder, UnresolvedReferencesAreNamedTogether) {
  EXPECT_EQ(error("Resources:\n"
                  "  A: {Type: T, Properties: {x: !Ref X, y: !GetAtt Y.Arn}, DependsOn: Z}\n"),
            "Template format error: Unresolved resource dependencies [X, Y, Z] in the Resources "
            "block of the template");
  EXPECT_EQ(error("Resources: {A: {Type: T}}\nOutputs: {O: {Value: !Ref X}}\n"),
            "Template format error: Unresolved resource dependencies [X] in the Outputs block of "
            "the template");
}

constexpr auto conditional =
    "Parameters: {Stage: {Type: String, Default: dev}}\n"
    "Conditions:\n"
    "  IsDev: !Equals [!Ref Stage, dev]\n"
    "  IsProd: !Not [!Condition IsDev]\n"
    "  Both: !And [!Condition IsDev, !Condition IsProd]\n"
    "  Any: !Or [!Condition IsDev, !Condition IsProd]\n";

TEST(Conditions, AreDecided) {
  const Template from = read(std::string(conditional) + "Resources: {A: {Type: T}}\n");
  const std::map<std::string, bool> expected{
      {"IsDev", true}, {"IsProd", false}, {"Both", false}, {"Any", true}};
  EXPECT_EQ(environment_of(from).conditions, expected);
}

TEST(Conditions, LeaveResourcesAndDependenciesOut) {
  EXPECT_EQ(order_of(std::string(conditional) +
                     "Resources:\n"
                     "  A: {Type: T, DependsOn: B, Properties: {x: !If [IsProd, !Ref B, 1]}}\n"
                     "  B: {Type: T, Condition: IsProd}\n"),
            (Order{"A"}));
}

TEST(Conditions, AReferenceToWhatIsLeftOutIsUnresolved) {
  EXPECT_EQ(error(std::string(conditional) + "Resources:\n"
                                             "  A: {Type: T, Properties: {x: !Ref B}}\n"
                                             "  B: {Type: T, Condition: IsProd}\n"),
            "Template format error: Unresolved resource dependencies [B] in the Resources block of "
            "the template");
}

TEST(Conditions, MistakesAreNamed) {
  const std::string resources = "Resources: {A: {Type: T}}\n";
  EXPECT_EQ(error("Conditions: {C: !Condition D}\n" + resources),
            "Template format error: Unresolved condition dependency D in the Conditions block of "
            "the template");
  EXPECT_EQ(error("Conditions: {C: !Not [!Condition D], D: !Not [!Condition C]}\n" + resources),
            "Template error: Found circular condition dependency between D and C");
  EXPECT_EQ(error("Conditions: {C: !Equals [!Ref A, x]}\n" + resources),
            "Template format error: Unresolved dependencies [A]. Cannot reference resources in the "
            "Conditions block of the template");
  EXPECT_EQ(error("Conditions: {C: !And [!Equals [1, 1]]}\n" + resources),
            "Template error: every Fn::And object requires a list of at least 2 and at most 10 "
            "boolean parameters.");
  EXPECT_EQ(error("Resources: {A: {Type: T, Condition: Nope}}\n"),
            "Template format error: Unresolved condition dependency Nope in the Resources block of "
            "the template");
}

}  // namespace
}  // namespace votemu::cloudformation
