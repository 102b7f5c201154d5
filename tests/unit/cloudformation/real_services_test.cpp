// The project's own template on the real services, across failures and restarts.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cloudformation/stacks.h"
#include "services/apigateway/service.h"
#include "services/cognito/service.h"
#include "services/dynamodb/service.h"
#include "services/iam/service.h"
#include "services/lambda/service.h"
#include "services/logs/service.h"
#include "services/sqs/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

constexpr auto stack_name = "voting-app";

std::string our_template() {
  const auto root = std::filesystem::path(__FILE__).parent_path() / "../../..";
  std::ifstream file(root / "fixtures/voting-app/template.yaml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// What a process holds; a new one on the same store is a restart.
struct Process {
  explicit Process(core::Runtime& core_runtime)
      : runtime(core_runtime),
        dynamodb(runtime),
        sqs(runtime),
        lambda(
            runtime, {}, [](auto&&...) { return nullptr; }, [](auto&&...) {}),
        apigateway(runtime),
        logs(runtime),
        iam(runtime),
        signing_key(runtime.store, runtime.random),
        cognito(runtime, signing_key, iam.role_lookup()),
        stacks(runtime, services(), {}) {}

  Services services() {
    Services tables;
    tables.dynamodb = dynamodb.operations();
    tables.sqs = sqs.operations();
    tables.lambda = lambda.operations();
    tables.apigateway = apigateway.operations();
    tables.logs = logs.operations();
    tables.iam = iam.operations();
    tables.cognito_identity = cognito.identity_operations();
    tables.cognito_user_pools = cognito.user_pool_operations();
    tables.reread = [this] {
      dynamodb.reread();
      apigateway.reread();
    };
    return tables;
  }

  StackSummary deploy(const std::string& text, std::map<std::string, std::string> parameters = {}) {
    return stacks.deploy({}, {stack_name, text, "template.yaml", std::move(parameters)});
  }

  Json call(const core::OperationTable& service, std::string_view operation, const Json& request) {
    return core::call(runtime.store, service, operation, {}, request);
  }

  core::Runtime& runtime;
  dynamodb::Service dynamodb;
  sqs::Service sqs;
  lambda::Service lambda;
  apigateway::Service apigateway;
  logs::Service logs;
  iam::Service iam;
  core::SigningKey signing_key;
  cognito::Service cognito;
  Stacks stacks;
};

class RealServicesTest : public ::testing::Test {
 protected:
  test::TestRuntime test;
};

TEST_F(RealServicesTest, OurTemplateMakesWhatItSays) {
  Process process(test.runtime);
  const auto summary = process.deploy(our_template());

  const Json table = process.call(process.dynamodb.operations(), "DescribeTable",
                                  {{"TableName", "voting-service-table"}})["Table"];
  EXPECT_EQ(table["TableStatus"], "ACTIVE");
  EXPECT_EQ(table["StreamSpecification"]["StreamViewType"], "NEW_IMAGE");

  const auto mappings = process.lambda.event_source_mappings();
  ASSERT_EQ(mappings.size(), 2U);
  for (const auto& mapping : mappings) EXPECT_TRUE(mapping.report_batch_item_failures);

  const Json queue = process.call(
      process.sqs.operations(), "GetQueueAttributes",
      {{"QueueUrl", summary.outputs.at("VotesQueueUrl")}, {"AttributeNames", {"RedrivePolicy"}}});
  EXPECT_NE(queue["Attributes"]["RedrivePolicy"].get<std::string>().find("maxReceiveCount"),
            std::string::npos);

  const std::string api = summary.outputs.at("RestApiId");
  EXPECT_EQ(process.apigateway.api_with_stage({}, "dev"), api);
  EXPECT_EQ(
      process.call(process.apigateway.operations(), "GetRestApi", {{"restApiId", api}})["name"],
      "voting-service-api");
  const Json stages =
      process.call(process.apigateway.operations(), "GetStages", {{"restApiId", api}});
  EXPECT_EQ(stages["item"].size(), 1U);
}

TEST_F(RealServicesTest, FunctionsGetTheRolesThatTheirTemplateSays) {
  Process process(test.runtime);
  const auto summary = process.deploy(our_template());
  const Json roles = process.call(process.iam.operations(), "ListRoles", Json::object())["Roles"];
  EXPECT_EQ(roles.size(), 5U);
  std::size_t pollers = 0;
  for (const auto& role : roles) {
    const auto found = process.iam.find_role("000000000000", role["RoleName"].get<std::string>());
    ASSERT_TRUE(found.has_value());
    EXPECT_FALSE(found->attached.empty() && found->inlined.empty());
    for (const auto& policy : found->inlined) {
      for (const auto& statement : policy.document.statements) {
        const auto& actions = statement.actions.values;
        pollers += static_cast<std::size_t>(
            std::count(actions.begin(), actions.end(), "sqs:ReceiveMessage"));
      }
    }
  }
  EXPECT_EQ(pollers, 1U);
  process.deploy("Resources: {Group: {Type: 'AWS::Logs::LogGroup'}}\n");
  EXPECT_EQ(process.call(process.iam.operations(), "ListRoles", Json::object())["Roles"],
            Json::array());
}

TEST_F(RealServicesTest, GuestsGetTheRoleThatTheirTemplateSays) {
  Process process(test.runtime);
  const auto summary = process.deploy(our_template());
  const auto identity = process.cognito.identity_operations();
  const Json guest = process.call(
      identity, "GetId", {{"IdentityPoolId", summary.outputs.at("CognitoIdentityPoolId")}});
  const Json credentials =
      process.call(identity, "GetCredentialsForIdentity", guest)["Credentials"];
  const core::CredentialIssuer issuer(process.signing_key, test.random);
  const auto session = issuer.open(credentials["AccessKeyId"].get<std::string>(),
                                   credentials["SessionToken"].get<std::string>());
  ASSERT_TRUE(session.has_value());
  const auto role = process.iam.find_role_by_arn(session->claims.role_arn);
  ASSERT_TRUE(role.has_value());
  EXPECT_EQ(session->claims.assumed_role_id, role->role.id + ":CognitoIdentityCredentials");

  process.deploy("Resources: {Group: {Type: 'AWS::Logs::LogGroup'}}\n");
  for (const auto* list : {"IdentityPools", "UserPools"}) {
    const bool guests = list == std::string("IdentityPools");
    const auto table = guests ? identity : process.cognito.user_pool_operations();
    EXPECT_EQ(process.call(table, guests ? "ListIdentityPools" : "ListUserPools",
                           {{"MaxResults", 10}})[list],
              Json::array());
  }
}

TEST_F(RealServicesTest, AQueuesPolicyIsOnItsQueueForAsLongAsItIsInTheTemplate) {
  Process process(test.runtime);
  const std::string queue = "Resources:\n  Queue: {Type: 'AWS::SQS::Queue'}\n";
  const std::string policy =
      "  Policy:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n"
      "      Queues: [!Ref Queue]\n      PolicyDocument: {Version: '2012-10-17', Statement: []}\n";
  const auto url = process.deploy(queue + policy).physical_ids.at("Queue");
  const auto attributes = [&] {
    return process.call(process.sqs.operations(), "GetQueueAttributes",
                        {{"QueueUrl", url}, {"AttributeNames", {"Policy"}}});
  };
  EXPECT_EQ(attributes()["Attributes"]["Policy"], R"({"Statement":[],"Version":"2012-10-17"})");
  process.deploy(queue);
  EXPECT_FALSE(attributes().contains("Attributes"));
}

TEST_F(RealServicesTest, ARestartFindsTheStackAsItWas) {
  const auto first = Process(test.runtime).deploy(our_template());
  test.finish_turn();
  const auto commits = test.store.commit_count();
  const auto second = Process(test.runtime).deploy(our_template());
  test.finish_turn();
  EXPECT_FALSE(second.changed);
  EXPECT_EQ(second.physical_ids, first.physical_ids);
  EXPECT_EQ(test.store.commit_count(), commits);
}

TEST_F(RealServicesTest, AnotherStageNameReplacesTheStage) {
  Process process(test.runtime);
  const auto before = process.deploy(our_template());
  const auto after = process.deploy(our_template(), {{"ApiStageName", "prod"}});
  EXPECT_EQ(after.outputs.at("RestApiId"), before.outputs.at("RestApiId"));
  EXPECT_FALSE(process.apigateway.api_with_stage({}, "dev").has_value());
  EXPECT_TRUE(process.apigateway.api_with_stage({}, "prod").has_value());
}

// Memory follows the store's rollback: the same names can be made again at once.
TEST_F(RealServicesTest, AFailedDeploymentLeavesNothingBehind) {
  Process process(test.runtime);
  std::string broken = our_template();
  const std::string handler = "StartingPosition: TRIM_HORIZON";
  broken.replace(broken.find(handler), handler.size(), "StartingPosition: NOWHERE");
  EXPECT_THROW(process.deploy(broken), TemplateError);
  EXPECT_EQ(process.call(process.lambda.operations(), "ListFunctions", Json::object())["Functions"],
            Json::array());
  EXPECT_EQ(process.call(process.dynamodb.operations(), "ListTables", Json::object())["TableNames"],
            Json::array());
  EXPECT_FALSE(process.apigateway.api_with_stage({}, "dev").has_value());
  EXPECT_TRUE(process.deploy(our_template()).changed);
}

// What a service makes again has another identifier than what the store has back.
TEST_F(RealServicesTest, AFailedUpdateLeavesIdentifiersAsTheyWere) {
  Process process(test.runtime);
  const auto summary = process.deploy(our_template());
  const Json api{{"restApiId", summary.outputs.at("RestApiId")}};
  const auto known = [&](Process& of) {
    return Json{of.call(of.dynamodb.operations(), "DescribeTable",
                        {{"TableName", "voting-service-table"}})["Table"]["LatestStreamArn"],
                of.call(of.apigateway.operations(), "GetResources", api)["item"]};
  };
  const Json before = known(process);
  std::string broken = our_template();
  for (const auto& [now, then] :
       {std::pair("StreamViewType: NEW_IMAGE", "StreamViewType: KEYS_ONLY"),
        std::pair("Path: /votes", "Path: /ballots"),
        std::pair("StartingPosition: TRIM_HORIZON", "StartingPosition: NOWHERE")}) {
    broken.replace(broken.find(now), std::string_view(now).size(), then);
  }
  test.clock.advance(1'000);
  EXPECT_THROW(process.deploy(broken), TemplateError);
  EXPECT_EQ(known(process), before);
  Process restarted(test.runtime);
  EXPECT_EQ(known(restarted), before);
}

// An empty stack is no template: one unrelated resource is left.
TEST_F(RealServicesTest, EverythingCanBeTakenDownAgain) {
  Process process(test.runtime);
  process.deploy(our_template());
  process.deploy("Resources: {Group: {Type: 'AWS::Logs::LogGroup'}}\n");
  EXPECT_TRUE(process.lambda.event_source_mappings().empty());
  EXPECT_EQ(process.call(process.dynamodb.operations(), "ListTables", Json::object())["TableNames"],
            Json::array());
  EXPECT_EQ(process.call(process.apigateway.operations(), "GetRestApis", Json::object())["item"],
            Json::array());
}

TEST_F(RealServicesTest, TheWorkshopsIterationsFollowEachOther) {
  const auto shared = std::filesystem::path(__FILE__).parent_path() / "../../../../shared/workshop";
  if (!std::filesystem::exists(shared)) GTEST_SKIP() << "no " << shared;
  Process process(test.runtime);
  std::map<std::string, std::string> parameters{{"AppName", "voting-service"},
                                                {"ApiStageName", "dev"}};
  std::string table_id;
  for (const int number : {1, 2, 3}) {
    if (number == 2) {
      parameters["IotEndpoint"] = "localhost:4566";
      parameters["IotTopicName"] = "votes";
    }
    std::ifstream file(shared / ("iteration-" + std::to_string(number)) / "template.yaml");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_TRUE(process.deploy(text.str(), parameters).changed);
    const Json table = process.call(process.dynamodb.operations(), "DescribeTable",
                                    {{"TableName", "voting-service-table"}})["Table"];
    if (number > 1) {
      EXPECT_EQ(table["TableId"], table_id);
    }
    table_id = table["TableId"].get<std::string>();
    EXPECT_TRUE(process.apigateway.api_with_stage({}, "dev").has_value());
    const Json deployments =
        process.call(process.apigateway.operations(), "GetDeployments",
                     {{"restApiId", *process.apigateway.api_with_stage({}, "dev")}});
    EXPECT_EQ(deployments["item"].size(), 1U);
  }
  EXPECT_EQ(process.lambda.event_source_mappings().size(), 2U);
}

}  // namespace
}  // namespace votemu::cloudformation
