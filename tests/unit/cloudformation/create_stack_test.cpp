#include "tests/unit/cloudformation/api_fixture.h"

namespace votemu::cloudformation {
namespace {

using Lines = std::vector<std::string>;

constexpr auto two_queues =
    "Resources:\n"
    "  First: {Type: 'AWS::SQS::Queue'}\n"
    "  Second: {Type: 'AWS::DynamoDB::Table', DependsOn: First, Properties: {TableName: t}}\n";

class CreateStackTest : public ApiTest {};

TEST_F(CreateStackTest, AnswersWhenAllIsDone) {
  const auto id = create(queue_template)["StackId"].get<std::string>();
  EXPECT_TRUE(id.starts_with("arn:aws:cloudformation:us-east-1:000000000000:stack/app/")) << id;
  const Json made = stack();
  EXPECT_EQ(made["StackId"], id);
  EXPECT_EQ(made["StackStatus"], "CREATE_COMPLETE");
  EXPECT_EQ(made["Description"], "a queue");
  EXPECT_EQ(made["CreationTime"], "2025-06-15T15:06:41.000Z");
  EXPECT_FALSE(made.contains("LastUpdatedTime"));
  EXPECT_EQ(made["Parameters"],
            Json::array({{{"ParameterKey", "Delay"}, {"ParameterValue", "0"}}}));
  EXPECT_EQ(made["Outputs"][0]["OutputKey"], "Url");
  EXPECT_EQ(made["Outputs"][0]["Description"], "where it is");
  EXPECT_EQ(made["Tags"], Json::array());
  EXPECT_EQ(made["EnableTerminationProtection"], false);
}

TEST_F(CreateStackTest, EventsTellTheWholeStoryNewestFirst) {
  create(queue_template);
  EXPECT_EQ(events(),
            (Lines{"app CREATE_IN_PROGRESS", "Queue CREATE_IN_PROGRESS", "Queue CREATE_IN_PROGRESS",
                   "Queue CREATE_COMPLETE", "app CREATE_COMPLETE"}));
  EXPECT_EQ(reason("app", "CREATE_IN_PROGRESS"), "User Initiated");
  EXPECT_EQ(reason("Queue", "CREATE_IN_PROGRESS"), "Resource creation Initiated");
}

TEST_F(CreateStackTest, EventsHaveTimesOfTheirOwn) {
  create(queue_template);
  update(queue_template, {{"Parameters", parameters({{"Delay", "5"}})}});
  const Json list = call("DescribeStackEvents", {{"StackName", "app"}})["StackEvents"];
  for (std::size_t i = 1; i < list.size(); ++i) {
    EXPECT_GT(list[i - 1]["Timestamp"], list[i]["Timestamp"]);
    EXPECT_NE(list[i - 1]["EventId"], list[i]["EventId"]);
  }
}

TEST_F(CreateStackTest, ResourcesAreToldOf) {
  create(queue_template);
  const Json listed = call("ListStackResources", {{"StackName", "app"}})["StackResourceSummaries"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["LogicalResourceId"], "Queue");
  EXPECT_EQ(listed[0]["ResourceStatus"], "CREATE_COMPLETE");
  const auto url = listed[0]["PhysicalResourceId"].get<std::string>();
  const Json described =
      call("DescribeStackResources", {{"PhysicalResourceId", url}})["StackResources"];
  EXPECT_EQ(described[0]["StackName"], "app");
  const Json one =
      call("DescribeStackResource", {{"StackName", "app"}, {"LogicalResourceId", "Queue"}});
  EXPECT_EQ(one["StackResourceDetail"]["PhysicalResourceId"], url);
  EXPECT_EQ(error("DescribeStackResource", {{"StackName", "app"}, {"LogicalResourceId", "No"}}),
            "ValidationError: Resource No does not exist for stack app");
  EXPECT_EQ(error("DescribeStackResources", {{"PhysicalResourceId", "no"}}),
            "ValidationError: Stack for no does not exist");
}

TEST_F(CreateStackTest, ANameIsTakenOnce) {
  create(queue_template);
  EXPECT_EQ(error("CreateStack", {{"StackName", "app"}, {"TemplateBody", queue_template}}),
            "AlreadyExistsException: Stack [app] already exists");
}

TEST_F(CreateStackTest, TheSameTokenAgainIsTheSameCall) {
  const Json first = create(queue_template, {{"ClientRequestToken", "t1"}});
  EXPECT_EQ(create(queue_template, {{"ClientRequestToken", "t1"}}), first);
  EXPECT_EQ(events().size(), 5U);
}

TEST_F(CreateStackTest, AFailureRollsBackAndLeavesNothing) {
  fake.failing = {"CreateTable"};
  EXPECT_TRUE(create(two_queues).contains("StackId"));
  EXPECT_EQ(status(), "ROLLBACK_COMPLETE");
  EXPECT_EQ(fake_rows(), 0);
  EXPECT_EQ(fake.operations(), (Lines{"CreateQueue", "CreateTable", "DeleteQueue"}));
  EXPECT_EQ(events(),
            (Lines{"app CREATE_IN_PROGRESS", "First CREATE_IN_PROGRESS", "First CREATE_IN_PROGRESS",
                   "First CREATE_COMPLETE", "Second CREATE_IN_PROGRESS", "Second CREATE_FAILED",
                   "app ROLLBACK_IN_PROGRESS", "First DELETE_IN_PROGRESS", "First DELETE_COMPLETE",
                   "app ROLLBACK_COMPLETE"}));
  EXPECT_EQ(reason("app", "ROLLBACK_IN_PROGRESS"),
            "The following resource(s) failed to create: [Second]. Rollback requested by user.");
  const std::string why = reason("Second", "CREATE_FAILED");
  EXPECT_TRUE(
      why.starts_with("Resource handler returned message: \"CreateTable failed\" "
                      "(RequestToken: "))
      << why;
  EXPECT_TRUE(why.ends_with(", HandlerErrorCode: GeneralServiceException)")) << why;
}

TEST_F(CreateStackTest, AfterARollbackOnlyDeletingIsLeft) {
  fake.failing = {"CreateTable"};
  const auto id = create(two_queues)["StackId"].get<std::string>();
  EXPECT_EQ(
      error("UpdateStack", {{"StackName", "app"}, {"TemplateBody", queue_template}}),
      "ValidationError: Stack:" + id + " is in ROLLBACK_COMPLETE state and can not be updated.");
  call("DeleteStack", {{"StackName", "app"}});
  EXPECT_EQ(error("DescribeStacks", {{"StackName", "app"}}),
            "ValidationError: Stack with id app does not exist");
  fake.failing.clear();
  create(two_queues);
  EXPECT_EQ(status(), "CREATE_COMPLETE");
}

TEST_F(CreateStackTest, WithoutRollbackWhatWasMadeStays) {
  fake.failing = {"CreateTable"};
  create(two_queues, {{"DisableRollback", true}});
  EXPECT_EQ(status(), "CREATE_FAILED");
  EXPECT_FALSE(fake.called("DeleteQueue"));
  EXPECT_EQ(call("ListStackResources", {{"StackName", "app"}})["StackResourceSummaries"].size(),
            1U);
  call("RollbackStack", {{"StackName", "app"}});
  EXPECT_EQ(status(), "ROLLBACK_COMPLETE");
  EXPECT_TRUE(fake.called("DeleteQueue"));
}

TEST_F(CreateStackTest, OnFailureDeleteTakesTheStackAway) {
  fake.failing = {"CreateTable"};
  const auto id = create(two_queues, {{"OnFailure", "DELETE"}})["StackId"].get<std::string>();
  EXPECT_EQ(error("DescribeStacks", {{"StackName", "app"}}),
            "ValidationError: Stack with id app does not exist");
  EXPECT_EQ(status(id), "DELETE_COMPLETE");
}

TEST_F(CreateStackTest, TemplatesAreCheckedFirst) {
  const auto problem = [&](const std::string& text) {
    return error("CreateStack", {{"StackName", "app"}, {"TemplateBody", text}});
  };
  EXPECT_EQ(problem("Resources: {A: {Type: 'AWS::SQS::Queue', DependsOn: B}, "
                    "B: {Type: 'AWS::SQS::Queue', DependsOn: A}}"),
            "ValidationError: Circular dependency between resources: [A, B]");
  EXPECT_EQ(problem("Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref X}}}"),
            "ValidationError: Template format error: Unresolved resource dependencies [X] in the "
            "Resources block of the template");
  EXPECT_EQ(problem("Resources: {A: {Type: 'AWS::Foo::Bar'}}"),
            "ValidationError: Template format error: Unrecognized resource types: [AWS::Foo::Bar]");
  EXPECT_EQ(problem("Parameters: {P: {Type: String}}\nResources: {A: {Type: 'AWS::SQS::Queue'}}"),
            "ValidationError: Parameters: [P] must have values");
  EXPECT_TRUE(problem("Resources:\n  A: {Type: 'AWS::SQS::Queue'}\n  A: {Type: x}\n")
                  .starts_with("ValidationError: Template format error: YAML not well-formed."));
  EXPECT_EQ(error("CreateStack", {{"StackName", "app"}}),
            "ValidationError: Either Template URL or Template Body must be specified.");
  EXPECT_EQ(error("CreateStack", {{"StackName", "app"},
                                  {"TemplateBody", queue_template},
                                  {"Parameters", parameters({{"Other", "1"}})}}),
            "ValidationError: Parameters: [Other] do not exist in the template");
  EXPECT_EQ(error("DescribeStacks", {{"StackName", "app"}}),
            "ValidationError: Stack with id app does not exist");
}

TEST_F(CreateStackTest, IamResourcesNeedACapability) {
  const std::string role =
      "Resources: {R: {Type: 'AWS::IAM::Policy', Properties: {PolicyName: p, PolicyDocument: {}}}}";
  EXPECT_EQ(error("CreateStack", {{"StackName", "app"}, {"TemplateBody", role}}),
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]");
  const std::string named = "Resources: {R: {Type: 'AWS::IAM::Role', Properties: {RoleName: r}}}";
  EXPECT_EQ(error("CreateStack", {{"StackName", "app"},
                                  {"TemplateBody", named},
                                  {"Capabilities", Json::array({"CAPABILITY_IAM"})}}),
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]");
}

TEST_F(CreateStackTest, MacrosNeedACapabilityWithoutAChangeSet) {
  EXPECT_EQ(error("CreateStack", {{"StackName", "app"},
                                  {"TemplateBody", std::string("Transform: AWS::Serverless-2016-10-"
                                                               "31\n") +
                                                       queue_template}}),
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_AUTO_EXPAND]");
}

TEST_F(CreateStackTest, SecretsAreMasked) {
  create(
      "Parameters: {Secret: {Type: String, NoEcho: true}}\n"
      "Resources: {A: {Type: 'AWS::SQS::Queue'}}",
      {{"Parameters", parameters({{"Secret", "hush"}})}});
  EXPECT_EQ(stack()["Parameters"][0]["ParameterValue"], "****");
}

TEST_F(CreateStackTest, TagsReachTheResources) {
  const auto id =
      create(two_queues,
             {{"Tags", Json::array({{{"Key", "team"}, {"Value", "votes"}}})}})["StackId"]
          .get<std::string>();
  const Json tags = fake.last("CreateQueue")["tags"];
  EXPECT_EQ(tags, (Json{{"team", "votes"},
                        {"aws:cloudformation:logical-id", "First"},
                        {"aws:cloudformation:stack-id", id},
                        {"aws:cloudformation:stack-name", "app"}}));
  EXPECT_EQ(fake.last("CreateTable")["Tags"].size(), 4U);
  EXPECT_EQ(stack()["Tags"], Json::array({{{"Key", "team"}, {"Value", "votes"}}}));
}

TEST_F(CreateStackTest, WhatAStackIsSurvivesARestart) {
  create(queue_template);
  const Json before = stack();
  const Stacks restarted(test.runtime, fake.services, {});
  const Json after = core::call(test.store, restarted.operations(), "DescribeStacks", context,
                                {{"StackName", "app"}})["Stacks"][0];
  EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace votemu::cloudformation
