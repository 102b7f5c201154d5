#include <regex>

#include "tests/unit/cognito/cognito_test.h"

namespace votemu::cognito {
namespace {

constexpr auto unknown_pool = "us-east-1:00000000-0000-0000-0000-000000000000";

struct IdentityPoolTest : CognitoTest {
  std::string create(const std::string& name = "pool", const Json& more = Json::object()) {
    Json request{{"IdentityPoolName", name}, {"AllowUnauthenticatedIdentities", true}};
    request.update(more);
    return identity("CreateIdentityPool", request)["IdentityPoolId"].get<std::string>();
  }
  Json describe(const std::string& id) {
    return identity("DescribeIdentityPool", {{"IdentityPoolId", id}});
  }
  std::string arn(const std::string& id) {
    return "arn:aws:cognito-identity:us-east-1:000000000000:identitypool/" + id;
  }
};

TEST_F(IdentityPoolTest, IsDescribedAsItWasCreated) {
  const Json created = identity(
      "CreateIdentityPool",
      {{"IdentityPoolName", "voting pool"},
       {"AllowUnauthenticatedIdentities", true},
       {"CognitoIdentityProviders",
        {{{"ProviderName", "cognito-idp.us-east-1.amazonaws.com/us-east-1_a"}, {"ClientId", "c"}}}},
       {"IdentityPoolTags", {{"team", "blue"}}}});
  const auto id = created["IdentityPoolId"].get<std::string>();
  EXPECT_TRUE(std::regex_match(id, std::regex("us-east-1:[0-9a-f-]{36}"))) << id;
  EXPECT_EQ(created["CognitoIdentityProviders"][0]["ServerSideTokenCheck"], false);
  EXPECT_EQ(created["IdentityPoolTags"]["team"], "blue");
  EXPECT_FALSE(created.contains("AllowClassicFlow"));
  EXPECT_EQ(describe(id), created);
}

TEST_F(IdentityPoolTest, IsKnownToItsOwnAccountAndRegionOnly) {
  const auto id = create();
  caller.scope.account = "111122223333";
  EXPECT_EQ(identity_error("DescribeIdentityPool", {{"IdentityPoolId", id}}),
            "ResourceNotFoundException: IdentityPool '" + id + "' not found.");
  caller.scope = {"000000000000", "eu-west-1"};
  EXPECT_EQ(identity_error("DeleteIdentityPool", {{"IdentityPoolId", id}}),
            "ResourceNotFoundException: IdentityPool '" + id + "' not found.");
}

TEST_F(IdentityPoolTest, BreakingTheModelIsToldInAwssWords) {
  EXPECT_EQ(identity_error("CreateIdentityPool", {{"IdentityPoolName", "a/b"}}),
            "ValidationException: 2 validation errors detected: Value 'a/b' at 'identityPoolName' "
            "failed to satisfy constraint: Member must satisfy regular expression pattern: "
            "[\\w\\s+=,.@-]+; Value null at 'allowUnauthenticatedIdentities' failed to satisfy "
            "constraint: Member must not be null");
  EXPECT_EQ(identity_error("DescribeIdentityPool", {{"IdentityPoolId", "us-east-1_abc"}}),
            "ValidationException: 1 validation error detected: Value 'us-east-1_abc' at "
            "'identityPoolId' failed to satisfy constraint: Member must satisfy regular expression "
            "pattern: [\\w-]+:[0-9a-f-]+");
}

TEST_F(IdentityPoolTest, MembersOfAnotherKindAreRefused) {
  for (const Json& wrong :
       {Json{{"IdentityPoolName", 1}}, Json{{"CognitoIdentityProviders", "x"}},
        Json{{"CognitoIdentityProviders", {"x"}}}, Json{{"SupportedLoginProviders", {1}}},
        Json{{"SupportedLoginProviders", {{"x", 1}}}}, Json{{"SamlProviderARNs", {1}}},
        Json{{"IdentityPoolTags", {{"a", Json::array()}}}}}) {
    Json request{{"IdentityPoolName", "p"}, {"AllowUnauthenticatedIdentities", true}};
    request.update(wrong);
    EXPECT_TRUE(identity_error("CreateIdentityPool", request).starts_with("SerializationException"))
        << wrong;
  }
}

TEST_F(IdentityPoolTest, AnUpdateReplacesAllButTheTags) {
  const auto id =
      create("pool", {{"DeveloperProviderName", "dev"}, {"IdentityPoolTags", {{"team", "blue"}}}});
  const Json updated = identity("UpdateIdentityPool", {{"IdentityPoolId", id},
                                                       {"IdentityPoolName", "other"},
                                                       {"AllowUnauthenticatedIdentities", false}});
  EXPECT_EQ(updated, (Json{{"IdentityPoolId", id},
                           {"IdentityPoolName", "other"},
                           {"AllowUnauthenticatedIdentities", false},
                           {"IdentityPoolTags", {{"team", "blue"}}}}));
  EXPECT_EQ(describe(id), updated);
}

TEST_F(IdentityPoolTest, AreListedPageByPage) {
  for (int i = 0; i < 5; ++i) create("pool " + std::to_string(i));
  std::set<std::string> names;
  Json request{{"MaxResults", 2}};
  int pages = 0;
  for (;; ++pages) {
    const Json page = identity("ListIdentityPools", request);
    for (const auto& pool : page["IdentityPools"]) {
      names.insert(pool["IdentityPoolName"].get<std::string>());
    }
    if (!page.contains("NextToken")) break;
    request["NextToken"] = page["NextToken"];
  }
  EXPECT_EQ(names.size(), 5U);
  EXPECT_EQ(pages, 2);
  EXPECT_TRUE(identity_error("ListIdentityPools", Json::object()).find("'maxResults'") !=
              std::string::npos);
  EXPECT_TRUE(identity_error("ListIdentityPools", {{"MaxResults", 61}})
                  .ends_with("Member must have value less than or equal to 60"));
}

TEST_F(IdentityPoolTest, IsGoneWhenDeleted) {
  const auto id = create();
  EXPECT_TRUE(identity("DeleteIdentityPool", {{"IdentityPoolId", id}}).is_null());
  EXPECT_EQ(identity_error("GetId", {{"IdentityPoolId", id}}),
            "ResourceNotFoundException: IdentityPool '" + id + "' not found.");
  EXPECT_EQ(identity_error("DeleteIdentityPool", {{"IdentityPoolId", id}}),
            "ResourceNotFoundException: IdentityPool '" + id + "' not found.");
}

TEST_F(IdentityPoolTest, LivesInTheStore) {
  const auto id = create();
  Service restarted(t.runtime, key, {});
  EXPECT_EQ(core::call(t.store, restarted.identity_operations(), "DescribeIdentityPool", caller,
                       {{"IdentityPoolId", id}})["IdentityPoolName"],
            "pool");
}

TEST_F(IdentityPoolTest, HasRoles) {
  const auto id = create();
  EXPECT_EQ(identity("GetIdentityPoolRoles", {{"IdentityPoolId", id}}),
            (Json{{"IdentityPoolId", id}, {"Roles", Json::object()}}));
  const Json roles{{"unauthenticated", "arn:aws:iam::000000000000:role/guest"}};
  const Json mappings{{"provider", {{"Type", "Token"}, {"AmbiguousRoleResolution", "Deny"}}}};
  identity("SetIdentityPoolRoles",
           {{"IdentityPoolId", id}, {"Roles", roles}, {"RoleMappings", mappings}});
  EXPECT_EQ(identity("GetIdentityPoolRoles", {{"IdentityPoolId", id}}),
            (Json{{"IdentityPoolId", id}, {"Roles", roles}, {"RoleMappings", mappings}}));
  identity("SetIdentityPoolRoles", {{"IdentityPoolId", id}, {"Roles", Json::object()}});
  EXPECT_EQ(identity("GetIdentityPoolRoles", {{"IdentityPoolId", id}}),
            (Json{{"IdentityPoolId", id}, {"Roles", Json::object()}}));
}

TEST_F(IdentityPoolTest, RolesAreChecked) {
  const auto id = create();
  EXPECT_EQ(identity_error("SetIdentityPoolRoles",
                           {{"IdentityPoolId", id}, {"Roles", {{"guest", "arn"}}}}),
            "ValidationException: 1 validation error detected: Value '{\"guest\":\"arn\"}' at "
            "'roles' failed to satisfy constraint: Map keys must satisfy constraint: [Member must "
            "satisfy regular expression pattern: (un)?authenticated]");
  EXPECT_EQ(identity_error("SetIdentityPoolRoles",
                           {{"IdentityPoolId", id}, {"Roles", {{"unauthenticated", "arn"}}}}),
            "ValidationException: 1 validation error detected: Value 'arn' at "
            "'roles.unauthenticated' failed to satisfy constraint: Member must have length greater "
            "than or equal to 20");
  EXPECT_EQ(
      identity_error("SetIdentityPoolRoles",
                     {{"IdentityPoolId", unknown_pool}, {"Roles", Json::object()}}),
      "ResourceNotFoundException: IdentityPool '" + std::string(unknown_pool) + "' not found.");
}

TEST_F(IdentityPoolTest, IsTagged) {
  const auto id = create();
  identity("TagResource", {{"ResourceArn", arn(id)}, {"Tags", {{"a", "1"}, {"b", "2"}}}});
  identity("UntagResource", {{"ResourceArn", arn(id)}, {"TagKeys", {"a"}}});
  EXPECT_EQ(identity("ListTagsForResource", {{"ResourceArn", arn(id)}})["Tags"],
            (Json{{"b", "2"}}));
  EXPECT_EQ(describe(id)["IdentityPoolTags"], (Json{{"b", "2"}}));
}

TEST_F(IdentityPoolTest, TagsHaveBounds) {
  const auto id = create();
  Json many = Json::object();
  for (int i = 0; i <= 50; ++i) many["key" + std::to_string(i)] = "";
  EXPECT_TRUE(identity_error("TagResource", {{"ResourceArn", arn(id)}, {"Tags", many}})
                  .starts_with("InvalidParameterException"));
  EXPECT_TRUE(identity_error("TagResource",
                             {{"ResourceArn", arn(id)}, {"Tags", {{std::string(129, 'k'), ""}}}})
                  .starts_with("ValidationException"));
}

}  // namespace
}  // namespace votemu::cognito
