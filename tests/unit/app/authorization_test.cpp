// The whole process when policies are enforced: its own stack works as it is.
#include "authorization/authorization.h"

#include <filesystem>

#include "authorization/actions.h"
#include "core/json.h"
#include "tests/unit/app/app_fixture.h"

namespace votemu::app {
namespace {

using authorization::Mode;
using core::Json;
using core::parse_json;

const std::filesystem::path root = std::filesystem::path(__FILE__).parent_path() / "../../..";

class EnforcedTest : public AppTest {
 protected:
  EnforcedTest() : AppTest(Mode::enforce) {}

  void deploy(const std::filesystem::path& template_file, bool tells_live = true) {
    config.template_file = template_file;
    config.parameters = {{"AppName", "voting-service"}, {"ApiStageName", "dev"}};
    if (tells_live) {
      config.parameters["IotEndpoint"] = "localhost:4566";
      config.parameters["IotTopicName"] = "votes";
    }
    cloud.start(4566);
  }

  Json run(const char* service, const char* operation, const Json& request = Json::object()) {
    return core::call(cloud.store(), cloud.operations().of(service), operation, {}, request);
  }
  std::string role_of(const std::string& function) {
    const auto arn =
        run("lambda", "GetFunctionConfiguration", {{"FunctionName", function}})["Role"];
    return arn.get<std::string>().substr(arn.get<std::string>().rfind('/') + 1);
  }
  void take_rights_from(const std::string& function) {
    const std::string role = role_of(function);
    const Json policies = run("iam", "ListRolePolicies", {{"RoleName", role}});
    for (const auto& name : policies["PolicyNames"]) {
      run("iam", "DeleteRolePolicy", {{"RoleName", role}, {"PolicyName", name}});
    }
    cloud.finish_turns();
  }
  // "" when there is no such group.
  std::string log_of(const std::string& function) {
    std::string lines;
    try {
      const Json found =
          run("logs", "FilterLogEvents", {{"logGroupName", "/aws/lambda/" + function}});
      for (const auto& event : found["events"]) lines += event["message"].get<std::string>();
    } catch (const core::AwsError&) {
    }
    return lines;
  }

