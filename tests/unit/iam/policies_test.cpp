#include "tests/unit/iam/iam_fixture.h"

namespace votemu::iam {
namespace {

class PoliciesTest : public IamTest {};

std::string with_action(const std::string& action) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":")" + action +
         R"(","Resource":"*"}]})";
}

TEST_F(PoliciesTest, InlinePoliciesAreKeptAsTheyWereSent) {
  create_role("worker");
  call("PutRolePolicy",
       {{"RoleName", "worker"}, {"PolicyName", "b"}, {"PolicyDocument", any_logs + "\n"}});
  call("PutRolePolicy",
       {{"RoleName", "worker"}, {"PolicyName", "a"}, {"PolicyDocument", any_logs}});
  EXPECT_EQ(call("ListRolePolicies", {{"RoleName", "worker"}})["PolicyNames"], (Json{"a", "b"}));
  const Json got = call("GetRolePolicy", {{"RoleName", "worker"}, {"PolicyName", "b"}});
  EXPECT_EQ(got["PolicyDocument"], core::percent_encode(any_logs + "\n"));
  EXPECT_EQ(got["RoleName"], "worker");
  EXPECT_EQ(error("GetRolePolicy", {{"RoleName", "worker"}, {"PolicyName", "c"}}),
            "NoSuchEntity 404: The role policy with name c cannot be found.");
}

TEST_F(PoliciesTest, InlinePoliciesOfARoleAreBoundedTogether) {
  create_role("worker");
  const std::string half = with_action("a:" + std::string(5000, 'b'));
  call("PutRolePolicy", {{"RoleName", "worker"}, {"PolicyName", "1"}, {"PolicyDocument", half}});
  call("PutRolePolicy", {{"RoleName", "worker"}, {"PolicyName", "2"}, {"PolicyDocument", half}});
  EXPECT_EQ(error("PutRolePolicy",
                  {{"RoleName", "worker"}, {"PolicyName", "3"}, {"PolicyDocument", any_logs}}),
            "LimitExceeded 409: Maximum policy size of 10240 bytes exceeded for role worker");
  call("PutRolePolicy",
       {{"RoleName", "worker"}, {"PolicyName", "2"}, {"PolicyDocument", any_logs}});
}

TEST_F(PoliciesTest, AttachesWhatExists) {
  create_role("worker");
  call("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}});
  call("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}});
  EXPECT_EQ(
      call("ListAttachedRolePolicies", {{"RoleName", "worker"}})["AttachedPolicies"],
      (Json{{{"PolicyName", "AWSLambdaBasicExecutionRole"}, {"PolicyArn", basic_execution}}}));
  EXPECT_EQ(error("AttachRolePolicy",
                  {{"RoleName", "worker"}, {"PolicyArn", "arn:aws:iam::aws:policy/NoSuchThing"}}),
            "NoSuchEntity 404: Policy arn:aws:iam::aws:policy/NoSuchThing does not exist or is "
            "not attachable.");
  EXPECT_EQ(
      error("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", "longpolicynamebutnoarn"}}),
      "InvalidInput 400: ARN longpolicynamebutnoarn is not valid.");
  call("DetachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}});
  EXPECT_EQ(error("DetachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}}),
            "NoSuchEntity 404: Policy " + basic_execution + " was not found.");
}

TEST_F(PoliciesTest, TenPoliciesARoleAtMost) {
  create_role("worker");
  for (int i = 0; i < 10; ++i) {
    call("AttachRolePolicy",
         {{"RoleName", "worker"}, {"PolicyArn", create_policy("p" + std::to_string(i))}});
  }
  EXPECT_EQ(error("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}}),
            "LimitExceeded 409: Cannot exceed quota for PoliciesPerRole: 10");
}

TEST_F(PoliciesTest, APolicyIsAsItWasMade) {
  const std::string arn = create_policy("mine", {{"Path", "/team/"}, {"Description", "logs"}});
  EXPECT_EQ(arn, "arn:aws:iam::000000000000:policy/team/mine");
  create_role("worker");
  call("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", arn}});
  const Json policy = call("GetPolicy", {{"PolicyArn", arn}})["Policy"];
  EXPECT_EQ(policy["AttachmentCount"], 1);
  EXPECT_EQ(policy["DefaultVersionId"], "v1");
  EXPECT_EQ(policy["Description"], "logs");
  EXPECT_EQ(policy["PolicyId"].get<std::string>().substr(0, 4), "ANPA");
  EXPECT_EQ(policy["Tags"], Json::array());
  EXPECT_EQ(error("CreatePolicy", {{"PolicyName", "mine"}, {"PolicyDocument", any_logs}}),
            "EntityAlreadyExists 409: A policy called mine already exists. Duplicate names are not "
            "allowed.");
  EXPECT_EQ(error("GetPolicy", {{"PolicyArn", "arn:aws:iam::000000000000:policy/mine"}}),
            "NoSuchEntity 404: Policy arn:aws:iam::000000000000:policy/mine was not found.");
  const Json users = call("ListEntitiesForPolicy", {{"PolicyArn", arn}});
  EXPECT_EQ(users["PolicyRoles"][0]["RoleName"], "worker");
  EXPECT_EQ(users["PolicyUsers"], Json::array());
}

TEST_F(PoliciesTest, VersionsComeAndGo) {
  const std::string arn = create_policy("mine");
  for (int i = 2; i <= 5; ++i) {
    const Json made = call(
        "CreatePolicyVersion",
        {{"PolicyArn", arn}, {"PolicyDocument", with_action("s3:Get*")}, {"SetAsDefault", i == 2}});
    EXPECT_EQ(made["PolicyVersion"]["VersionId"], "v" + std::to_string(i));
    EXPECT_EQ(made["PolicyVersion"]["IsDefaultVersion"], i == 2);
  }
  EXPECT_EQ(error("CreatePolicyVersion", {{"PolicyArn", arn}, {"PolicyDocument", any_logs}}),
            "LimitExceeded 409: A managed policy can have up to 5 versions. Before you create a "
            "new version, you must delete an existing version.");
  EXPECT_EQ(error("DeletePolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v2"}}),
            "DeleteConflict 409: Cannot delete the default version of a policy.");
  EXPECT_TRUE(error("DeletePolicy", {{"PolicyArn", arn}})
                  .starts_with("DeleteConflict 409: This policy has more than one version."));
  call("SetDefaultPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v1"}});
  EXPECT_EQ(call("GetPolicyVersion",
                 {{"PolicyArn", arn}, {"VersionId", "v1"}})["PolicyVersion"]["Document"],
            core::percent_encode(any_logs));
  for (const char* id : {"v2", "v3", "v4"}) {
    call("DeletePolicyVersion", {{"PolicyArn", arn}, {"VersionId", id}});
  }
  const Json left = call("ListPolicyVersions", {{"PolicyArn", arn}})["Versions"];
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0]["VersionId"], "v5");
  const Json made = call("CreatePolicyVersion", {{"PolicyArn", arn}, {"PolicyDocument", any_logs}});
  EXPECT_EQ(made["PolicyVersion"]["VersionId"], "v6");
}

