#include "tests/unit/iam/iam_fixture.h"

namespace votemu::iam {
namespace {

class RolesTest : public IamTest {};

TEST_F(RolesTest, ARoleIsAsItWasMade) {
  const Json made = create_role("worker", {{"Path", "/team/"}, {"Description", "works"}});
  EXPECT_EQ(made["Arn"], "arn:aws:iam::000000000000:role/team/worker");
  EXPECT_EQ(made["Path"], "/team/");
  EXPECT_EQ(made["AssumeRolePolicyDocument"], core::percent_encode(lambda_trust));
  EXPECT_EQ(made["RoleId"].get<std::string>().substr(0, 4), "AROA");
  EXPECT_EQ(made["RoleId"].get<std::string>().size(), 21U);
  EXPECT_EQ(made["CreateDate"].get<std::string>().size(),
            std::string("2025-05-22T07:39:29Z").size());
  EXPECT_FALSE(made.contains("MaxSessionDuration"));

  const Json got = call("GetRole", {{"RoleName", "worker"}})["Role"];
  EXPECT_EQ(got["RoleId"], made["RoleId"]);
  EXPECT_EQ(got["Description"], "works");
  EXPECT_EQ(got["MaxSessionDuration"], 3600);
  EXPECT_EQ(got["RoleLastUsed"], Json::object());
  EXPECT_FALSE(got.contains("Tags"));
}

TEST_F(RolesTest, NamesAreUniqueWhateverTheirCase) {
  create_role("Worker");
  EXPECT_EQ(
      error("CreateRole", {{"RoleName", "worker"}, {"AssumeRolePolicyDocument", lambda_trust}}),
      "EntityAlreadyExists 409: Role with name worker already exists.");
}

TEST_F(RolesTest, AnAbsentRoleIsNamed) {
  EXPECT_EQ(error("GetRole", {{"RoleName", "nobody"}}),
            "NoSuchEntity 404: The role with name nobody cannot be found.");
  EXPECT_EQ(error("DeleteRole", {{"RoleName", "nobody"}}),
            "NoSuchEntity 404: The role with name nobody cannot be found.");
}

TEST_F(RolesTest, RolesBelongToTheAccountNotToARegion) {
  create_role("worker");
  core::RequestContext elsewhere;
  elsewhere.scope.region = "eu-central-1";
  EXPECT_EQ(call("GetRole", {{"RoleName", "worker"}}, elsewhere)["Role"]["RoleName"], "worker");
  elsewhere.scope.account = "111111111111";
  EXPECT_THROW(call("GetRole", {{"RoleName", "worker"}}, elsewhere), core::AwsError);
}

TEST_F(RolesTest, ConstraintsAreToldInAwssWords) {
  EXPECT_EQ(error("GetRole", Json::object()),
            "ValidationError 400: 1 validation error detected: Value null at 'roleName' failed to "
            "satisfy constraint: Member must not be null");
  EXPECT_EQ(error("GetRole", {{"RoleName", std::string(65, 'r')}}),
            "ValidationError 400: 1 validation error detected: Value '" + std::string(65, 'r') +
                "' at 'roleName' failed to satisfy constraint: Member must have length less than "
                "or equal to 64");
  EXPECT_EQ(error("GetRole", {{"RoleName", "a b"}}),
            "ValidationError 400: The specified value for roleName is invalid. It must contain "
            "only alphanumeric characters and/or the following: +=,.@_-");
  EXPECT_EQ(
      error("CreateRole",
            {{"RoleName", "r"}, {"AssumeRolePolicyDocument", lambda_trust}, {"Path", "team"}}),
      "ValidationError 400: The specified value for path is invalid. It must begin and end "
      "with / and contain only alphanumeric characters and/or / characters.");
  EXPECT_EQ(error("CreateRole", {{"RoleName", "r"},
                                 {"AssumeRolePolicyDocument", lambda_trust},
                                 {"MaxSessionDuration", 60}}),
            "ValidationError 400: 1 validation error detected: Value '60' at 'maxSessionDuration' "
            "failed to satisfy constraint: Member must have value greater than or equal to 3600");
  EXPECT_EQ(error("CreateRole", {{"RoleName", ""}}),
            "ValidationError 400: 2 validation errors detected: Value '' at 'roleName' failed to "
            "satisfy constraint: Member must have length greater than or equal to 1; Value null at "
            "'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null");
}

TEST_F(RolesTest, ListsByPathAndInPages) {
  for (const char* name : {"b", "C", "a"}) create_role(name, {{"Path", "/team/"}});
  create_role("other");
  const Json first = call("ListRoles", {{"PathPrefix", "/team"}, {"MaxItems", 2}});
  EXPECT_EQ(first["IsTruncated"], true);
  ASSERT_EQ(first["Roles"].size(), 2U);
  EXPECT_EQ(first["Roles"][0]["RoleName"], "a");
  EXPECT_EQ(first["Roles"][1]["RoleName"], "b");
  const Json second =
      call("ListRoles", {{"PathPrefix", "/team"}, {"MaxItems", 2}, {"Marker", first["Marker"]}});
  EXPECT_EQ(second["IsTruncated"], false);
  ASSERT_EQ(second["Roles"].size(), 1U);
  EXPECT_EQ(second["Roles"][0]["RoleName"], "C");
  EXPECT_FALSE(second.contains("Marker"));
  EXPECT_EQ(error("ListRoles", {{"Marker", "?"}}), "ValidationError 400: Invalid Marker.");
}

TEST_F(RolesTest, UpdatesWhatIsGiven) {
  create_role("worker", {{"Description", "old"}});
  call("UpdateRole", {{"RoleName", "worker"}, {"MaxSessionDuration", 7200}});
  Json role = call("GetRole", {{"RoleName", "worker"}})["Role"];
  EXPECT_EQ(role["Description"], "old");
  EXPECT_EQ(role["MaxSessionDuration"], 7200);
  role = call("UpdateRoleDescription", {{"RoleName", "worker"}, {"Description", "new"}})["Role"];
  EXPECT_EQ(role["Description"], "new");
  const std::string trust =
      R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}})";
  call("UpdateAssumeRolePolicy", {{"RoleName", "worker"}, {"PolicyDocument", trust}});
  role = call("GetRole", {{"RoleName", "worker"}})["Role"];
  EXPECT_EQ(role["AssumeRolePolicyDocument"], core::percent_encode(trust));
}

