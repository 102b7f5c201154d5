#include "core/keys.h"
#include "tests/unit/cloudformation/api_fixture.h"

namespace votemu::cloudformation {
namespace {

using Lines = std::vector<std::string>;

class UpdateStackTest : public ApiTest {
 protected:
  // What has happened since the last call.
  Lines new_events() {
    auto all = events();
    Lines fresh(all.begin() + static_cast<std::ptrdiff_t>(seen_), all.end());
    seen_ = all.size();
    return fresh;
  }

 private:
  std::size_t seen_ = 0;
};

constexpr auto queue_and_table =
    "Parameters:\n"
    "  Delay: {Type: Number, Default: 0}\n"
    "Resources:\n"
    "  Queue: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: !Ref Delay}}\n"
    "  Table: {Type: 'AWS::DynamoDB::Table', DependsOn: Queue, Properties: {TableName: t}}\n";

TEST_F(UpdateStackTest, AChangedParameterChangesWhatRefersToIt) {
  create(queue_template);
  new_events();
  update(queue_template, {{"Parameters", parameters({{"Delay", "7"}})}});
  EXPECT_EQ(fake.last("SetQueueAttributes")["Attributes"], (Json{{"DelaySeconds", "7"}}));
  EXPECT_EQ(new_events(),
            (Lines{"app UPDATE_IN_PROGRESS", "Queue UPDATE_IN_PROGRESS", "Queue UPDATE_COMPLETE",
                   "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "app UPDATE_COMPLETE"}));
  EXPECT_EQ(status(), "UPDATE_COMPLETE");
  EXPECT_TRUE(stack().contains("LastUpdatedTime"));
}

TEST_F(UpdateStackTest, ThePreviousTemplateAndValuesCanStay) {
  create(queue_template, {{"Parameters", parameters({{"Delay", "7"}})}});
  call("UpdateStack",
       {{"StackName", "app"},
        {"UsePreviousTemplate", true},
        {"Parameters", Json::array({{{"ParameterKey", "Delay"}, {"UsePreviousValue", true}}})},
        {"Tags", Json::array({{{"Key", "a"}, {"Value", "b"}}})}});
  EXPECT_EQ(stack()["Parameters"][0]["ParameterValue"], "7");
  EXPECT_EQ(fake.last("TagQueue")["Tags"], (Json{{"a", "b"}}));
}

TEST_F(UpdateStackTest, WithoutChangesItIsRefused) {
  create(queue_template);
  EXPECT_EQ(error("UpdateStack", {{"StackName", "app"}, {"TemplateBody", queue_template}}),
            "ValidationError: No updates are to be performed.");
  EXPECT_EQ(status(), "CREATE_COMPLETE");
}

TEST_F(UpdateStackTest, AStackThatIsNotThereIsNotUpdated) {
  EXPECT_EQ(error("UpdateStack", {{"StackName", "no"}, {"TemplateBody", queue_template}}),
            "ValidationError: Stack [no] does not exist");
}

TEST_F(UpdateStackTest, WhatIsReplacedGoesLast) {
  create("Resources: {T: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: one}}}");
  new_events();
  update("Resources: {T: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: two}}}");
  EXPECT_EQ(new_events(),
            (Lines{"app UPDATE_IN_PROGRESS", "T UPDATE_IN_PROGRESS", "T UPDATE_IN_PROGRESS",
                   "T UPDATE_COMPLETE", "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                   "T DELETE_IN_PROGRESS", "T DELETE_COMPLETE", "app UPDATE_COMPLETE"}));
  EXPECT_EQ(fake.last("DeleteTable")["TableName"], "one");
}

TEST_F(UpdateStackTest, AFailureGoesBackToWhatWas) {
  create(queue_template);
  new_events();
  const Json before = stack();
  fake.failing = {"CreateTable"};
  update(queue_and_table, {{"Parameters", parameters({{"Delay", "9"}})}});
  EXPECT_EQ(status(), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_EQ(
      new_events(),
      (Lines{"app UPDATE_IN_PROGRESS", "Queue UPDATE_IN_PROGRESS", "Queue UPDATE_COMPLETE",
             "Table CREATE_IN_PROGRESS", "Table CREATE_FAILED", "app UPDATE_ROLLBACK_IN_PROGRESS",
             "Queue UPDATE_IN_PROGRESS", "Queue UPDATE_COMPLETE",
             "app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "app UPDATE_ROLLBACK_COMPLETE"}));
  EXPECT_EQ(reason("app", "UPDATE_ROLLBACK_IN_PROGRESS"),
            "The following resource(s) failed to create: [Table]. ");
  EXPECT_EQ(fake.last("SetQueueAttributes")["Attributes"], (Json{{"DelaySeconds", "0"}}));
  EXPECT_EQ(stack()["Parameters"], before["Parameters"]);
  EXPECT_EQ(stack()["Outputs"], before["Outputs"]);
  fake.failing.clear();
  update(queue_and_table);
  EXPECT_EQ(status(), "UPDATE_COMPLETE");
}

TEST_F(UpdateStackTest, WithoutRollbackItFailsAndCanBeRolledBackLater) {
  create(queue_template);
  fake.failing = {"CreateTable"};
  update(queue_and_table,
         {{"DisableRollback", true}, {"Parameters", parameters({{"Delay", "9"}})}});
  EXPECT_EQ(status(), "UPDATE_FAILED");
  EXPECT_EQ(fake.last("SetQueueAttributes")["Attributes"], (Json{{"DelaySeconds", "9"}}));
  call("RollbackStack", {{"StackName", "app"}});
  EXPECT_EQ(status(), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_EQ(fake.last("SetQueueAttributes")["Attributes"], (Json{{"DelaySeconds", "0"}}));
  EXPECT_EQ(error("RollbackStack", {{"StackName", "app"}}),
            "ValidationError: Stack:" + stack()["StackId"].get<std::string>() +
                " is in UPDATE_ROLLBACK_COMPLETE state and can not be rolled back.");
}

TEST_F(UpdateStackTest, AFailedUpdateCanBeTriedAgain) {
  create(queue_template);
  fake.failing = {"CreateTable"};
  update(queue_and_table, {{"DisableRollback", true}});
  fake.failing.clear();
  update(queue_and_table);
  EXPECT_EQ(status(), "UPDATE_COMPLETE");
}

TEST_F(UpdateStackTest, ADeletedStackIsKnownByItsIdAlone) {
  const auto id = create(queue_template)["StackId"].get<std::string>();
  call("DeleteStack", {{"StackName", "app"}});
  EXPECT_TRUE(fake.called("DeleteQueue"));
  EXPECT_EQ(error("DescribeStacks", {{"StackName", "app"}}),
            "ValidationError: Stack with id app does not exist");
  EXPECT_EQ(status(id), "DELETE_COMPLETE");
  EXPECT_TRUE(stack(id).contains("DeletionTime"));
  EXPECT_EQ(events(id).back(), "app DELETE_COMPLETE");
  const Json listed = call("ListStacks", {{"StackStatusFilter", Json::array({"DELETE_COMPLETE"})}});
  EXPECT_EQ(listed["StackSummaries"][0]["StackId"], id);
  EXPECT_EQ(call("DescribeStacks", Json::object())["Stacks"], Json::array());
  EXPECT_EQ(call("DeleteStack", {{"StackName", "app"}}), Json::object());
  EXPECT_NE(create(queue_template)["StackId"], id);
}

TEST_F(UpdateStackTest, OnlySoManyDeletedStacksAreRemembered) {
  for (int i = 0; i < 60; ++i) {
    create(queue_template);
    call("DeleteStack", {{"StackName", "app"}});
  }
  std::size_t rows = 0;
  const core::Key prefix(core::Table::cloudformation_stack_event, context.scope);
  for (auto row = test.store.scan(prefix); row.valid(); row.next()) ++rows;
  EXPECT_EQ(call("ListStacks", Json::object())["StackSummaries"].size(), 50U);
  EXPECT_EQ(rows, 50U * 9U);
}

TEST_F(UpdateStackTest, WhatIsNeededGoesAfterWhatNeedsIt) {
  create("Resources: {A: {Type: 'AWS::SQS::Queue'}}");
  update(
      "Resources:\n"
      "  A: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: 1}, DependsOn: B}\n"
      "  B: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: t}}\n");
  fake.calls.clear();
  call("DeleteStack", {{"StackName", "app"}});
  EXPECT_EQ(fake.operations(), (Lines{"DeleteQueue", "DeleteTable"}));
}

TEST_F(UpdateStackTest, WhatCannotBeDeletedStays) {
  create(queue_and_table);
  fake.failing = {"DeleteQueue"};
  call("DeleteStack", {{"StackName", "app"}});
  EXPECT_EQ(status(), "DELETE_FAILED");
  EXPECT_EQ(stack()["StackStatusReason"], "The following resource(s) failed to delete: [Queue]. ");
  EXPECT_EQ(call("ListStackResources", {{"StackName", "app"}})["StackResourceSummaries"].size(),
            1U);
  call("DeleteStack", {{"StackName", "app"}, {"RetainResources", Json::array({"Queue"})}});
  EXPECT_EQ(error("DescribeStacks", {{"StackName", "app"}}),
            "ValidationError: Stack with id app does not exist");
}

TEST_F(UpdateStackTest, AProtectedStackIsNotDeleted) {
  create(queue_template, {{"EnableTerminationProtection", true}});
  EXPECT_EQ(
      error("DeleteStack", {{"StackName", "app"}}),
      "ValidationError: Stack [app] cannot be deleted while TerminationProtection is enabled");
  call("UpdateTerminationProtection",
       {{"StackName", "app"}, {"EnableTerminationProtection", false}});
  EXPECT_EQ(error("DeleteStack", {{"StackName", "app"}}), "");
}

TEST_F(UpdateStackTest, AnExportBindsBothStacks) {
  create(
      "Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {QueueName: q}}}\n"
      "Outputs: {Arn: {Value: !GetAtt Q.Arn, Export: {Name: queue-arn}}}");
  const std::string user =
      "Resources:\n"
      "  Dead:\n"
      "    Type: AWS::SQS::Queue\n"
      "    Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue queue-arn}}\n";
  create(user, Json::object(), "user");
  EXPECT_NE(fake.last("CreateQueue")["Attributes"]["RedrivePolicy"].get<std::string>().find(
                "arn:aws:sqs:us-east-1:000000000000:q"),
            std::string::npos);
  const Json exports = call("ListExports", Json::object())["Exports"];
  EXPECT_EQ(exports[0]["Name"], "queue-arn");
  EXPECT_EQ(exports[0]["Value"], "arn:aws:sqs:us-east-1:000000000000:q");
  EXPECT_EQ(call("ListImports", {{"ExportName", "queue-arn"}})["Imports"], Json::array({"user"}));
  call("DeleteStack", {{"StackName", "app"}});
  EXPECT_EQ(status(), "CREATE_COMPLETE");
  EXPECT_EQ(stack()["StackStatusReason"],
            "Delete canceled. Cannot delete export queue-arn as it is in use by user.");
  call("DeleteStack", {{"StackName", "user"}});
  call("DeleteStack", {{"StackName", "app"}});
  EXPECT_EQ(call("ListExports", Json::object())["Exports"], Json::array());
}

TEST_F(UpdateStackTest, AnExportsNameIsTakenOnce) {
  const std::string yaml =
      "Resources: {Q: {Type: 'AWS::SQS::Queue'}}\n"
      "Outputs: {Url: {Value: !Ref Q, Export: {Name: url}}}";
  create(yaml);
  create(yaml, Json::object(), "other");
  EXPECT_EQ(status("other"), "ROLLBACK_COMPLETE");
  EXPECT_EQ(reason("other", "ROLLBACK_IN_PROGRESS", "other"),
            "Export with name url is already exported by stack app. Rollback requested by user.");
}

TEST_F(UpdateStackTest, PoliciesAreKept) {
  create(queue_template);
  EXPECT_EQ(call("GetStackPolicy", {{"StackName", "app"}}), Json::object());
  call("SetStackPolicy", {{"StackName", "app"}, {"StackPolicyBody", R"({"Statement":[]})"}});
  EXPECT_EQ(call("GetStackPolicy", {{"StackName", "app"}})["StackPolicyBody"],
            R"({"Statement":[]})");
  EXPECT_EQ(error("SetStackPolicy", {{"StackName", "app"}, {"StackPolicyBody", "{"}}),
            "ValidationError: Error validating stack policy: Invalid stack policy");
}

TEST_F(UpdateStackTest, ManyEventsComeInPagesAndAreBounded) {
  create(queue_template);
  for (int i = 1; i <= 450; ++i) {
    update(queue_template, {{"Parameters", parameters({{"Delay", std::to_string(i).c_str()}})}});
  }
  std::size_t count = 0;
  std::string token;
  do {
    Json request{{"StackName", "app"}};
    if (!token.empty()) request["NextToken"] = token;
    const Json page = call("DescribeStackEvents", request);
    count += page["StackEvents"].size();
    EXPECT_LE(page["StackEvents"].size(), 100U);
    token = page.value("NextToken", "");
  } while (!token.empty());
  EXPECT_EQ(count, 2'000U);
}

}  // namespace
}  // namespace votemu::cloudformation
