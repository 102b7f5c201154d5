#include <gtest/gtest.h>

#include "core/access_key.h"
#include "core/aws_error.h"
#include "services/sts/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::sts {
namespace {

using core::Json;

constexpr auto role = "arn:aws:iam::111122223333:role/path/voter";

struct StsTest : testing::Test {
  test::TestRuntime t;
  core::SigningKey key{t.store, t.random};
  std::optional<core::KnownRole> known;
  std::vector<core::RoleRequest> asked;  // of the roles' trust
  bool trusted = true;
  std::string checked_policy;
  Service service{t.runtime,
                  key,
                  [this](const core::RoleArn&) { return known; },
                  {[this](const core::RoleArn&, const core::RoleRequest& request) {
                     asked.push_back(request);
                     return trusted;
                   },
                   [this](const std::string& policy) { checked_policy = policy; }}};
  core::RequestContext caller;

  StsTest() { caller.access_key = "test"; }

  Json call(std::string_view operation, const Json& request = Json::object()) {
    return core::call(t.store, service.operations(), operation, caller, request);
  }
  // "Code: message"
  std::string error(std::string_view operation, const Json& request = Json::object()) {
    try {
      call(operation, request);
    } catch (const core::AwsError& thrown) {
      return thrown.code() + ": " + thrown.message();
    }
    return "none";
  }
  Json assume(const Json& more = Json::object()) {
    Json request{{"RoleArn", role}, {"RoleSessionName", "me"}};
    request.update(more);
    return call("AssumeRole", request);
  }
  // From now on the caller is whoever these credentials belong to.
  void become(const Json& credentials) {
    caller.access_key = credentials["AccessKeyId"].get<std::string>();
    caller.session_token = credentials["SessionToken"].get<std::string>();
  }
  std::string web_token(std::int64_t lifetime_s = 600) {
    const std::int64_t now_s = t.clock.now_ms() / 1'000;
    return core::OpenIdTokens(key).issue(
        {"us-east-1:identity", "us-east-1:pool", {"unauthenticated"}, now_s, now_s + lifetime_s});
  }
  Json web_request(const std::string& token) {
    return {{"RoleArn", role}, {"RoleSessionName", "web"}, {"WebIdentityToken", token}};
  }
};

TEST_F(StsTest, WhoeverComesWithPlainCredentialsIsTheirAccount) {
  EXPECT_EQ(call("GetCallerIdentity"), (Json{{"UserId", "000000000000"},
                                             {"Account", "000000000000"},
                                             {"Arn", "arn:aws:iam::000000000000:root"}}));
  caller.scope.account = "111122223333";
  EXPECT_EQ(call("GetCallerIdentity")["Arn"], "arn:aws:iam::111122223333:root");
}

TEST_F(StsTest, AnUnsignedCallerIsNobody) {
  caller.access_key.clear();
  for (const auto* operation :
       {"GetCallerIdentity", "GetAccessKeyInfo", "GetSessionToken", "AssumeRole"}) {
    EXPECT_EQ(error(operation),
              "MissingAuthenticationToken: Request is missing Authentication Token");
  }
}

TEST_F(StsTest, ARoleThatIsAssumedIsWhoOneIs) {
  known = core::KnownRole{"AROAVOTER"};
  const Json assumed = assume();
  EXPECT_EQ(assumed["AssumedRoleUser"],
            (Json{{"AssumedRoleId", "AROAVOTER:me"},
                  {"Arn", "arn:aws:sts::111122223333:assumed-role/voter/me"}}));
  become(assumed["Credentials"]);
  EXPECT_EQ(call("GetCallerIdentity"),
            (Json{{"UserId", "AROAVOTER:me"},
                  {"Account", "111122223333"},
                  {"Arn", "arn:aws:sts::111122223333:assumed-role/voter/me"}}));
}

TEST_F(StsTest, ARoleThatNobodyCreatedMayBeAssumedToo) {
  const auto id = assume()["AssumedRoleUser"]["AssumedRoleId"].get<std::string>();
  EXPECT_TRUE(id.starts_with("AROA")) << id;
  EXPECT_EQ(assume()["AssumedRoleUser"]["AssumedRoleId"], id);
}

TEST_F(StsTest, CredentialsOfARoleBelongToItsAccount) {
  const auto key_id = assume()["Credentials"]["AccessKeyId"].get<std::string>();
  EXPECT_EQ(call("GetAccessKeyInfo", {{"AccessKeyId", key_id}})["Account"], "111122223333");
}

TEST_F(StsTest, CredentialsLastAsLongAsAsked) {
  EXPECT_EQ(assume()["Credentials"]["Expiration"], "2025-06-15T16:06:40Z");
  EXPECT_EQ(assume({{"DurationSeconds", 900}})["Credentials"]["Expiration"],
            "2025-06-15T15:21:40Z");
}

TEST_F(StsTest, TheDurationHasBounds) {
  const auto with = [](std::int64_t seconds) {
    return Json{{"RoleArn", role}, {"RoleSessionName", "me"}, {"DurationSeconds", seconds}};
  };
  EXPECT_EQ(error("AssumeRole", with(899)),
            "ValidationError: 1 validation error detected: Value '899' at 'durationSeconds' failed "
            "to satisfy constraint: Member must have value greater than or equal to 900");
  EXPECT_EQ(error("AssumeRole", with(43'201)),
            "ValidationError: 1 validation error detected: Value '43201' at 'durationSeconds' "
            "failed to satisfy constraint: Member must have value less than or equal to 43200");
  EXPECT_EQ(error("AssumeRole", with(43'200)), "none");
  known = core::KnownRole{"AROAVOTER", 3'600};
  EXPECT_EQ(error("AssumeRole", with(3'601)),
            "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for "
            "this role.");
}

TEST_F(StsTest, ARoleAssumedFromARoleLastsAnHourAtMost) {
  become(assume()["Credentials"]);
  EXPECT_EQ(error("AssumeRole",
                  {{"RoleArn", role}, {"RoleSessionName", "me"}, {"DurationSeconds", 3'601}}),
            "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for "
            "roles assumed by role chaining.");
}

TEST_F(StsTest, NamesOfRolesAndSessionsAreChecked) {
  EXPECT_EQ(error("AssumeRole",
                  {{"RoleArn", "arn:aws:iam::111122223333:user/x"}, {"RoleSessionName", "me"}}),
            "ValidationError: arn:aws:iam::111122223333:user/x is invalid");
  EXPECT_EQ(error("AssumeRole", {{"RoleArn", role}, {"RoleSessionName", "not me"}}),
            "ValidationError: 1 validation error detected: Value 'not me' at 'roleSessionName' "
            "failed to satisfy constraint: Member must satisfy regular expression pattern: "
            "[\\w+=,.@-]*");
  EXPECT_EQ(error("AssumeRole"),
            "ValidationError: 2 validation errors detected: Value null at 'roleArn' failed to "
            "satisfy constraint: Member must not be null; Value null at 'roleSessionName' failed "
            "to satisfy constraint: Member must not be null");
}

TEST_F(StsTest, ASessionPolicyMustBeJson) {
  EXPECT_EQ(error("AssumeRole", {{"RoleArn", role}, {"RoleSessionName", "me"}, {"Policy", "{"}}),
            "MalformedPolicyDocument: This policy contains invalid Json");
  EXPECT_NO_THROW(assume({{"Policy", R"({"Version":"2012-10-17","Statement":[]})"}}));
}

TEST_F(StsTest, AWebIdentityNeedsNoCredentials) {
  caller.access_key.clear();
  const Json response = call("AssumeRoleWithWebIdentity", web_request(web_token()));
  EXPECT_EQ(response["SubjectFromWebIdentityToken"], "us-east-1:identity");
  EXPECT_EQ(response["Audience"], "us-east-1:pool");
  EXPECT_EQ(response["Provider"], "cognito-identity.amazonaws.com");
  const core::CredentialIssuer issuer(key, t.random);
  const auto session = issuer.open(response["Credentials"]["AccessKeyId"].get<std::string>(),
                                   response["Credentials"]["SessionToken"].get<std::string>());
  ASSERT_TRUE(session);
  EXPECT_EQ(session->claims.web_identity, (core::WebIdentity{"cognito-identity.amazonaws.com",
                                                             "us-east-1:identity",
                                                             "us-east-1:pool",
                                                             {"unauthenticated"}}));
}

TEST_F(StsTest, AnExpiredWebIdentityIsRefused) {
  const auto token = web_token(600);
  t.clock.advance(600'000);
  EXPECT_EQ(error("AssumeRoleWithWebIdentity", web_request(token)),
            "ExpiredTokenException: Token expired: current date/time 1750000600 must be before the "
            "expiration date/time1750000600");
}

TEST_F(StsTest, AForeignWebIdentityIsRefused) {
  EXPECT_EQ(error("AssumeRoleWithWebIdentity", web_request("nonsense")),
            "InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this "
            "error if you sent an Access Token)");
  EXPECT_TRUE(error("AssumeRoleWithWebIdentity", web_request("a.b.c"))
                  .starts_with("InvalidIdentityToken: Couldn't retrieve verification key"));
}

TEST_F(StsTest, ASessionOfTheAccountItself) {
  const Json credentials = call("GetSessionToken")["Credentials"];
  EXPECT_EQ(credentials["Expiration"], "2025-06-16T03:06:40Z");
  become(credentials);
  EXPECT_EQ(call("GetCallerIdentity")["Arn"], "arn:aws:iam::000000000000:root");
  EXPECT_EQ(error("GetSessionToken"),
            "AccessDenied: Cannot call GetSessionToken with session credentials");
}

TEST_F(StsTest, SessionCredentialsOfOthersAreTakenForPlainOnes) {
  caller.access_key = "ASIAEXAMPLE";
  caller.session_token = "whatever";
  EXPECT_EQ(call("GetCallerIdentity")["Arn"], "arn:aws:iam::000000000000:root");
}

TEST_F(StsTest, AnAccessKeysAccount) {
  EXPECT_EQ(call("GetAccessKeyInfo", {{"AccessKeyId", "ASIAQNZGKIQY56JQ7WML"}})["Account"],
            "029608264753");
  EXPECT_EQ(error("GetAccessKeyInfo", {{"AccessKeyId", "test"}}),
            "ValidationError: 1 validation error detected: Value 'test' at 'accessKeyId' failed to "
            "satisfy constraint: Member must have length greater than or equal to 16");
}

TEST_F(StsTest, MembersOfAnotherKindAreRefused) {
  EXPECT_TRUE(error("AssumeRole", {{"RoleArn", 1}}).starts_with("SerializationException"));
}

TEST_F(StsTest, ARoleIsAssumedByThoseWhomItTrusts) {
  assume({{"ExternalId", "secret"}});
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].action, "sts:AssumeRole");
  EXPECT_EQ(asked[0].account, "000000000000");
  EXPECT_EQ(asked[0].session_name, "me");
  EXPECT_EQ(asked[0].external_id, "secret");
  EXPECT_FALSE(asked[0].caller);
  trusted = false;
  EXPECT_EQ(error("AssumeRole", {{"RoleArn", role}, {"RoleSessionName", "me"}}),
            "AccessDenied: User: arn:aws:iam::000000000000:root is not authorized to perform: "
            "sts:AssumeRole on resource: " +
                std::string(role));
}

TEST_F(StsTest, ASessionThatAssumesARoleIsKnown) {
  become(assume()["Credentials"]);
  assume();
  ASSERT_TRUE(asked.back().caller);
  EXPECT_EQ(asked.back().caller->role_arn, role);
}

TEST_F(StsTest, AWebIdentityIsShownToTheRole) {
  call("AssumeRoleWithWebIdentity", web_request(web_token()));
  ASSERT_TRUE(asked.at(0).identity);
  EXPECT_EQ(asked[0].identity->audience, "us-east-1:pool");
  trusted = false;
  EXPECT_EQ(error("AssumeRoleWithWebIdentity", web_request(web_token())),
            "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
}

TEST_F(StsTest, WhatNarrowsASessionIsInItsToken) {
  const std::string policy = R"({"Version":"2012-10-17","Statement":[]})";
  const std::string arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const auto answer = assume({{"Policy", policy}, {"PolicyArns", Json::array({{{"arn", arn}}})}});
  EXPECT_EQ(checked_policy, policy);
  EXPECT_EQ(answer["PackedPolicySize"], 4);
  const auto session = core::CredentialIssuer(key, t.random)
                           .open(answer["Credentials"]["AccessKeyId"].get<std::string>(),
                                 answer["Credentials"]["SessionToken"].get<std::string>());
  EXPECT_EQ(session->claims.policy, policy);
  EXPECT_EQ(session->claims.policy_arns, std::vector{arn});
}

TEST_F(StsTest, TheLargestSessionPolicyFitsItsToken) {
  std::string quotes = "[";
  while (quotes.size() < 2'038) quotes += "\"\",";
  const auto answer = assume({{"Policy", R"({"":)" + quotes + "1]}"}});
  EXPECT_EQ(answer["PackedPolicySize"], 100);
  const auto token = answer["Credentials"]["SessionToken"].get<std::string>();
  EXPECT_TRUE(core::CredentialIssuer(key, t.random)
                  .open(answer["Credentials"]["AccessKeyId"].get<std::string>(), token));
}

TEST_F(StsTest, WhatIsTooMuchForATokenIsRefused) {
  Json arns = Json::array();
  for (int i = 0; i < 5; ++i) {
    arns.push_back({{"arn", "arn:aws:iam::aws:policy/" + std::string(500, 'p')}});
  }
  EXPECT_EQ(
      error("AssumeRole", {{"RoleArn", role}, {"RoleSessionName", "me"}, {"PolicyArns", arns}}),
      "PackedPolicyTooLarge: Packed policy consumes 128% of allotted space, please use "
      "smaller policy.");
}

}  // namespace
}  // namespace votemu::sts
