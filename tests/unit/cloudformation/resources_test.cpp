// Each type of resource: what it asks of its service, and what Ref and Fn::GetAtt give.
#include <gtest/gtest.h>

#include "cloudformation/stacks.h"
#include "tests/support/test_runtime.h"
#include "tests/unit/cloudformation/fake_services.h"

namespace votemu::cloudformation {
namespace {

using core::Json;
using Operations = std::vector<std::string>;

class ResourcesTest : public ::testing::Test {
 protected:
  // A stack of one resource, R; the outputs are what `outputs` gets of it.
  StackSummary deploy(const std::string& type, const std::string& properties,
                      const std::string& outputs = "") {
    fake.calls.clear();
    Stacks stacks(test.runtime, fake.services, {});
    return stacks.deploy(context, {"voting",
                                   "Resources:\n  R:\n    Type: " + type + "\n    Properties: " +
                                       properties + "\nOutputs: {" + outputs + "}\n",
                                   "t.yaml",
                                   {}});
  }

  test::TestRuntime test;
  FakeServices fake{test.store};
  core::RequestContext context;
};

constexpr auto table = "AWS::DynamoDB::Table";
constexpr auto attributes_and_key =
    "AttributeDefinitions: [{AttributeName: PK, AttributeType: S}], "
    "KeySchema: [{AttributeName: PK, KeyType: HASH}], BillingMode: PAY_PER_REQUEST";

TEST_F(ResourcesTest, TableWithAStream) {
  const auto summary =
      deploy(table,
             std::string("{TableName: t, StreamSpecification: {StreamViewType: NEW_IMAGE}, ") +
                 attributes_and_key + "}",
             "Arn: {Value: !GetAtt R.Arn}, Stream: {Value: !GetAtt R.StreamArn}");
  EXPECT_EQ(fake.last("CreateTable")["StreamSpecification"],
            (Json{{"StreamEnabled", true}, {"StreamViewType", "NEW_IMAGE"}}));
  EXPECT_EQ(summary.physical_ids.at("R"), "t");
  EXPECT_EQ(summary.outputs.at("Arn"), "arn:aws:dynamodb:us-east-1:000000000000:table/t");
  EXPECT_EQ(summary.outputs.at("Stream"),
            "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/now");
}

TEST_F(ResourcesTest, TableGetsAGeneratedName) {
  const auto name = deploy(table, std::string("{") + attributes_and_key + "}").physical_ids.at("R");
  EXPECT_TRUE(name.starts_with("voting-R-")) << name;
  EXPECT_EQ(name.size(), std::string("voting-R-").size() + 12);
}

TEST_F(ResourcesTest, TablesStreamChangesByOffAndOn) {
  const std::string rest = std::string("TableName: t, ") + attributes_and_key;
  deploy(table, "{StreamSpecification: {StreamViewType: NEW_IMAGE}, " + rest + "}");
  deploy(table, "{StreamSpecification: {StreamViewType: KEYS_ONLY}, " + rest + "}");
  EXPECT_EQ(fake.operations(), (Operations{"UpdateTable", "UpdateTable", "DescribeTable"}));
  EXPECT_EQ(fake.calls[0].request["StreamSpecification"], (Json{{"StreamEnabled", false}}));
  EXPECT_EQ(fake.calls[1].request["StreamSpecification"]["StreamViewType"], "KEYS_ONLY");
  deploy(table, "{" + rest + "}");
  EXPECT_EQ(fake.operations(), (Operations{"UpdateTable", "DescribeTable"}));
}

TEST_F(ResourcesTest, TablesIndexesChangeOneAtATime) {
  const std::string rest = std::string("TableName: t, ") + attributes_and_key;
  const std::string index = "{IndexName: A, KeySchema: [], Projection: {ProjectionType: ALL}}";
  deploy(table, "{" + rest + ", GlobalSecondaryIndexes: [" + index + "]}");
  deploy(table, "{" + rest + ", GlobalSecondaryIndexes: [{IndexName: B, KeySchema: []}]}");
  ASSERT_EQ(fake.operations(), (Operations{"UpdateTable", "UpdateTable", "DescribeTable"}));
  EXPECT_EQ(fake.calls[0].request["GlobalSecondaryIndexUpdates"],
            Json::array({{{"Delete", {{"IndexName", "A"}}}}}));
  EXPECT_EQ(fake.calls[1].request["GlobalSecondaryIndexUpdates"][0]["Create"]["IndexName"], "B");
}

TEST_F(ResourcesTest, TablesKeyMakesANewTable) {
  deploy(table, "{KeySchema: [{AttributeName: a, KeyType: HASH}]}");
  deploy(table, "{KeySchema: [{AttributeName: b, KeyType: HASH}]}");
  EXPECT_EQ(fake.operations(), (Operations{"CreateTable", "DeleteTable"}));
}

TEST_F(ResourcesTest, QueueAttributesAreTexts) {
  const auto summary = deploy("AWS::SQS::Queue",
                              "{QueueName: q, VisibilityTimeout: 60, RedrivePolicy: "
                              "{deadLetterTargetArn: arn:x, maxReceiveCount: 5}, Tags: [{Key: a, "
                              "Value: b}]}",
                              "Arn: {Value: !GetAtt R.Arn}, Name: {Value: !GetAtt R.QueueName}");
  const Json request = fake.last("CreateQueue");
  EXPECT_EQ(request["QueueName"], "q");
  EXPECT_EQ(request["tags"]["a"], "b");
  EXPECT_EQ(request["Attributes"],
            (Json{{"VisibilityTimeout", "60"},
                  {"RedrivePolicy", R"({"deadLetterTargetArn":"arn:x","maxReceiveCount":5})"}}));
  EXPECT_EQ(summary.physical_ids.at("R"), "http://localhost:4566/000000000000/q");
  EXPECT_EQ(summary.outputs.at("Arn"), "arn:aws:sqs:us-east-1:000000000000:q");
  EXPECT_EQ(summary.outputs.at("Name"), "q");
}

TEST_F(ResourcesTest, QueueAttributesGoBackToTheirDefaults) {
  deploy("AWS::SQS::Queue", "{VisibilityTimeout: 60, RedrivePolicy: {a: b}}");
  deploy("AWS::SQS::Queue", "{DelaySeconds: 1}");
  EXPECT_EQ(fake.last("SetQueueAttributes")["Attributes"],
            (Json{{"VisibilityTimeout", "30"}, {"RedrivePolicy", ""}, {"DelaySeconds", "1"}}));
}

TEST_F(ResourcesTest, LongNamesAreCut) {
  Stacks stacks(test.runtime, fake.services, {});
  const std::string id(100, 'Q');
  const auto summary = stacks.deploy(
      context,
      {std::string(100, 's'), "Resources: {" + id + ": {Type: 'AWS::SQS::Queue'}}\n", "t", {}});
  EXPECT_EQ(fake.last("CreateQueue")["QueueName"].get<std::string>().size(), 80U);
}

constexpr auto function = "AWS::Lambda::Function";

TEST_F(ResourcesTest, FunctionWithALocalFolderAndReservedConcurrency) {
  deploy(function,
         "{FunctionName: f, Handler: h, Role: r, Code: {LocalPath: build/}, "
         "ReservedConcurrentExecutions: 2, KmsKeyArn: k, Tags: [{Key: a, Value: b}]}");
  const Json request = fake.last("CreateFunction");
  EXPECT_TRUE(request["Code"].contains("ZipFile"));
  EXPECT_EQ(request["Tags"]["a"], "b");
  EXPECT_EQ(request["KMSKeyArn"], "k");
  EXPECT_EQ(fake.last("PutFunctionConcurrency"),
            (Json{{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 2}}));
}

TEST_F(ResourcesTest, FunctionSettingsGoBackToTheirDefaults) {
  deploy(function,
         "{FunctionName: f, Handler: h, Role: r, Code: {ZipFile: x}, Timeout: 9, "
         "Environment: {Variables: {A: b}}, ReservedConcurrentExecutions: 2}");
  deploy(function, "{FunctionName: f, Handler: h, Role: r, Code: {ZipFile: y}}");
  EXPECT_EQ(fake.operations(), (Operations{"UpdateFunctionCode", "UpdateFunctionConfiguration",
                                           "DeleteFunctionConcurrency"}));
  const Json request = fake.last("UpdateFunctionConfiguration");
  EXPECT_EQ(request["Timeout"], 3);
  EXPECT_EQ(request["Environment"], (Json{{"Variables", Json::object()}}));
}

constexpr auto mapping = "AWS::Lambda::EventSourceMapping";

TEST_F(ResourcesTest, EventSourceMapping) {
  const auto summary = deploy(
      mapping, "{EventSourceArn: a, FunctionName: f, BatchSize: 5, FilterCriteria: {Filters: []}}");
  EXPECT_EQ(summary.physical_ids.at("R"), "uuid-1");
  deploy(mapping, "{EventSourceArn: a, FunctionName: g, BatchSize: 5}");
  EXPECT_EQ(fake.last("UpdateEventSourceMapping"),
            (Json{{"UUID", "uuid-1"}, {"FunctionName", "g"}, {"FilterCriteria", Json::object()}}));
  deploy(mapping, "{EventSourceArn: b, FunctionName: g, BatchSize: 5}");
  EXPECT_EQ(fake.operations(),
            (Operations{"CreateEventSourceMapping", "DeleteEventSourceMapping"}));
}

constexpr auto rest_api = "AWS::ApiGateway::RestApi";

TEST_F(ResourcesTest, RestApiFromADocumentIsCalledByItsName) {
  const auto summary = deploy(rest_api, "{Name: n, Body: {info: {title: t}, paths: {}}}",
                              "Root: {Value: !GetAtt R.RootResourceId}");
  EXPECT_EQ(fake.last("ImportRestApi"),
            (Json{{"body", {{"info", {{"title", "n"}}}, {"paths", Json::object()}}}}));
  EXPECT_EQ(summary.physical_ids.at("R"), "id1");
  EXPECT_EQ(summary.outputs.at("Root"), "root1");
  deploy(rest_api, "{Name: n, Body: {info: {title: t}, paths: {/a: {}}}}");
  EXPECT_EQ(fake.last("PutRestApi")["mode"], "overwrite");
  EXPECT_EQ(fake.last("PutRestApi")["restApiId"], "id1");
}

TEST_F(ResourcesTest, RestApiFromADocumentInS3) {
  fake.services.s3["GetObject"] = [](const core::RequestContext&, const Json& request) {
    EXPECT_EQ(request, (Json{{"Bucket", "b"}, {"Key", "k"}}));
    return Json{{"Body", "swagger: '2.0'\npaths: {}\n"}};
  };
  deploy(rest_api, "{Name: n, BodyS3Location: {Bucket: b, Key: k}}");
  EXPECT_EQ(fake.last("ImportRestApi")["body"],
            (Json{{"swagger", "2.0"}, {"paths", Json::object()}, {"info", {{"title", "n"}}}}));
}

TEST_F(ResourcesTest, RestApiWithoutADocument) {
  deploy(rest_api, "{Name: n}");
  EXPECT_EQ(fake.last("CreateRestApi"), (Json{{"name", "n"}}));
  deploy(rest_api, "{Name: m}");
  EXPECT_EQ(fake.last("UpdateRestApi")["patchOperations"],
            Json::array({{{"op", "replace"}, {"path", "/name"}, {"value", "m"}}}));
}

TEST_F(ResourcesTest, StageMovesToANewDeployment) {
  deploy("AWS::ApiGateway::Stage",
         "{RestApiId: r, StageName: dev, DeploymentId: d1, Variables: {a: 1, b: 2}}");
  EXPECT_EQ(fake.last("CreateStage")["deploymentId"], "d1");
  const auto summary =
      deploy("AWS::ApiGateway::Stage",
             "{RestApiId: r, StageName: dev, DeploymentId: d2, Variables: {a: 3}}");
  EXPECT_EQ(summary.physical_ids.at("R"), "dev");
  EXPECT_EQ(fake.last("UpdateStage")["patchOperations"],
            Json::array({{{"op", "replace"}, {"path", "/deploymentId"}, {"value", "d2"}},
                         {{"op", "remove"}, {"path", "/variables/b"}},
                         {{"op", "replace"}, {"path", "/variables/a"}, {"value", "3"}}}));
}

TEST_F(ResourcesTest, LogGroupAndItsRetention) {
  const auto summary = deploy("AWS::Logs::LogGroup", "{LogGroupName: /g, RetentionInDays: 7}",
                              "Arn: {Value: !GetAtt R.Arn}");
  EXPECT_EQ(fake.operations(), (Operations{"CreateLogGroup", "PutRetentionPolicy"}));
  EXPECT_EQ(summary.outputs.at("Arn"), "arn:aws:logs:us-east-1:000000000000:log-group:/g:*");
  deploy("AWS::Logs::LogGroup", "{LogGroupName: /g}");
  EXPECT_EQ(fake.operations(), (Operations{"DeleteRetentionPolicy"}));
}

}  // namespace
}  // namespace votemu::cloudformation
