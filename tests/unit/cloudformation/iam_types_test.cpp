// IAM's types on the real service: what a template's changes make of roles and policies.
#include <gtest/gtest.h>

#include "cloudformation/stacks.h"
#include "core/text.h"
#include "services/iam/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

constexpr auto account = "000000000000";
constexpr auto basic_execution = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
constexpr auto sqs_execution =
    "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole";

const std::string trust =
    "AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, "
    "Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}";

std::string document(const std::string& action) {
  return "{Version: 2012-10-17, Statement: [{Effect: Allow, Action: '" + action +
         "', Resource: '*'}]}";
}

std::string resource(const std::string& id, const std::string& type,
                     const std::string& properties) {
  return "  " + id + ": {Type: 'AWS::IAM::" + type + "', Properties: {" + properties + "}}\n";
}

class IamTypesTest : public ::testing::Test {
 protected:
  StackSummary deploy(const std::string& resources, const std::string& outputs = "") {
    Services services;
    services.iam = operations;
    Stacks stacks(test.runtime, services, {});
    return stacks.deploy(
        {}, {"voting", "Resources:\n" + resources + "Outputs: {" + outputs + "}\n", "t.yaml", {}});
  }

  std::string error(const std::string& resources) {
    try {
      deploy(resources);
    } catch (const std::exception& problem) {
      return problem.what();
    }
    return "";
  }

  Json call(const char* operation, const Json& request) {
    return core::call(test.store, operations, operation, {}, request);
  }

  std::vector<std::string> inlined(const std::string& role) {
    std::vector<std::string> names;
    const auto found = iam.find_role(account, role);
    for (const auto& policy : found->inlined) {
      names.push_back(policy.name + " " + policy.document.statements[0].actions.values[0]);
    }
    return names;
  }

  test::TestRuntime test;
  iam::Service iam{test.runtime};
  core::OperationTable operations = iam.operations();
};

using Names = std::vector<std::string>;

TEST_F(IamTypesTest, ARoleIsMadeWithEverythingItHas) {
  const auto summary =
      deploy(resource("R", "Role",
                      "RoleName: r, Path: /p/, Description: d, MaxSessionDuration: 7200, "
                      "Tags: [{Key: a, Value: b}], ManagedPolicyArns: [" +
                          std::string(basic_execution) + "], Policies: [{PolicyName: logs, " +
                          "PolicyDocument: " + document("logs:*") + "}], " + trust),
             "Arn: {Value: !GetAtt R.Arn}, Id: {Value: !GetAtt R.RoleId}");
  EXPECT_EQ(summary.physical_ids.at("R"), "r");
  EXPECT_EQ(summary.outputs.at("Arn"), "arn:aws:iam::000000000000:role/p/r");
  const auto found = iam.find_role(account, "r");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(summary.outputs.at("Id"), found->role.id);
  EXPECT_EQ(found->role.description, "d");
  EXPECT_EQ(found->role.max_session_duration_s, 7200);
  EXPECT_EQ(found->trust.statements[0].principals[0].value, "lambda.amazonaws.com");
  EXPECT_EQ(found->trust.version, "2012-10-17");
  EXPECT_EQ(inlined("r"), (Names{"logs logs:*"}));
  EXPECT_EQ(found->role.attached_policies, (Names{basic_execution}));
  const Json tags = call("ListRoleTags", {{"RoleName", "r"}})["Tags"];
  EXPECT_EQ(tags[0], (Json{{"Key", "a"}, {"Value", "b"}}));
}

TEST_F(IamTypesTest, ARoleWithoutNameIsNamedAfterItsStack) {
  const std::string name = deploy(resource("R", "Role", trust)).physical_ids.at("R");
  EXPECT_TRUE(name.starts_with("voting-R-")) << name;
  EXPECT_TRUE(iam.find_role(account, name).has_value());
}

TEST_F(IamTypesTest, ARoleFollowsItsTemplateInPlace) {
  const auto policies = [](const std::string& one, const std::string& other) {
    return "Policies: [{PolicyName: '" + one + "', PolicyDocument: " + document("logs:*") +
           "}, {PolicyName: both, PolicyDocument: " + document(other) + "}], ";
  };
  const auto before = deploy(resource(
      "R", "Role",
      "Description: d, MaxSessionDuration: 7200, Tags: [{Key: a, Value: b}], ManagedPolicyArns: [" +
          std::string(basic_execution) + "], " + policies("old", "s3:Get*") + trust));
  const std::string name = before.physical_ids.at("R");
  const std::string id = iam.find_role(account, name)->role.id;
  const auto after = deploy(
      resource("R", "Role",
               "Tags: [{Key: c, Value: d}], ManagedPolicyArns: [" + std::string(sqs_execution) +
                   "], " + policies("new", "s3:Put*") +
                   "AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, "
                   "Principal: {AWS: 111111111111}, Action: sts:AssumeRole}]}"));
  EXPECT_EQ(after.physical_ids.at("R"), name);
  const auto found = iam.find_role(account, name);
  EXPECT_EQ(found->role.id, id);
  EXPECT_EQ(found->role.description, "");
  EXPECT_EQ(found->role.max_session_duration_s, 3600);
  EXPECT_EQ(found->trust.statements[0].principals[0].value, "111111111111");
  EXPECT_EQ(inlined(name), (Names{"both s3:Put*", "new logs:*"}));
  EXPECT_EQ(found->role.attached_policies, (Names{sqs_execution}));
  for (const auto& tag : found->role.tags) EXPECT_NE(tag.key, "a");
}

