// The project's own template, and the workshop's three iterations where they are at hand.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cloudformation/stacks.h"
#include "tests/support/test_runtime.h"
#include "tests/unit/cloudformation/fake_services.h"

namespace votemu::cloudformation {
namespace {

namespace fs = std::filesystem;

const fs::path project = fs::path(__FILE__).parent_path().parent_path().parent_path().parent_path();

std::string read(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::set<std::string> ids(const StackSummary& summary) {
  std::set<std::string> names;
  for (const auto& [id, physical_id] : summary.physical_ids) {
    names.insert(id.starts_with("RestApiDeployment") ? "RestApiDeployment" : id);
  }
  return names;
}

class WorkshopTest : public ::testing::Test {
 protected:
  StackSummary deploy(const std::string& text, std::map<std::string, std::string> parameters) {
    fake.calls.clear();
    Stacks stacks(test.runtime, fake.services,
                  {"scan-dynamodb.handler", "update-dynamodb.handler", "sqs-publish.handler",
                   "sqs-update-dynamodb.handler", "stream-iot.handler"});
    return stacks.deploy(context, {"voting-app", text, "template.yaml", std::move(parameters)});
  }

  bool has_workshop() const { return fs::exists(workshop / "iteration-1" / "template.yaml"); }

  StackSummary deploy_iteration(int number) {
    std::map<std::string, std::string> parameters{{"AppName", "voting-service"},
                                                  {"ApiStageName", "dev"}};
    if (number > 1) {
      parameters["IotEndpoint"] = "localhost:4566";
      parameters["IotTopicName"] = "votes";
    }
    const auto folder = workshop / ("iteration-" + std::to_string(number));
    return deploy(read(folder / "template.yaml"), std::move(parameters));
  }

  // The last call of the operation for the function of this name.
  core::Json created(const std::string& function) const {
    for (const auto& call : fake.calls) {
      if (call.operation == "CreateFunction" && call.request["FunctionName"] == function) {
        return call.request;
      }
    }
    return nullptr;
  }

  const fs::path workshop = project.parent_path() / "shared" / "workshop";
  test::TestRuntime test;
  FakeServices fake{test.store};
  core::RequestContext context;
};

TEST_F(WorkshopTest, OurTemplateDeploysWithItsDefaults) {
  const auto summary = deploy(read(project / "fixtures/voting-app/template.yaml"), {});
  EXPECT_EQ(ids(summary), (std::set<std::string>{"CognitoIdentityPool",
                                                 "CognitoUnauthRole",
                                                 "CognitoUserPool",
                                                 "CognitoUserPoolClient",
                                                 "IdentityPoolRoleAttachment",
                                                 "RestApi",
                                                 "RestApiDeployment",
                                                 "RestApiStage",
                                                 "ScanDynamoDBFunction",
                                                 "ScanDynamoDBFunctionApiEventPermissionStage",
                                                 "ScanDynamoDBFunctionRole",
                                                 "SqsDeadLetterQueue",
                                                 "SqsPublishFunction",
                                                 "SqsPublishFunctionPostVotesPermissionStage",
                                                 "SqsPublishFunctionRole",
                                                 "SqsQueue",
                                                 "StreamFunction",
                                                 "StreamFunctionRole",
                                                 "StreamFunctionStream",
                                                 "UpdateDynamoDBFunction",
                                                 "UpdateDynamoDBFunctionRole",
                                                 "UpdateDynamoDBFunctionSqsEvent",
                                                 "VotesTable"}));
  EXPECT_EQ(summary.physical_ids.at("VotesTable"), "voting-service-table");
  EXPECT_EQ(summary.outputs.at("IotEndpoint"), "localhost:4566");
  EXPECT_EQ(summary.outputs.at("IotTopicName"), "votes");
  EXPECT_EQ(created("voting-service-sqs-publish-function")["Environment"]["Variables"],
            (core::Json{{"SQS_QUEUE_URL", summary.outputs.at("VotesQueueUrl")}}));
  EXPECT_EQ(created("voting-service-stream-iot-function")["Environment"]["Variables"],
            (core::Json{{"IOT_ENDPOINT", "localhost:4566"}, {"IOT_TOPIC", "votes"}}));
  const auto body = fake.last("ImportRestApi")["body"];
  EXPECT_EQ(body["paths"]["/votes"]["post"]["x-amazon-apigateway-integration"]["uri"],
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            "arn:aws:lambda:us-east-1:000000000000:function:voting-service-sqs-publish-function/"
            "invocations");
}

TEST_F(WorkshopTest, IterationsFollowEachOtherAndTheTableStays) {
  if (!has_workshop()) GTEST_SKIP() << "no " << workshop;
  const auto first = deploy_iteration(1);
  EXPECT_EQ(ids(first),
            (std::set<std::string>{
                "RestApi", "RestApiDeployment", "RestApiStage", "ScanDynamoDBFunction",
                "ScanDynamoDBFunctionApiEventPermissionStage", "ScanDynamoDBFunctionRole",
                "UpdateDynamoDBFunction", "UpdateDynamoDBFunctionApiEventPermissionStage",
                "UpdateDynamoDBFunctionRole", "VotesTable"}));

  const auto second = deploy_iteration(2);
  EXPECT_TRUE(fake.called("CreateFunction") && fake.called("CreateEventSourceMapping"));
  EXPECT_FALSE(fake.called("CreateTable") || fake.called("UpdateTable"));
  EXPECT_EQ(second.physical_ids.at("RestApi"), first.physical_ids.at("RestApi"));
  EXPECT_EQ(fake.last("CreateEventSourceMapping")["EventSourceArn"],
            "arn:aws:dynamodb:us-east-1:000000000000:table/voting-service-table/stream/now");

  const auto third = deploy_iteration(3);
  EXPECT_FALSE(fake.called("CreateTable") || fake.called("UpdateTable") ||
               fake.called("DeleteTable"));
  EXPECT_EQ(third.physical_ids.at("RestApi"), first.physical_ids.at("RestApi"));
  EXPECT_EQ(third.physical_ids.at("UpdateDynamoDBFunction"),
            "voting-service-sqs-update-dynamodb-function");
  EXPECT_TRUE(fake.called("PutRestApi"));
  EXPECT_TRUE(fake.called("UpdateStage"));
  EXPECT_EQ(fake.last("DeleteFunction")["FunctionName"], "voting-service-update-dynamodb-function");
  EXPECT_TRUE(fake.called("DeleteDeployment"));
  EXPECT_TRUE(third.physical_ids.contains("SqsQueue"));

  EXPECT_FALSE(deploy_iteration(3).changed);
  EXPECT_TRUE(fake.calls.empty());
}

TEST_F(WorkshopTest, EachIterationDeploysFromNothing) {
  if (!has_workshop()) GTEST_SKIP() << "no " << workshop;
  for (const int number : {1, 2, 3}) {
    context.scope.account = "00000000000" + std::to_string(number);
    EXPECT_TRUE(deploy_iteration(number).changed) << number;
  }
}

TEST_F(WorkshopTest, OurTemplateTakesOverTheLastIterationsStack) {
  if (!has_workshop()) GTEST_SKIP() << "no " << workshop;
  const auto before = deploy_iteration(3);
  const auto after = deploy(read(project / "fixtures/voting-app/template.yaml"), {});
  EXPECT_FALSE(fake.called("CreateTable") || fake.called("DeleteTable"));
  EXPECT_EQ(after.physical_ids.at("SqsQueue"), before.physical_ids.at("SqsQueue"));
  EXPECT_TRUE(fake.last("SetQueueAttributes")["Attributes"].contains("RedrivePolicy"));
}

}  // namespace
}  // namespace votemu::cloudformation
