// What a browser does before it has any credentials: all of it unsigned.
#include "services/cognito/identities.h"
#include "tests/unit/cognito/cognito_test.h"

namespace votemu::cognito {
namespace {

constexpr auto role = "arn:aws:iam::000000000000:role/guest";

struct GuestTest : CognitoTest {
  std::string create(const Json& more = Json::object()) {
    Json request{{"IdentityPoolName", "pool"}, {"AllowUnauthenticatedIdentities", true}};
    request.update(more);
    auto id = identity("CreateIdentityPool", request)["IdentityPoolId"].get<std::string>();
    identity("SetIdentityPoolRoles",
             {{"IdentityPoolId", id}, {"Roles", {{"unauthenticated", role}}}});
    return id;
  }
  std::string guest_of(const std::string& pool_id) {
    return identity("GetId", {{"IdentityPoolId", pool_id}})["IdentityId"].get<std::string>();
  }
  void be_nobody() {
    caller = core::RequestContext();
    caller.scope.region = "us-east-1";
  }
};

TEST_F(GuestTest, GetsCredentialsOfThePoolsRole) {
  known = core::KnownRole{"AROAGUEST"};
  const auto pool = create();
  be_nobody();
  const auto id = guest_of(pool);
  const Json response =
      identity("GetCredentialsForIdentity", {{"IdentityId", id}, {"Logins", Json::object()}});
  EXPECT_EQ(response["IdentityId"], id);
  EXPECT_EQ(response["Credentials"]["Expiration"], 1'750'003'600.0);

  const core::CredentialIssuer issuer(key, t.random);
  const auto session = issuer.open(response["Credentials"]["AccessKeyId"].get<std::string>(),
                                   response["Credentials"]["SessionToken"].get<std::string>());
  ASSERT_TRUE(session);
  EXPECT_EQ(session->secret_access_key, response["Credentials"]["SecretKey"]);
  EXPECT_EQ(session->claims,
            (core::SessionClaims{
                "000000000000",
                role,
                "AROAGUEST:CognitoIdentityCredentials",
                "CognitoIdentityCredentials",
                core::WebIdentity{"cognito-identity.amazonaws.com", id, pool, {"unauthenticated"}},
                "",
                {"arn:aws:iam::aws:policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy"}}));
}

TEST_F(GuestTest, FindsItsPoolWhereverItIs) {
  caller.scope = {"111122223333", "eu-west-1"};
  const auto pool = create();
  be_nobody();
  const auto id = guest_of(pool);
  EXPECT_TRUE(id.starts_with("eu-west-1:")) << id;
  EXPECT_EQ(identity_error("GetCredentialsForIdentity", {{"IdentityId", id}}), "none");
}

TEST_F(GuestTest, IsKnownAfterARestart) {
  const auto id = guest_of(create());
  Service restarted(t.runtime, key, {});
  EXPECT_EQ(
      error_of(restarted.identity_operations(), "GetCredentialsForIdentity", {{"IdentityId", id}}),
      "none");
}

TEST_F(GuestTest, NeedsAKnownPoolAndIdentity) {
  constexpr auto id = "us-east-1:00000000-0000-0000-0000-000000000000";
  EXPECT_EQ(identity_error("GetId", {{"IdentityPoolId", id}}),
            "ResourceNotFoundException: IdentityPool '" + std::string(id) + "' not found.");
  EXPECT_EQ(identity_error("GetCredentialsForIdentity", {{"IdentityId", id}}),
            "ResourceNotFoundException: Identity '" + std::string(id) + "' not found.");
}

TEST_F(GuestTest, IsRefusedByAPoolWithoutGuests) {
  const auto pool = create();
  const auto id = guest_of(pool);
  identity("UpdateIdentityPool", {{"IdentityPoolId", pool},
                                  {"IdentityPoolName", "pool"},
                                  {"AllowUnauthenticatedIdentities", false}});
  const std::string refusal =
      "NotAuthorizedException: Unauthenticated access is not supported for this identity pool.";
  EXPECT_EQ(identity_error("GetId", {{"IdentityPoolId", pool}}), refusal);
  EXPECT_EQ(identity_error("GetCredentialsForIdentity", {{"IdentityId", id}}), refusal);
  EXPECT_EQ(identity_error("GetOpenIdToken", {{"IdentityId", id}}), refusal);
}

TEST_F(GuestTest, GetsNoCredentialsOfAPoolWithoutItsRole) {
  const auto pool = create();
  const auto id = guest_of(pool);
  identity("SetIdentityPoolRoles",
           {{"IdentityPoolId", pool}, {"Roles", {{"authenticated", role}}}});
  EXPECT_EQ(identity_error("GetCredentialsForIdentity", {{"IdentityId", id}}),
            "InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check "
            "assigned IAM roles for this pool.");
}

TEST_F(GuestTest, NobodyCanLogIn) {
  const auto pool = create({{"SupportedLoginProviders", {{"accounts.google.com", "app"}}}});
  EXPECT_EQ(
      identity_error("GetId",
                     {{"IdentityPoolId", pool}, {"Logins", {{"graph.facebook.com", "token"}}}}),
      "NotAuthorizedException: Token is not from a supported provider of this identity pool.");
  EXPECT_EQ(identity_error("GetId", {{"IdentityPoolId", pool},
                                     {"Logins", {{"accounts.google.com", "token"}}}}),
            "NotAuthorizedException: Invalid login token. Not a valid OpenId Connect identity "
            "token.");
}

TEST_F(GuestTest, GetsAnOpenIdToken) {
  const auto pool = create();
  const auto id = guest_of(pool);
  const auto token = identity("GetOpenIdToken", {{"IdentityId", id}})["Token"].get<std::string>();
  EXPECT_EQ(core::OpenIdTokens(key).verify(token),
            (core::OpenIdClaims{id, pool, {"unauthenticated"}, 1'750'000'000, 1'750'000'600}));
}

TEST_F(GuestTest, GetsNoOpenIdTokenWhereThatFlowIsSwitchedOff) {
  const auto id = guest_of(create({{"AllowClassicFlow", false}}));
  EXPECT_EQ(identity_error("GetOpenIdToken", {{"IdentityId", id}}),
            "InvalidParameterException: Basic (classic) flow is not enabled, please use enhanced "
            "flow.");
}

TEST_F(GuestTest, IsDescribed) {
  const auto id = guest_of(create());
  EXPECT_EQ(identity("DescribeIdentity", {{"IdentityId", id}}),
            (Json{{"IdentityId", id},
                  {"CreationDate", 1'750'000'000.0},
                  {"LastModifiedDate", 1'750'000'000.0}}));
  caller.scope.account = "111122223333";
  EXPECT_EQ(identity_error("DescribeIdentity", {{"IdentityId", id}}),
            "NotAuthorizedException: Access to Identity '" + id + "' is forbidden.");
}

TEST_F(GuestTest, AreListedInTheOrderInWhichTheyCame) {
  const auto pool = create();
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(guest_of(pool));
  const Json first = identity("ListIdentities", {{"IdentityPoolId", pool}, {"MaxResults", 2}});
  ASSERT_EQ(first["Identities"].size(), 2U);
  EXPECT_EQ(first["Identities"][0]["IdentityId"], ids[0]);
  EXPECT_EQ(first["Identities"][1]["IdentityId"], ids[1]);
  const Json second =
      identity("ListIdentities",
               {{"IdentityPoolId", pool}, {"MaxResults", 2}, {"NextToken", first["NextToken"]}});
  ASSERT_EQ(second["Identities"].size(), 1U);
  EXPECT_EQ(second["Identities"][0]["IdentityId"], ids[2]);
  EXPECT_FALSE(second.contains("NextToken"));
}

TEST_F(GuestTest, AreDeletedByTheirOwnAccountOnly) {
  const auto pool = create();
  const auto id = guest_of(pool);
  const auto own = caller.scope;
  caller.scope.account = "111122223333";
  EXPECT_EQ(
      identity("DeleteIdentities", {{"IdentityIdsToDelete", {id}}}),
      (Json{{"UnprocessedIdentityIds", {{{"IdentityId", id}, {"ErrorCode", "AccessDenied"}}}}}));
  caller.scope = own;
  EXPECT_EQ(identity("DeleteIdentities", {{"IdentityIdsToDelete", {id}}}),
            (Json{{"UnprocessedIdentityIds", Json::array()}}));
  EXPECT_TRUE(identity_error("GetCredentialsForIdentity", {{"IdentityId", id}})
                  .starts_with("ResourceNotFoundException"));
}

TEST_F(GuestTest, GoWithTheirPool) {
  const auto pool = create();
  const auto id = guest_of(pool);
  identity("DeleteIdentityPool", {{"IdentityPoolId", pool}});
  EXPECT_EQ(identity_error("GetCredentialsForIdentity", {{"IdentityId", id}}),
            "ResourceNotFoundException: Identity '" + id + "' not found.");
}

TEST_F(GuestTest, TheOldestIsForgottenWhenThereAreTooMany) {
  Identities identities(t.store, 3);
  for (int i = 0; i < 4; ++i) identities.add("i" + std::to_string(i), "pool", 0);
  EXPECT_FALSE(identities.find("i0"));
  EXPECT_TRUE(identities.find("i1"));
  EXPECT_EQ(identities.page("pool", 0, 1).front().id, "i1");
}

}  // namespace
}  // namespace votemu::cognito