TEST_F(PoliciesTest, AwssOwnPoliciesAreThereWithTheirStatements) {
  const Json policy = call("GetPolicy", {{"PolicyArn", basic_execution}})["Policy"];
  EXPECT_EQ(policy["PolicyName"], "AWSLambdaBasicExecutionRole");
  EXPECT_EQ(policy["Path"], "/service-role/");
  const std::string document =
      call("GetPolicyVersion",
           {{"PolicyArn", basic_execution}, {"VersionId", "v1"}})["PolicyVersion"]["Document"]
          .get<std::string>();
  EXPECT_NE(core::percent_decode(document).find("logs:PutLogEvents"), std::string::npos);
  EXPECT_EQ(error("DeletePolicy", {{"PolicyArn", basic_execution}}).substr(0, 12), "AccessDenied");
}

TEST_F(PoliciesTest, EveryOneOfAwssPoliciesIsWellFormed) {
  const Json policies = call("ListPolicies", {{"Scope", "AWS"}, {"MaxItems", 1000}})["Policies"];
  EXPECT_GT(policies.size(), 40U);
  create_role("worker");
  for (const auto& policy : policies) {
    const Json use{{"RoleName", "worker"}, {"PolicyArn", policy["Arn"]}};
    call("AttachRolePolicy", use);
    const auto found = iam.find_role("000000000000", "worker");
    ASSERT_EQ(found->attached.size(), 1U) << policy;
    EXPECT_FALSE(found->attached[0].document.statements.empty()) << policy;
    call("DetachRolePolicy", use);
  }
}

TEST_F(PoliciesTest, ListsByScopeAndUse) {
  const std::string mine = create_policy("mine");
  create_policy("unused");
  create_role("worker");
  call("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", mine}});
  call("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}});
  EXPECT_EQ(call("ListPolicies", {{"Scope", "Local"}})["Policies"].size(), 2U);
  const Json attached = call("ListPolicies", {{"OnlyAttached", true}})["Policies"];
  ASSERT_EQ(attached.size(), 2U);
  EXPECT_EQ(attached[0]["Arn"], mine);
  EXPECT_EQ(error("ListPolicies", {{"Scope", "Mine"}}),
            "ValidationError 400: 1 validation error detected: Value 'Mine' at 'scope' failed to "
            "satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]");
}

TEST_F(PoliciesTest, ManagedPoliciesAreBounded) {
  const std::string big = with_action("a:" + std::string(6200, 'b'));
  EXPECT_EQ(error("CreatePolicy", {{"PolicyName", "big"}, {"PolicyDocument", big}}),
            "LimitExceeded 409: Cannot exceed quota for PolicySize: 6144");
}

TEST_F(PoliciesTest, ARoleIsFoundWithAllThatDecides) {
  const std::string boundary = create_policy("limits");
  const Json made = create_role("worker", {{"Path", "/team/"}, {"PermissionsBoundary", boundary}});
  call("PutRolePolicy",
       {{"RoleName", "worker"}, {"PolicyName", "logs"}, {"PolicyDocument", any_logs}});
  call("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}});

  const auto found = iam.find_role_by_arn("arn:aws:iam::000000000000:role/team/worker");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->role.id, made["RoleId"]);
  ASSERT_EQ(found->trust.statements.size(), 1U);
  EXPECT_EQ(found->trust.statements[0].principals[0].type, "Service");
  EXPECT_EQ(found->trust.statements[0].principals[0].value, "lambda.amazonaws.com");
  ASSERT_EQ(found->inlined.size(), 1U);
  EXPECT_EQ(found->inlined[0].document.statements[0].actions.values,
            (std::vector<std::string>{"logs:*"}));
  ASSERT_EQ(found->attached.size(), 1U);
  EXPECT_EQ(found->attached[0].name, basic_execution);
  ASSERT_TRUE(found->boundary.has_value());
  EXPECT_EQ(found->boundary->name, boundary);

  EXPECT_FALSE(iam.find_role_by_arn("arn:aws:iam::000000000000:role/worker").has_value());
  EXPECT_FALSE(iam.find_role("111111111111", "worker").has_value());
  const auto known = iam.role_lookup()(*core::RoleArn::parse(made["Arn"].get<std::string>()));
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->id, made["RoleId"]);
}

}  // namespace
}  // namespace votemu::iam