TEST_F(IamTypesTest, AnotherNameReplacesTheRole) {
  deploy(resource("R", "Role", "RoleName: one, " + trust));
  deploy(resource("R", "Role", "RoleName: two, " + trust));
  EXPECT_FALSE(iam.find_role(account, "one").has_value());
  EXPECT_TRUE(iam.find_role(account, "two").has_value());
}

TEST_F(IamTypesTest, WhatIamRefusesLeavesNothingBehind) {
  const std::string good = resource("R", "Role", "RoleName: one, " + trust);
  deploy(good);
  const std::string told = error(resource("R", "Role",
                                          "RoleName: one, Description: new, ManagedPolicyArns: ["
                                          "'arn:aws:iam::aws:policy/NoSuchThing'], " +
                                              trust));
  EXPECT_NE(told.find("Policy arn:aws:iam::aws:policy/NoSuchThing does not exist or is not "
                      "attachable."),
            std::string::npos)
      << told;
  EXPECT_EQ(iam.find_role(account, "one")->role.description, "");
  EXPECT_NE(error(resource("Q", "Role", "RoleName: ONE, " + trust) + good), "");
  EXPECT_NE(error(resource("Q", "Role", "RoleName: q")), "");
  EXPECT_FALSE(iam.find_role(account, "q").has_value());
}

TEST_F(IamTypesTest, APolicyIsInEachOfItsRoles) {
  const std::string roles = resource("A", "Role", "RoleName: a, " + trust) +
                            resource("B", "Role", "RoleName: b, " + trust);
  const auto policy = [](const std::string& name, const std::string& in) {
    return resource(
        "P", "Policy",
        "PolicyName: " + name + ", Roles: [" + in + "], PolicyDocument: " + document("sqs:*"));
  };
  const auto first = deploy(roles + policy("p", "!Ref A, !Ref B"));
  EXPECT_TRUE(first.physical_ids.at("P").starts_with("voting-P-"));
  EXPECT_EQ(inlined("b"), (Names{"p sqs:*"}));
  deploy(roles + policy("p", "!Ref A"));
  EXPECT_EQ(inlined("a"), (Names{"p sqs:*"}));
  EXPECT_EQ(inlined("b"), Names{});
  deploy(roles + policy("q", "!Ref B"));
  EXPECT_EQ(inlined("a"), Names{});
  EXPECT_EQ(inlined("b"), (Names{"q sqs:*"}));
  deploy(roles);
  EXPECT_EQ(inlined("b"), Names{});
  EXPECT_NE(error(roles + policy("p", "")), "");
}

TEST_F(IamTypesTest, ARolePolicyIsOneOfARole) {
  const std::string role = resource("R", "Role", "RoleName: r, " + trust);
  const auto policy = [](const std::string& action) {
    return resource("P", "RolePolicy",
                    "PolicyName: p, RoleName: !Ref R, PolicyDocument: " + document(action));
  };
  EXPECT_EQ(deploy(role + policy("sqs:*")).physical_ids.at("P"), "p|r");
  deploy(role + policy("sns:*"));
  EXPECT_EQ(inlined("r"), (Names{"p sns:*"}));
  deploy(role);
  EXPECT_EQ(inlined("r"), Names{});
}

TEST_F(IamTypesTest, AManagedPolicyGetsAVersionWithEachChange) {
  const std::string role = resource("R", "Role", "RoleName: r, " + trust);
  const auto policy = [](const std::string& action, const std::string& roles) {
    return resource("P", "ManagedPolicy",
                    "ManagedPolicyName: p, Path: /t/, Roles: [" + roles +
                        "], PolicyDocument: " + document(action));
  };
  const auto made = deploy(role + policy("sqs:*", "!Ref R"), "Arn: {Value: !GetAtt P.PolicyArn}");
  const std::string arn = made.physical_ids.at("P");
  EXPECT_EQ(arn, "arn:aws:iam::000000000000:policy/t/p");
  EXPECT_EQ(made.outputs.at("Arn"), arn);
  EXPECT_EQ(iam.find_role(account, "r")->role.attached_policies, (Names{arn}));
  for (int i = 1; i <= 6; ++i) deploy(role + policy("sns:A" + std::to_string(i), "!Ref R"));
  EXPECT_EQ(call("ListPolicyVersions", {{"PolicyArn", arn}})["Versions"].size(), 5U);
  EXPECT_EQ(iam.find_role(account, "r")->attached[0].document.statements[0].actions.values,
            (Names{"sns:A6"}));
  deploy(role + policy("sns:A6", ""));
  EXPECT_TRUE(iam.find_role(account, "r")->attached.empty());
  deploy(role);
  EXPECT_EQ(call("ListPolicies", {{"Scope", "Local"}})["Policies"], Json::array());
}

}  // namespace
}  // namespace votemu::cloudformation
