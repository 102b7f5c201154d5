// Whose state a request sees, and guests on their way through the whole process.
#include "app/caller.h"

#include "core/json.h"
#include "tests/unit/app/app_fixture.h"

namespace votemu::app {
namespace {

using core::Json;
using core::parse_json;

struct CallerTest : AppTest {
  static wire::HttpRequest signed_by(const std::string& access_key, const std::string& token) {
    wire::HttpRequest request{"POST", "/", {}, "", "127.0.0.1"};
    request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=" + access_key +
                                             "/20250615/eu-west-1/dynamodb/aws4_request, "
                                             "SignedHeaders=host, Signature=0");
    if (!token.empty()) request.headers.add("X-Amz-Security-Token", token);
    return request;
  }
  core::Scope scope_of(const std::string& access_key, const std::string& token) {
    const auto request = signed_by(access_key, token);
    const auto credential = wire::credential_of(request);
    return scope_of_caller(credential,
                           session_of(request, credential, cloud.services().session_credentials));
  }
};

TEST_F(CallerTest, ASessionIsInItsOwnAccount) {
  const auto issued = cloud.services().session_credentials.issue(
      {"444455556666", "arn:aws:iam::444455556666:role/r", "AROA:me", "me", std::nullopt}, 0);
  EXPECT_EQ(scope_of(issued.access_key_id, issued.session_token),
            (core::Scope{"444455556666", "eu-west-1"}));
  EXPECT_EQ(scope_of("ASIAOTHER", issued.session_token),
            (core::Scope{"000000000000", "eu-west-1"}));
  EXPECT_EQ(scope_of("111122223333", "not ours"), (core::Scope{"111122223333", "eu-west-1"}));
}

TEST_F(CallerTest, AGuestOfTheVotingStackHasItsRole) {
  deploy_voting_stack();
  const auto pool =
      parse_json(call("AWSCognitoIdentityService.ListIdentityPools", R"({"MaxResults":1})")
                     .body)["IdentityPools"][0]["IdentityPoolId"];
  const Json by_pool{{"IdentityPoolId", pool}};
  const auto guest = call("AWSCognitoIdentityService.GetId", by_pool.dump());
  const auto answer =
      parse_json(call("AWSCognitoIdentityService.GetCredentialsForIdentity", guest.body).body);
  const Json& credentials = answer["Credentials"];
  const auto session =
      cloud.services().session_credentials.open(credentials["AccessKeyId"].get<std::string>(),
                                                credentials["SessionToken"].get<std::string>());
  ASSERT_TRUE(session);
  EXPECT_TRUE(cloud.services().iam.find_role_by_arn(session->claims.role_arn));
  EXPECT_EQ(session->claims.web_identity->audience, pool);
}

TEST_F(CallerTest, StsKnowsWhoASessionIs) {
  const auto issued = cloud.services().session_credentials.issue(
      {"444455556666", "arn:aws:iam::444455556666:role/r", "AROA:me", "me", std::nullopt}, 0);
  auto request = signed_by(issued.access_key_id, issued.session_token);
  request.headers.set("Authorization", "AWS4-HMAC-SHA256 Credential=" + issued.access_key_id +
                                           "/20250615/us-east-1/sts/aws4_request, "
                                           "SignedHeaders=host, Signature=0");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = "Action=GetCallerIdentity&Version=2011-06-15";
  EXPECT_NE(send(request).body.find("<Arn>arn:aws:sts::444455556666:assumed-role/r/me</Arn>"),
            std::string::npos);
}

}  // namespace
}  // namespace votemu::app
