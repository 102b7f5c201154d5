// Cognito's types of resources: what they ask of the service, and what Ref and Fn::GetAtt give.
#include <gtest/gtest.h>

#include "cloudformation/stacks.h"
#include "tests/support/test_runtime.h"
#include "tests/unit/cloudformation/fake_services.h"

namespace votemu::cloudformation {
namespace {

using core::Json;
using Operations = std::vector<std::string>;

class CognitoResourcesTest : public ::testing::Test {
 protected:
  // A stack of one resource, R; the outputs are what `outputs` gets of it.
  StackSummary deploy(const std::string& type, const std::string& properties,
                      const std::string& outputs = "") {
    fake.calls.clear();
    Stacks stacks(test.runtime, fake.services, {});
    return stacks.deploy(context,
                         {"voting",
                          "Resources:\n  R:\n    Type: AWS::Cognito::" + type +
                              "\n    Properties: " + properties + "\nOutputs: {" + outputs + "}\n",
                          "t.yaml",
                          {}});
  }

  test::TestRuntime test;
  FakeServices fake{test.store};
  core::RequestContext context;
};

TEST_F(CognitoResourcesTest, IdentityPool) {
  const auto summary = deploy("IdentityPool",
                              "{IdentityPoolName: guests, AllowUnauthenticatedIdentities: true, "
                              "IdentityPoolTags: [{Key: team, Value: blue}]}",
                              "Name: {Value: !GetAtt R.Name}, Id: {Value: !Ref R}");
  EXPECT_EQ(fake.last("CreateIdentityPool"), (Json{{"IdentityPoolName", "guests"},
                                                   {"AllowUnauthenticatedIdentities", true},
                                                   {"IdentityPoolTags", {{"team", "blue"}}}}));
  EXPECT_EQ(summary.outputs.at("Name"), "guests");
  EXPECT_TRUE(summary.outputs.at("Id").starts_with("us-east-1:"));
}

TEST_F(CognitoResourcesTest, IdentityPoolChangesInPlaceAndKeepsItsGeneratedName) {
  const auto before = deploy("IdentityPool", "{AllowUnauthenticatedIdentities: true}",
                             "Name: {Value: !GetAtt R.Name}");
  const auto name = before.outputs.at("Name");
  EXPECT_TRUE(name.starts_with("voting-R-")) << name;
  const auto after = deploy("IdentityPool", "{AllowUnauthenticatedIdentities: false}",
                            "Name: {Value: !GetAtt R.Name}");
  EXPECT_EQ(after.physical_ids, before.physical_ids);
  EXPECT_EQ(after.outputs, before.outputs);
  EXPECT_EQ(fake.last("UpdateIdentityPool")["IdentityPoolName"], name);
  EXPECT_EQ(fake.last("UpdateIdentityPool")["AllowUnauthenticatedIdentities"], false);
}

TEST_F(CognitoResourcesTest, RolesAreAttachedChangedAndTakenAway) {
  constexpr auto type = "IdentityPoolRoleAttachment";
  deploy(type, "{IdentityPoolId: 'us-east-1:a', Roles: {unauthenticated: arn1}}");
  EXPECT_EQ(fake.last("SetIdentityPoolRoles"),
            (Json{{"IdentityPoolId", "us-east-1:a"}, {"Roles", {{"unauthenticated", "arn1"}}}}));
  deploy(type, "{IdentityPoolId: 'us-east-1:a', Roles: {unauthenticated: arn2}}");
  EXPECT_EQ(fake.operations(), Operations{"SetIdentityPoolRoles"});
  // Another pool is another attachment: the old pool loses its roles.
  deploy(type, "{IdentityPoolId: 'us-east-1:b', Roles: {unauthenticated: arn2}}");
  EXPECT_EQ(fake.operations(), (Operations{"SetIdentityPoolRoles", "SetIdentityPoolRoles"}));
  EXPECT_EQ(fake.last("SetIdentityPoolRoles"),
            (Json{{"IdentityPoolId", "us-east-1:a"}, {"Roles", Json::object()}}));
}

TEST_F(CognitoResourcesTest, RoleMappingsAreByProvider) {
  deploy("IdentityPoolRoleAttachment",
         "{IdentityPoolId: 'us-east-1:a', RoleMappings: {first: {IdentityProvider: "
         "'graph.facebook.com', Type: Token}, 'accounts.google.com': {Type: Token}}}");
  EXPECT_EQ(fake.last("SetIdentityPoolRoles")["RoleMappings"],
            (Json{{"graph.facebook.com", {{"Type", "Token"}}},
                  {"accounts.google.com", {{"Type", "Token"}}}}));
}

TEST_F(CognitoResourcesTest, UserPool) {
  const auto summary =
      deploy("UserPool", "{UserPoolName: p}",
             "Id: {Value: !Ref R}, Arn: {Value: !GetAtt R.Arn}, Name: {Value: !GetAtt "
             "R.ProviderName}, Url: {Value: !GetAtt R.ProviderURL}");
  EXPECT_EQ(fake.last("CreateUserPool")["PoolName"], "p");
  const auto id = summary.outputs.at("Id");
  EXPECT_EQ(summary.outputs.at("Arn"), "arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + id);
  EXPECT_EQ(summary.outputs.at("Name"), "cognito-idp.us-east-1.amazonaws.com/" + id);
  EXPECT_EQ(summary.outputs.at("Url"), "https://cognito-idp.us-east-1.amazonaws.com/" + id);
}

TEST_F(CognitoResourcesTest, UserPoolChangesInPlace) {
  const auto before = deploy("UserPool", "{UserPoolName: p}");
  const auto after = deploy("UserPool", "{UserPoolName: q, DeletionProtection: ACTIVE}");
  EXPECT_EQ(after.physical_ids, before.physical_ids);
  EXPECT_EQ(fake.operations(), Operations{"UpdateUserPool"});
  EXPECT_EQ(fake.last("UpdateUserPool")["PoolName"], "q");
  EXPECT_EQ(fake.last("UpdateUserPool")["DeletionProtection"], "ACTIVE");
}

TEST_F(CognitoResourcesTest, UserPoolsAttributesAreAddedButNeverChanged) {
  deploy("UserPool", "{Schema: [{Name: a, AttributeDataType: String}]}");
  deploy("UserPool",
         "{Schema: [{Name: a, AttributeDataType: String}, {Name: b, AttributeDataType: String, "
         "StringAttributeConstraints: {MinLength: 1}}]}");
  EXPECT_EQ(fake.operations(), (Operations{"UpdateUserPool", "AddCustomAttributes"}));
  EXPECT_EQ(fake.last("AddCustomAttributes")["CustomAttributes"],
            (Json{{{"Name", "b"},
                   {"AttributeDataType", "String"},
                   {"StringAttributeConstraints", {{"MinLength", "1"}}}}}));
  EXPECT_ANY_THROW(deploy("UserPool", "{Schema: [{Name: b, AttributeDataType: String}]}"));
}

TEST_F(CognitoResourcesTest, UserPoolsWayOfNamingUsersLasts) {
  deploy("UserPool", "{UsernameAttributes: [email]}");
  try {
    deploy("UserPool", "{UsernameAttributes: [phone_number]}");
    FAIL() << "it was changed";
  } catch (const std::exception& error) {
    EXPECT_NE(std::string(error.what())
                  .find("Updates are not allowed for property - UsernameAttributes."),
              std::string::npos)
        << error.what();
  }
}

TEST_F(CognitoResourcesTest, UserPoolClient) {
  const auto summary =
      deploy("UserPoolClient", "{UserPoolId: us-east-1_p, ClientName: web, GenerateSecret: true}",
             "Id: {Value: !Ref R}, Client: {Value: !GetAtt R.ClientId}, Secret: {Value: !GetAtt "
             "R.ClientSecret}, Name: {Value: !GetAtt R.Name}");
  EXPECT_EQ(summary.outputs.at("Id"), summary.outputs.at("Client"));
  EXPECT_EQ(summary.outputs.at("Secret"), "secret");
  EXPECT_EQ(summary.outputs.at("Name"), "web");
}

TEST_F(CognitoResourcesTest, UserPoolClientIsReplacedForAnotherPool) {
  const auto before = deploy("UserPoolClient", "{UserPoolId: us-east-1_p, ClientName: web}");
  deploy("UserPoolClient", "{UserPoolId: us-east-1_p, ClientName: app}");
  EXPECT_EQ(fake.operations(), Operations{"UpdateUserPoolClient"});
  const auto after = deploy("UserPoolClient", "{UserPoolId: us-east-1_q, ClientName: app}");
  EXPECT_EQ(fake.operations(), (Operations{"CreateUserPoolClient", "DeleteUserPoolClient"}));
  EXPECT_EQ(fake.last("DeleteUserPoolClient")["UserPoolId"], "us-east-1_p");
  EXPECT_NE(after.physical_ids, before.physical_ids);
}

TEST_F(CognitoResourcesTest, UnknownPropertiesAreRefused) {
  for (const auto* type :
       {"IdentityPool", "IdentityPoolRoleAttachment", "UserPool", "UserPoolClient"}) {
    EXPECT_ANY_THROW(deploy(type, "{Wrong: 1}")) << type;
  }
}

}  // namespace
}  // namespace votemu::cloudformation
