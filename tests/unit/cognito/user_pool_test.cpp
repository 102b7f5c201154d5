#include <regex>

#include "tests/unit/cognito/cognito_test.h"

namespace votemu::cognito {
namespace {

struct UserPoolTest : CognitoTest {
  Json create(const Json& more = Json::object()) {
    Json request{{"PoolName", "voters"}};
    request.update(more);
    return user_pool("CreateUserPool", request)["UserPool"];
  }
  std::string create_id(const Json& more = Json::object()) {
    return create(more)["Id"].get<std::string>();
  }
  Json describe(const std::string& id) {
    return user_pool("DescribeUserPool", {{"UserPoolId", id}})["UserPool"];
  }
  static Json attribute(const Json& pool, const std::string& name) {
    for (const auto& one : pool["SchemaAttributes"]) {
      if (one["Name"] == name) return one;
    }
    return nullptr;
  }
};

TEST_F(UserPoolTest, HasAwssDefaults) {
  const Json pool = create();
  const auto id = pool["Id"].get<std::string>();
  EXPECT_TRUE(std::regex_match(id, std::regex("us-east-1_[0-9A-Za-z]{9}"))) << id;
  EXPECT_EQ(pool["Arn"], "arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + id);
  EXPECT_EQ(pool["Name"], "voters");
  EXPECT_EQ(pool["Policies"]["PasswordPolicy"], (Json{{"MinimumLength", 8},
                                                      {"RequireUppercase", true},
                                                      {"RequireLowercase", true},
                                                      {"RequireNumbers", true},
                                                      {"RequireSymbols", true},
                                                      {"TemporaryPasswordValidityDays", 7}}));
  EXPECT_EQ(pool["MfaConfiguration"], "OFF");
  EXPECT_EQ(pool["DeletionProtection"], "INACTIVE");
  EXPECT_EQ(pool["LambdaConfig"], Json::object());
  EXPECT_EQ(pool["EmailConfiguration"], (Json{{"EmailSendingAccount", "COGNITO_DEFAULT"}}));
  EXPECT_EQ(pool["VerificationMessageTemplate"],
            (Json{{"DefaultEmailOption", "CONFIRM_WITH_CODE"}}));
  EXPECT_EQ(pool["AdminCreateUserConfig"],
            (Json{{"AllowAdminCreateUserOnly", false}, {"UnusedAccountValidityDays", 7}}));
  EXPECT_EQ(pool["EstimatedNumberOfUsers"], 0);
  EXPECT_EQ(pool["UserPoolTags"], Json::object());
  EXPECT_EQ(pool["CreationDate"], 1'750'000'000.0);
  EXPECT_EQ(pool["SchemaAttributes"].size(), 20U);
  EXPECT_FALSE(pool.contains("AliasAttributes"));
  EXPECT_EQ(describe(id), pool);
}

TEST_F(UserPoolTest, PasswordsNeedOnlyWhatIsAskedOfThem) {
  const Json pool = create({{"Policies", {{"PasswordPolicy", {{"MinimumLength", "6"}}}}}});
  EXPECT_EQ(pool["Policies"]["PasswordPolicy"], (Json{{"MinimumLength", 6},
                                                      {"RequireUppercase", false},
                                                      {"RequireLowercase", false},
                                                      {"RequireNumbers", false},
                                                      {"RequireSymbols", false},
                                                      {"TemporaryPasswordValidityDays", 7}}));
}

TEST_F(UserPoolTest, TheSchemaChangesAndExtendsTheStandard) {
  const Json pool =
      create({{"Schema",
               {{{"Name", "email"}, {"Required", true}},
                {{"Name", "team"}, {"AttributeDataType", "String"}, {"Mutable", false}}}}});
  EXPECT_EQ(attribute(pool, "email")["Required"], true);
  EXPECT_EQ(attribute(pool, "email")["StringAttributeConstraints"]["MaxLength"], "2048");
  EXPECT_EQ(attribute(pool, "custom:team")["Mutable"], false);
  EXPECT_EQ(attribute(pool, "sub")["Required"], true);
}

TEST_F(UserPoolTest, GetsMoreAttributesLater) {
  const auto id = create_id();
  const Json request{{"UserPoolId", id},
                     {"CustomAttributes", {{{"Name", "team"}, {"AttributeDataType", "Number"}}}}};
  user_pool("AddCustomAttributes", request);
  EXPECT_EQ(attribute(describe(id), "custom:team")["AttributeDataType"], "Number");
  EXPECT_EQ(user_pool_error("AddCustomAttributes", request),
            "InvalidParameterException: custom:team: Existing attribute already has name "
            "custom:team.");
}

TEST_F(UserPoolTest, BreakingTheModelIsToldInAwssWords) {
  EXPECT_EQ(user_pool_error("CreateUserPool", {{"PoolName", "a/b"}}),
            "InvalidParameterException: 1 validation error detected: Value 'a/b' at 'poolName' "
            "failed to satisfy constraint: Member must satisfy regular expression pattern: "
            "[\\w\\s+=,.@-]+");
  EXPECT_EQ(user_pool_error("DescribeUserPool", {{"UserPoolId", "nonsense"}}),
            "InvalidParameterException: 1 validation error detected: Value 'nonsense' at "
            "'userPoolId' failed to satisfy constraint: Member must satisfy regular expression "
            "pattern: [\\w-]+_[0-9a-zA-Z]+");
  EXPECT_EQ(user_pool_error(
                "CreateUserPool",
                {{"PoolName", "p"}, {"Policies", {{"PasswordPolicy", {{"MinimumLength", 5}}}}}}),
            "InvalidParameterException: 1 validation error detected: Value '5' at "
            "'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must "
            "have value greater than or equal to 6");
}

TEST_F(UserPoolTest, SettingsThatExcludeEachOtherAreRefused) {
  EXPECT_EQ(user_pool_error("CreateUserPool", {{"PoolName", "p"},
                                               {"AliasAttributes", {"email"}},
                                               {"UsernameAttributes", {"email"}}}),
            "InvalidParameterException: Only one of aliasAttributes or usernameAttributes can be "
            "set.");
  EXPECT_EQ(user_pool_error("CreateUserPool", {{"PoolName", "p"}, {"MfaConfiguration", "ON"}}),
            "InvalidParameterException: SMS configuration and Auto verification for phone_number "
            "are required when MFA is required/optional");
}

TEST_F(UserPoolTest, MembersOfAnotherKindAreRefused) {
  for (const Json& wrong :
       {Json{{"PoolName", 1}}, Json{{"Policies", "x"}}, Json{{"Policies", {{"PasswordPolicy", 1}}}},
        Json{{"Schema", {"x"}}}, Json{{"Schema", {{{"Name", 1}}}}}, Json{{"LambdaConfig", 1}},
        Json{{"AutoVerifiedAttributes", {1}}}, Json{{"UserPoolTags", {{"a", 1}}}},
        Json{{"AccountRecoverySetting", {{"RecoveryMechanisms", {1}}}}}}) {
    Json request{{"PoolName", "p"}};
    request.update(wrong);
    EXPECT_TRUE(user_pool_error("CreateUserPool", request).starts_with("SerializationException"))
        << wrong;
  }
}

TEST_F(UserPoolTest, AnUpdateKeepsWhatLastsAndResetsTheRest) {
  const auto id = create_id({{"AliasAttributes", {"email"}},
                             {"AutoVerifiedAttributes", {"email"}},
                             {"DeletionProtection", "ACTIVE"},
                             {"UserPoolTags", {{"team", "blue"}}}});
  t.clock.advance(1'000);
  user_pool("UpdateUserPool", {{"UserPoolId", id}, {"EmailVerificationSubject", "Hello"}});
  const Json pool = describe(id);
  EXPECT_EQ(pool["Name"], "voters");
  EXPECT_EQ(pool["AliasAttributes"], Json::array({"email"}));
  EXPECT_EQ(pool["EmailVerificationSubject"], "Hello");
  EXPECT_EQ(pool["DeletionProtection"], "INACTIVE");
  EXPECT_FALSE(pool.contains("AutoVerifiedAttributes"));
  EXPECT_EQ(pool["UserPoolTags"], (Json{{"team", "blue"}}));
  EXPECT_EQ(pool["CreationDate"], 1'750'000'000.0);
  EXPECT_EQ(pool["LastModifiedDate"], 1'750'000'001.0);
}

TEST_F(UserPoolTest, AreListedPageByPage) {
  for (int i = 0; i < 3; ++i) create();
  const Json first = user_pool("ListUserPools", {{"MaxResults", 2}});
  EXPECT_EQ(first["UserPools"].size(), 2U);
  EXPECT_EQ(first["UserPools"][0]["Name"], "voters");
  const Json second =
      user_pool("ListUserPools", {{"MaxResults", 2}, {"NextToken", first["NextToken"]}});
  EXPECT_EQ(second["UserPools"].size(), 1U);
  EXPECT_FALSE(second.contains("NextToken"));
}

TEST_F(UserPoolTest, IsKnownToItsOwnAccountOnly) {
  const auto id = create_id();
  caller.scope.account = "111122223333";
  EXPECT_EQ(user_pool_error("DescribeUserPool", {{"UserPoolId", id}}),
            "ResourceNotFoundException: User pool " + id + " does not exist.");
  EXPECT_TRUE(user_pool("ListUserPools", {{"MaxResults", 1}})["UserPools"].empty());
}

TEST_F(UserPoolTest, CanBeProtectedFromDeletion) {
  const auto id = create_id({{"DeletionProtection", "ACTIVE"}});
  EXPECT_EQ(user_pool_error("DeleteUserPool", {{"UserPoolId", id}}),
            "InvalidParameterException: The user pool cannot be deleted because deletion "
            "protection is activated. Deletion protection must be inactivated first.");
}

TEST_F(UserPoolTest, IsTagged) {
  const auto arn = create()["Arn"];
  user_pool("TagResource", {{"ResourceArn", arn}, {"Tags", {{"a", "1"}, {"b", "2"}}}});
  user_pool("UntagResource", {{"ResourceArn", arn}, {"TagKeys", {"a"}}});
  EXPECT_EQ(user_pool("ListTagsForResource", {{"ResourceArn", arn}})["Tags"], (Json{{"b", "2"}}));
}

struct UserPoolClientTest : UserPoolTest {
  std::string pool = create_id();

  Json create_client(const Json& more = Json::object()) {
    Json request{{"UserPoolId", pool}, {"ClientName", "web"}};
    request.update(more);
    return user_pool("CreateUserPoolClient", request)["UserPoolClient"];
  }
  Json name_of(const Json& client) {
    return {{"UserPoolId", pool}, {"ClientId", client["ClientId"]}};
  }
};

TEST_F(UserPoolClientTest, HasAwssDefaults) {
  const Json client = create_client();
  EXPECT_TRUE(std::regex_match(client["ClientId"].get<std::string>(), std::regex("[0-9a-z]{26}")));
  EXPECT_EQ(client, (Json{{"UserPoolId", pool},
                          {"ClientName", "web"},
                          {"ClientId", client["ClientId"]},
                          {"CreationDate", 1'750'000'000.0},
                          {"LastModifiedDate", 1'750'000'000.0},
                          {"RefreshTokenValidity", 30},
                          {"TokenValidityUnits", Json::object()},
                          {"AllowedOAuthFlowsUserPoolClient", false},
                          {"EnableTokenRevocation", true},
                          {"EnablePropagateAdditionalUserContextData", false},
                          {"AuthSessionValidity", 3}}));
  EXPECT_EQ(user_pool("DescribeUserPoolClient", name_of(client))["UserPoolClient"], client);
}

TEST_F(UserPoolClientTest, HasASecretWhenAskedFor) {
  const Json client = create_client({{"GenerateSecret", true}});
  EXPECT_EQ(client["ClientSecret"].get<std::string>().size(), 51U);
  user_pool("UpdateUserPoolClient", name_of(client));
  EXPECT_EQ(user_pool("DescribeUserPoolClient", name_of(client))["UserPoolClient"]["ClientSecret"],
            client["ClientSecret"]);
}

TEST_F(UserPoolClientTest, AnUpdateResetsWhatItDoesNotSay) {
  const Json client = create_client({{"CallbackURLs", {"http://localhost"}}});
  Json request = name_of(client);
  request["ExplicitAuthFlows"] = {"ALLOW_USER_SRP_AUTH"};
  const Json updated = user_pool("UpdateUserPoolClient", request)["UserPoolClient"];
  EXPECT_EQ(updated["ClientName"], "web");
  EXPECT_EQ(updated["ExplicitAuthFlows"], Json::array({"ALLOW_USER_SRP_AUTH"}));
  EXPECT_FALSE(updated.contains("CallbackURLs"));
}

TEST_F(UserPoolClientTest, AreListedPageByPage) {
  for (int i = 0; i < 3; ++i) create_client();
  const Json first = user_pool("ListUserPoolClients", {{"UserPoolId", pool}, {"MaxResults", 2}});
  EXPECT_EQ(first["UserPoolClients"].size(), 2U);
  EXPECT_EQ(first["UserPoolClients"][0]["ClientName"], "web");
  EXPECT_EQ(user_pool("ListUserPoolClients", {{"UserPoolId", pool}})["UserPoolClients"].size(), 3U);
}

TEST_F(UserPoolClientTest, OfAnotherPoolIsNotThere) {
  const Json client = create_client();
  const std::string id = client["ClientId"].get<std::string>();
  EXPECT_EQ(user_pool_error("DescribeUserPoolClient",
                            {{"UserPoolId", create_id()}, {"ClientId", client["ClientId"]}}),
            "ResourceNotFoundException: User pool client " + id + " does not exist.");
  EXPECT_EQ(user_pool_error("CreateUserPoolClient",
                            {{"UserPoolId", "us-east-1_nothing00"}, {"ClientName", "web"}}),
            "ResourceNotFoundException: User pool us-east-1_nothing00 does not exist.");
}

TEST_F(UserPoolClientTest, IsGoneWhenDeletedOrItsPoolIs) {
  const Json first = create_client();
  const Json second = create_client();
  EXPECT_TRUE(user_pool("DeleteUserPoolClient", name_of(first)).is_null());
  EXPECT_TRUE(user_pool_error("DescribeUserPoolClient", name_of(first))
                  .starts_with("ResourceNotFoundException: User pool client"));
  user_pool("DeleteUserPool", {{"UserPoolId", pool}});
  EXPECT_EQ(user_pool_error("DescribeUserPoolClient", name_of(second)),
            "ResourceNotFoundException: User pool " + pool + " does not exist.");
}

}  // namespace
}  // namespace votemu::cognito