TEST_F(RolesTest, ARoleWithPoliciesStays) {
  create_role("worker");
  call("AttachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}});
  call("PutRolePolicy",
       {{"RoleName", "worker"}, {"PolicyName", "logs"}, {"PolicyDocument", any_logs}});
  EXPECT_EQ(error("DeleteRole", {{"RoleName", "worker"}}),
            "DeleteConflict 409: Cannot delete entity, must detach all policies first.");
  call("DetachRolePolicy", {{"RoleName", "worker"}, {"PolicyArn", basic_execution}});
  EXPECT_EQ(error("DeleteRole", {{"RoleName", "worker"}}),
            "DeleteConflict 409: Cannot delete entity, must delete policies first.");
  call("DeleteRolePolicy", {{"RoleName", "worker"}, {"PolicyName", "logs"}});
  call("DeleteRole", {{"RoleName", "worker"}});
  EXPECT_EQ(call("ListRoles", Json::object())["Roles"], Json::array());
}

TEST_F(RolesTest, TagsDifferInMoreThanCase) {
  create_role("worker", {{"Tags", {{{"Key", "Team"}, {"Value", "a"}}}}});
  call("TagRole", {{"RoleName", "worker"},
                   {"Tags", {{{"Key", "team"}, {"Value", "b"}}, {{"Key", "x"}, {"Value", ""}}}}});
  EXPECT_EQ(call("ListRoleTags", {{"RoleName", "worker"}})["Tags"],
            (Json{{{"Key", "team"}, {"Value", "b"}}, {{"Key", "x"}, {"Value", ""}}}));
  call("UntagRole", {{"RoleName", "worker"}, {"TagKeys", {"TEAM"}}});
  EXPECT_EQ(call("GetRole", {{"RoleName", "worker"}})["Role"]["Tags"].size(), 1U);
  EXPECT_EQ(
      error("TagRole", {{"RoleName", "worker"},
                        {"Tags", {{{"Key", "k"}, {"Value", "b"}}, {{"Key", "K"}, {"Value", ""}}}}}),
      "InvalidInput 400: Duplicate tag keys found. Please note that Tag keys are case "
      "insensitive.");
  EXPECT_EQ(error("TagRole", {{"RoleName", "worker"}, {"Tags", {{{"Key", "k!"}, {"Value", "b"}}}}}),
            "ValidationError 400: 1 validation error detected: Value 'k!' at "
            "'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular "
            "expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
}

TEST_F(RolesTest, ARoleHasFiftyTagsAtMost) {
  create_role("worker");
  for (int group = 0; group < 2; ++group) {
    Json tags = Json::array();
    for (int i = 0; i < 25; ++i) {
      tags.push_back({{"Key", std::to_string(group) + "-" + std::to_string(i)}, {"Value", ""}});
    }
    call("TagRole", {{"RoleName", "worker"}, {"Tags", tags}});
  }
  EXPECT_EQ(
      error("TagRole", {{"RoleName", "worker"}, {"Tags", {{{"Key", "more"}, {"Value", ""}}}}}),
      "LimitExceeded 409: Cannot exceed quota for TagsPerRole: 50");
}

TEST_F(RolesTest, ABoundaryMustExist) {
  const std::string arn = create_policy("limits");
  create_role("worker", {{"PermissionsBoundary", arn}});
  EXPECT_EQ(call("GetRole", {{"RoleName", "worker"}})["Role"]["PermissionsBoundary"],
            (Json{{"PermissionsBoundaryType", "Policy"}, {"PermissionsBoundaryArn", arn}}));
  EXPECT_EQ(call("GetPolicy", {{"PolicyArn", arn}})["Policy"]["PermissionsBoundaryUsageCount"], 1);
  EXPECT_EQ(error("DeletePolicy", {{"PolicyArn", arn}}),
            "DeleteConflict 409: Cannot delete a policy attached to entities.");
  call("DeleteRolePermissionsBoundary", {{"RoleName", "worker"}});
  EXPECT_EQ(error("PutRolePermissionsBoundary",
                  {{"RoleName", "worker"}, {"PermissionsBoundary", arn + "s"}}),
            "NoSuchEntity 404: Scope ARN: " + arn + "s does not exist or is not attachable.");
  call("DeletePolicy", {{"PolicyArn", arn}});
}

TEST_F(RolesTest, AServicesOwnRoleIsTheServices) {
  const Json role =
      call("CreateServiceLinkedRole", {{"AWSServiceName", "ops.apigateway.amazonaws.com"}})["Role"];
  EXPECT_EQ(role["RoleName"], "AWSServiceRoleForAPIGateway");
  EXPECT_EQ(role["Path"], "/aws-service-role/ops.apigateway.amazonaws.com/");
  EXPECT_TRUE(error("DeleteRole", {{"RoleName", "AWSServiceRoleForAPIGateway"}})
                  .starts_with("UnmodifiableEntity 400: "));
  EXPECT_EQ(error("CreateServiceLinkedRole", {{"AWSServiceName", "ops.apigateway.amazonaws.com"}}),
            "InvalidInput 400: Service role name AWSServiceRoleForAPIGateway has been taken in "
            "this account, please try a different suffix.");
}

TEST_F(RolesTest, TheOnlyUserIsRoot) {
  EXPECT_EQ(call("GetUser", Json::object())["User"]["Arn"], "arn:aws:iam::000000000000:root");
  EXPECT_EQ(error("GetUser", {{"UserName", "me"}}),
            "NoSuchEntity 404: The user with name me cannot be found.");
  EXPECT_EQ(call("ListUsers", Json::object()),
            (Json{{"Users", Json::array()}, {"IsTruncated", false}}));
}

}  // namespace
}  // namespace votemu::iam
