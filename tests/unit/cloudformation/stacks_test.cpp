#include "cloudformation/stacks.h"

#include <gtest/gtest.h>

#include "tests/support/test_runtime.h"
#include "tests/unit/cloudformation/fake_services.h"

namespace votemu::cloudformation {
namespace {

using core::Json;
using Operations = std::vector<std::string>;

class StacksTest : public ::testing::Test {
 protected:
  StackSummary deploy(const std::string& yaml, std::map<std::string, std::string> parameters = {}) {
    fake.calls.clear();
    return stacks().deploy(context, {"voting", yaml, "template.yaml", std::move(parameters)});
  }

  std::string error(const std::string& yaml, std::map<std::string, std::string> parameters = {}) {
    try {
      deploy(yaml, std::move(parameters));
    } catch (const TemplateError& failure) {
      return failure.what();
    }
    return "";
  }

  Stacks stacks() { return Stacks(test.runtime, fake.services, handlers); }

  // How many rows the fakes have written, for what a rollback leaves.
  int rows() {
    int count = 0;
    for (auto row = test.store.scan("fake/"); row.valid(); row.next()) ++count;
    return count;
  }

  test::TestRuntime test;
  FakeServices fake{test.store};
  core::RequestContext context;
  std::vector<std::string> handlers;
};

constexpr auto queue_and_function =
    "Parameters:\n"
    "  Timeout: {Type: Number, Default: 3}\n"
    "Resources:\n"
    "  Queue:\n"
    "    Type: AWS::SQS::Queue\n"
    "  Function:\n"
    "    Type: AWS::Lambda::Function\n"
    "    Properties:\n"
    "      FunctionName: !Sub '${AWS::StackName}-function'\n"
    "      Handler: a.handler\n"
    "      Runtime: provided.al2023\n"
    "      Role: arn:aws:iam::000000000000:role/r\n"
    "      Timeout: !Ref Timeout\n"
    "      Code: {ZipFile: text}\n"
    "      Environment: {Variables: {URL: !Ref Queue, LIMIT: 5}}\n"
    "Outputs:\n"
    "  Arn: {Value: !GetAtt Function.Arn}\n"
    "  Queue: {Value: !Ref Queue}\n";

TEST_F(StacksTest, CreatesWhatResourcesNeedFirst) {
  const auto summary = deploy(queue_and_function);
  EXPECT_TRUE(summary.changed);
  EXPECT_EQ(fake.operations(), (Operations{"CreateQueue", "CreateFunction"}));
  const std::string url = summary.physical_ids.at("Queue");
  EXPECT_TRUE(url.starts_with("http://localhost:4566/000000000000/voting-Queue-")) << url;
  const Json request = fake.last("CreateFunction");
  EXPECT_EQ(request["FunctionName"], "voting-function");
  EXPECT_EQ(request["Environment"]["Variables"], (Json{{"URL", url}, {"LIMIT", "5"}}));
  EXPECT_TRUE(request["Code"]["ZipFile"].get<std::string>().starts_with("UEsDB"));
  EXPECT_EQ(summary.outputs.at("Arn"),
            "arn:aws:lambda:us-east-1:000000000000:function:voting-function");
  EXPECT_EQ(summary.outputs.at("Queue"), url);
}

TEST_F(StacksTest, TheSameAgainDoesNothing) {
  const auto first = deploy(queue_and_function);
  const auto second = deploy(queue_and_function);
  EXPECT_FALSE(second.changed);
  EXPECT_TRUE(fake.calls.empty());
  EXPECT_EQ(second.physical_ids, first.physical_ids);
  EXPECT_EQ(second.outputs, first.outputs);
}

TEST_F(StacksTest, ATemplateThatOnlyReadsDifferentlyDoesNothing) {
  deploy(queue_and_function);
  const auto summary = deploy(std::string("# a comment\n") + queue_and_function);
  EXPECT_FALSE(summary.changed);
  EXPECT_TRUE(fake.calls.empty());
}

TEST_F(StacksTest, OnlyWhatDiffersIsUpdated) {
  deploy(queue_and_function);
  const auto summary = deploy(queue_and_function, {{"Timeout", "7"}});
  EXPECT_TRUE(summary.changed);
  EXPECT_EQ(fake.operations(), (Operations{"UpdateFunctionConfiguration"}));
  EXPECT_EQ(fake.last("UpdateFunctionConfiguration")["Timeout"], "7");
}

TEST_F(StacksTest, WhatIsGoneIsDeletedLastMadeFirst) {
  deploy(
      "Resources:\n"
      "  Kept: {Type: 'AWS::SQS::Queue'}\n"
      "  Table: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: t}}\n"
      "  Queue: {Type: 'AWS::SQS::Queue', DependsOn: Table}\n");
  const auto summary = deploy("Resources:\n  Kept: {Type: 'AWS::SQS::Queue'}\n");
  EXPECT_EQ(fake.operations(), (Operations{"DeleteQueue", "DeleteTable"}));
  EXPECT_EQ(summary.physical_ids.size(), 1U);
}

TEST_F(StacksTest, RetainedResourcesStayBehind) {
  deploy(
      "Resources:\n"
      "  Kept: {Type: 'AWS::SQS::Queue'}\n"
      "  Table: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain, Properties: {TableName: "
      "t}}\n");
  deploy("Resources:\n  Kept: {Type: 'AWS::SQS::Queue'}\n");
  EXPECT_TRUE(fake.calls.empty());
}

TEST_F(StacksTest, APropertyThatCannotChangeMakesANewResource) {
  deploy(queue_and_function);
  std::string text = queue_and_function;
  text.replace(text.find("-function'"), 9, "-renamed ");
  text.replace(text.find("-renamed "), 10, "-renamed'");
  const auto summary = deploy(text);
  EXPECT_EQ(fake.operations(), (Operations{"CreateFunction", "DeleteFunction"}));
  EXPECT_EQ(fake.last("DeleteFunction")["FunctionName"], "voting-function");
  EXPECT_EQ(summary.physical_ids.at("Function"), "voting-renamed");
}

TEST_F(StacksTest, AConditionTakesAResourceAway) {
  const std::string yaml =
      "Parameters: {With: {Type: String}}\n"
      "Conditions: {Wanted: !Equals [!Ref With, 'true']}\n"
      "Resources:\n"
      "  A: {Type: 'AWS::SQS::Queue'}\n"
      "  B: {Type: 'AWS::SQS::Queue', Condition: Wanted}\n"
      "Outputs:\n"
      "  B: {Value: !Ref B, Condition: Wanted}\n";
  EXPECT_EQ(deploy(yaml, {{"With", "true"}}).outputs.size(), 1U);
  const auto summary = deploy(yaml, {{"With", "false"}});
  EXPECT_EQ(fake.operations(), (Operations{"DeleteQueue"}));
  EXPECT_TRUE(summary.outputs.empty());
  EXPECT_FALSE(summary.physical_ids.contains("B"));
}

TEST_F(StacksTest, AFailureUndoesTheWholeDeployment) {
  fake.failing = {"CreateFunction"};
  EXPECT_EQ(error(queue_and_function),
            "template.yaml:6: Function: ServiceException: CreateFunction failed");
  EXPECT_EQ(fake.operations(), (Operations{"CreateQueue", "CreateFunction", "DeleteQueue"}));
  EXPECT_EQ(rows(), 0);
  EXPECT_FALSE(stacks().describe({}, "voting").has_value());
}

TEST_F(StacksTest, AFailedUpdateLeavesTheStackAsItWas) {
  deploy(queue_and_function);
  const int before = rows();
  fake.failing = {"CreateTable"};
  const std::string yaml = queue_and_function;
  const auto at = yaml.find("Outputs:");
  EXPECT_NE(
      error(yaml.substr(0, at) + "  Later: {Type: 'AWS::DynamoDB::Table', DependsOn: Function}\n" +
                yaml.substr(at),
            {{"Timeout", "9"}}),
      "");
  EXPECT_EQ(fake.operations(), (Operations{"UpdateFunctionConfiguration", "CreateTable",
                                           "UpdateFunctionConfiguration"}));
  EXPECT_EQ(fake.last("UpdateFunctionConfiguration")["Timeout"], "3");
  EXPECT_EQ(rows(), before);
  fake.failing.clear();
  EXPECT_FALSE(deploy(queue_and_function).changed);
}

TEST_F(StacksTest, ANewHostChangesQueueUrlsAndWhatHoldsThem) {
  deploy(queue_and_function);
  context.host = "localhost:5000";
  const auto summary = deploy(queue_and_function);
  EXPECT_TRUE(summary.physical_ids.at("Queue").starts_with("http://localhost:5000/"));
  EXPECT_EQ(fake.operations(), (Operations{"UpdateFunctionConfiguration"}));
  EXPECT_EQ(fake.last("UpdateFunctionConfiguration")["Environment"]["Variables"]["URL"],
            summary.physical_ids.at("Queue"));
}

TEST_F(StacksTest, StacksAreKeptApartByNameAndScope) {
  const auto first = deploy(queue_and_function);
  context.scope.region = "eu-west-1";
  const auto second = deploy(queue_and_function);
  EXPECT_TRUE(second.changed);
  EXPECT_NE(first.physical_ids, second.physical_ids);
  EXPECT_EQ(stacks().describe({}, "voting")->physical_ids, first.physical_ids);
  EXPECT_FALSE(stacks().describe({}, "other").has_value());
}

TEST_F(StacksTest, AnotherTypeUnderTheSameIdIsRefused) {
  deploy("Resources: {A: {Type: 'AWS::SQS::Queue'}}\n");
  EXPECT_EQ(error("Resources: {A: {Type: 'AWS::Logs::LogGroup'}}\n"),
            "template.yaml:1: A: Update of resource type is not permitted. The new template "
            "modifies resource type of the following resources: [A]");
}

TEST_F(StacksTest, ErrorsNameFileLineAndResource) {
  EXPECT_EQ(error("Resources:\n  A: [\n"),
            "template.yaml:3: Template format error: YAML not well-formed. (line 3, column 1)");
  EXPECT_EQ(error("Resources:\n"
                  "  A:\n"
                  "    Type: AWS::Nothing::Here\n"),
            "template.yaml:3: A: Template format error: Unrecognized resource types: "
            "[AWS::Nothing::Here]");
  EXPECT_EQ(error("Resources:\n"
                  "  A:\n"
                  "    Type: AWS::SQS::Queue\n"
                  "    Properties:\n"
                  "      QueueName:\n"
                  "        !Ref Nope\n"),
            "template.yaml:5: A: Template format error: Unresolved resource dependencies [Nope] in "
            "the Resources block of the template");
  EXPECT_EQ(error("Parameters:\n"
                  "  A: {Type: String, Default: x}\n"
                  "  B: {Type: String}\n"
                  "Resources: {Q: {Type: 'AWS::SQS::Queue'}}\n"),
            "template.yaml:3: Parameters: [B] must have values");
  EXPECT_EQ(error("Resources:\n"
                  "  Q:\n"
                  "    Type: AWS::SQS::Queue\n"
                  "    Properties: {Name: x}\n"),
            "template.yaml:2: Q: ValidationException: Encountered unsupported property Name");
  EXPECT_EQ(error("Transform: My::Macro\nResources: {Q: {Type: 'AWS::SQS::Queue'}}\n"),
            "template.yaml:1: No transform named My::Macro found.");
}

TEST_F(StacksTest, AnErrorInAGeneratedResourcePointsToItsSource) {
  fake.failing = {"CreateEventSourceMapping"};
  EXPECT_EQ(error("Transform: AWS::Serverless-2016-10-31\n"
                  "Resources:\n"
                  "  Queue: {Type: 'AWS::SQS::Queue'}\n"
                  "  Hello:\n"
                  "    Type: AWS::Serverless::Function\n"
                  "    Properties:\n"
                  "      Handler: h\n"
                  "      Runtime: r\n"
                  "      InlineCode: x\n"
                  "      Events:\n"
                  "        Sqs: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}\n"),
            "template.yaml:4: HelloSqs: ServiceException: CreateEventSourceMapping failed");
}

TEST_F(StacksTest, StackNamesAreAwss) {
  EXPECT_THROW(stacks().deploy(context, {"1st", queue_and_function, "t", {}}), TemplateError);
  EXPECT_THROW(stacks().deploy(context, {"", queue_and_function, "t", {}}), TemplateError);
  EXPECT_THROW(stacks().deploy(context, {std::string(200, 'a'), queue_and_function, "t", {}}),
               TemplateError);
}

TEST_F(StacksTest, AHandlerMustBeOneOfThoseThereAre) {
  handlers = {"scan.handler", "publish.handler"};
  EXPECT_EQ(error(queue_and_function),
            "template.yaml:10: Function: function Function names the handler 'a.handler', which is "
            "none of those there are: scan.handler, publish.handler");
  EXPECT_EQ(rows(), 0);
  handlers = {"a.handler"};
  EXPECT_EQ(error(queue_and_function), "");
}

TEST_F(StacksTest, AHandlerThatIsGoneAtTheNextStartIsNoticed) {
  deploy(queue_and_function);
  handlers = {"other.handler"};
  EXPECT_NE(error(queue_and_function).find("names the handler 'a.handler'"), std::string::npos);
}

}  // namespace
}  // namespace votemu::cloudformation