  int vote() { return post("/dev/votes", R"({"id":"dog"})").status; }
  std::string votes() { return get("/dev/votes").body; }
};

TEST_F(EnforcedTest, EveryOperationIsKnown) {
  const authorization::AccessRules rules({});
  for (const char* service :
       {"apigateway", "cloudformation", "cognito-identity", "cognito-idp", "dynamodb",
        "streams.dynamodb", "iam", "iot", "iotdata", "lambda", "logs", "s3", "sqs", "sts"}) {
    for (const auto& [operation, unused] : cloud.operations().of(service)) {
      EXPECT_TRUE(rules.find(service, operation)) << service << " " << operation;
    }
  }
}

TEST_F(EnforcedTest, TheVotingStackCountsVotes) {
  deploy(root / "fixtures/voting-app/template.yaml");
  EXPECT_EQ(vote(), 200);
  EXPECT_NE(votes().find(R"("votes":1)"), std::string::npos) << votes();
  const Json mappings = run("lambda", "ListEventSourceMappings");
  for (const auto& mapping : mappings["EventSourceMappings"]) {
    EXPECT_EQ(mapping.value("LastProcessingResult", "OK"), "OK");
  }
  const std::string log = log_of("voting-service-stream-iot-function");
  EXPECT_NE(log.find("START RequestId"), std::string::npos) << log;
  EXPECT_EQ(log.find("ERROR"), std::string::npos) << log;
}

TEST_F(EnforcedTest, TheSmallerStackCountsVotes) {
  deploy(root / "fixtures/voting-app/without-queue.yaml", false);
  EXPECT_EQ(vote(), 200);
  EXPECT_NE(votes().find(R"("votes":1)"), std::string::npos) << votes();
}

class WorkshopTest : public EnforcedTest, public ::testing::WithParamInterface<int> {};

TEST_P(WorkshopTest, ItsStackCountsVotes) {
  const auto template_file =
      root / "../shared/workshop" / ("iteration-" + std::to_string(GetParam())) / "template.yaml";
  if (!std::filesystem::exists(template_file)) GTEST_SKIP();
  deploy(template_file, GetParam() > 1);
  EXPECT_EQ(vote(), 200);
  EXPECT_NE(votes().find(R"("votes":1)"), std::string::npos) << votes();
}

INSTANTIATE_TEST_SUITE_P(Iterations, WorkshopTest, ::testing::Values(1, 2, 3));

TEST_F(EnforcedTest, AFunctionWithoutRightsFailsAsOnAws) {
  deploy_voting_stack();
  take_rights_from("voting-service-sqs-publish-function");
  EXPECT_EQ(vote(), 500);
  const std::string log = log_of("voting-service-sqs-publish-function");
  EXPECT_NE(log.find("AccessDenied: User: arn:aws:sts::000000000000:assumed-role/"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find("/voting-service-sqs-publish-function is not authorized to perform: "
                     "sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:"),
            std::string::npos)
      << log;
}

TEST_F(EnforcedTest, AFunctionThatMayNotLogDoesItsWorkInSilence) {
  deploy_voting_stack();
  const std::string role = role_of("voting-service-scan-dynamodb-function");
  run("iam", "DetachRolePolicy",
      {{"RoleName", role},
       {"PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}});
  cloud.finish_turns();
  EXPECT_EQ(get("/dev/votes").status, 200);
  EXPECT_EQ(log_of("voting-service-scan-dynamodb-function").find("START"), std::string::npos);
}

TEST_F(EnforcedTest, GuestsHearTheTopicAndNothingElse) {
  deploy_voting_stack();
  const auto pool = run("cognito-identity", "ListIdentityPools",
                        {{"MaxResults", 1}})["IdentityPools"][0]["IdentityPoolId"];
  const Json identity = run("cognito-identity", "GetId", {{"IdentityPoolId", pool}});
  const Json credentials =
      run("cognito-identity", "GetCredentialsForIdentity", identity)["Credentials"];
  authorization::Caller guest;
  guest.session = cloud.services()
                      .session_credentials
                      .open(credentials["AccessKeyId"].get<std::string>(),
                            credentials["SessionToken"].get<std::string>())
                      ->claims;
  const auto rights = cloud.services().authorization.authorizer_for(guest);
  const auto may = [&](const char* action, const std::string& resource) {
    return !rights->denial({action, "arn:aws:iot:us-east-1:000000000000:" + resource});
  };
  EXPECT_TRUE(may("iot:Connect", "client/anything"));
  EXPECT_TRUE(may("iot:Subscribe", "topicfilter/votes"));
  EXPECT_TRUE(may("iot:Receive", "topic/votes"));
  EXPECT_FALSE(may("iot:Publish", "topic/votes"));
  EXPECT_FALSE(may("iot:Subscribe", "topicfilter/other"));
  EXPECT_FALSE(may("iot:Subscribe", "topicfilter/#"));
}

TEST_F(EnforcedTest, APoolWhoseRoleDoesNotTrustItGivesNoCredentials) {
  deploy_voting_stack();
  const auto pool = run("cognito-identity", "ListIdentityPools",
                        {{"MaxResults", 1}})["IdentityPools"][0]["IdentityPoolId"];
  const Json role_arn = run("lambda", "GetFunctionConfiguration",
                            {{"FunctionName", "voting-service-scan-dynamodb-function"}})["Role"];
  run("cognito-identity", "SetIdentityPoolRoles",
      {{"IdentityPoolId", pool}, {"Roles", {{"unauthenticated", role_arn}}}});
  cloud.finish_turns();
  const Json identity = run("cognito-identity", "GetId", {{"IdentityPoolId", pool}});
  try {
    run("cognito-identity", "GetCredentialsForIdentity", identity);
    ADD_FAILURE() << "there were credentials";
  } catch (const core::AwsError& error) {
    EXPECT_EQ(error.code(), "InvalidIdentityPoolConfigurationException");
  }
}

}  // namespace
}  // namespace votemu::app
