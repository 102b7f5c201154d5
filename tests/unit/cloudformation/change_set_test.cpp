#include "tests/unit/cloudformation/api_fixture.h"

namespace votemu::cloudformation {
namespace {

class ChangeSetTest : public ApiTest {
 protected:
  Json propose(const std::string& text, const std::string& type, Json more = Json::object(),
               const std::string& name = "first") {
    more["StackName"] = "app";
    more["ChangeSetName"] = name;
    more["ChangeSetType"] = type;
    more["TemplateBody"] = text;
    return call("CreateChangeSet", more);
  }

  Json described(const std::string& name = "first") {
    return call("DescribeChangeSet", {{"StackName", "app"}, {"ChangeSetName", name}});
  }

  void execute(const std::string& name = "first") {
    call("ExecuteChangeSet", {{"StackName", "app"}, {"ChangeSetName", name}});
  }
};

constexpr auto sam_function =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  Hello:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: h, Runtime: r, InlineCode: x}\n";

TEST_F(ChangeSetTest, ANewStackIsReviewedThenCreated) {
  const Json made = propose(queue_template, "CREATE");
  EXPECT_EQ(status(), "REVIEW_IN_PROGRESS");
  const Json set = described();
  EXPECT_EQ(set["ChangeSetId"], made["Id"]);
  EXPECT_EQ(set["StackId"], made["StackId"]);
  EXPECT_EQ(set["Status"], "CREATE_COMPLETE");
  EXPECT_EQ(set["ExecutionStatus"], "AVAILABLE");
  ASSERT_EQ(set["Changes"].size(), 1U);
  const Json& change = set["Changes"][0]["ResourceChange"];
  EXPECT_EQ(change["Action"], "Add");
  EXPECT_EQ(change["LogicalResourceId"], "Queue");
  EXPECT_EQ(change["ResourceType"], "AWS::SQS::Queue");
  EXPECT_TRUE(fake.calls.empty());
  execute();
  EXPECT_EQ(status(), "CREATE_COMPLETE");
  EXPECT_EQ(stack()["StackId"], made["StackId"]);
  EXPECT_EQ(stack()["ChangeSetId"], made["Id"]);
  EXPECT_EQ(described()["ExecutionStatus"], "EXECUTE_COMPLETE");
  EXPECT_EQ(events().front(), "app REVIEW_IN_PROGRESS");
}

TEST_F(ChangeSetTest, AnUpdateSaysWhatItWillDo) {
  create(
      "Parameters: {Name: {Type: String, Default: one}}\n"
      "Resources:\n"
      "  Queue: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: 0}}\n"
      "  Gone: {Type: 'AWS::SQS::Queue'}\n"
      "  Table: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: !Ref Name}}\n"
      "  User: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Sub '${Table}-queue'}}\n");
  propose(
      "Parameters: {Name: {Type: String, Default: one}}\n"
      "Resources:\n"
      "  Queue: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: 5}}\n"
      "  New: {Type: 'AWS::SQS::Queue'}\n"
      "  Table: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: !Ref Name}}\n"
      "  User: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Sub '${Table}-queue'}}\n",
      "UPDATE", {{"Parameters", parameters({{"Name", "two"}})}});
  std::map<std::string, Json> changes;
  const Json set = described();
  for (const auto& change : set["Changes"]) {
    changes[change["ResourceChange"]["LogicalResourceId"].get<std::string>()] =
        change["ResourceChange"];
  }
  ASSERT_EQ(changes.size(), 5U);
  EXPECT_EQ(changes["Gone"]["Action"], "Remove");
  EXPECT_EQ(changes["New"]["Action"], "Add");
  EXPECT_EQ(changes["Queue"]["Action"], "Modify");
  EXPECT_EQ(changes["Queue"]["Replacement"], "False");
  EXPECT_EQ(changes["Queue"]["Scope"], Json::array({"Properties"}));
  EXPECT_EQ(changes["Queue"]["Details"][0]["ChangeSource"], "DirectModification");
  EXPECT_EQ(changes["Table"]["Replacement"], "True");
  EXPECT_EQ(changes["Table"]["PhysicalResourceId"], "one");
  const Json& detail = changes["Table"]["Details"][0];
  EXPECT_EQ(
      detail["Target"],
      (Json{{"Attribute", "Properties"}, {"Name", "TableName"}, {"RequiresRecreation", "Always"}}));
  EXPECT_EQ(detail["ChangeSource"], "ParameterReference");
  EXPECT_EQ(detail["CausingEntity"], "Name");
  EXPECT_EQ(changes["User"]["Replacement"], "Conditional");
  EXPECT_EQ(changes["User"]["Details"][0]["Evaluation"], "Dynamic");
  execute();
  EXPECT_EQ(status(), "UPDATE_COMPLETE");
}

TEST_F(ChangeSetTest, WithoutChangesItFails) {
  create(queue_template);
  propose(queue_template, "UPDATE");
  const Json set = described();
  EXPECT_EQ(set["Status"], "FAILED");
  EXPECT_EQ(set["ExecutionStatus"], "UNAVAILABLE");
  EXPECT_EQ(set["StatusReason"],
            "The submitted information didn't contain changes. Submit different information to "
            "create a change set.");
  EXPECT_EQ(error("ExecuteChangeSet", {{"StackName", "app"}, {"ChangeSetName", "first"}}),
            "InvalidChangeSetStatus: ChangeSet [" + set["ChangeSetId"].get<std::string>() +
                "] cannot be executed in its current status of [FAILED]");
}

TEST_F(ChangeSetTest, WhatMacrosMadeIsCheckedAfterwards) {
  propose(sam_function, "CREATE");
  EXPECT_EQ(described()["Status"], "FAILED");
  EXPECT_EQ(described()["StatusReason"], "Requires capabilities : [CAPABILITY_IAM]");
  propose(
      "Transform: AWS::Serverless-2016-10-31\n"
      "Resources: {Hello: {Type: AWS::Serverless::Function, Properties: {Handler: h}}}",
      "CREATE", Json::object(), "second");
  EXPECT_EQ(described("second")["StatusReason"],
            "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application "
            "Specification document. Number of errors found: 1. Resource with id [Hello] is "
            "invalid. 'CodeUri', 'ImageUri' or 'InlineCode' must be given.");
  EXPECT_EQ(call("ListChangeSets", {{"StackName", "app"}})["Summaries"].size(), 2U);
}

TEST_F(ChangeSetTest, PlainTemplatesAreCheckedAtOnce) {
  EXPECT_EQ(error("CreateChangeSet", {{"StackName", "app"},
                                      {"ChangeSetName", "c"},
                                      {"ChangeSetType", "CREATE"},
                                      {"TemplateBody",
                                       "Resources: {R: {Type: 'AWS::IAM::Policy', Properties: "
                                       "{PolicyName: p, PolicyDocument: {}}}}"}}),
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]");
  EXPECT_EQ(error("DescribeStacks", {{"StackName", "app"}}),
            "ValidationError: Stack with id app does not exist");
}

TEST_F(ChangeSetTest, ItsTypeMustFitTheStack) {
  EXPECT_EQ(error("CreateChangeSet",
                  {{"StackName", "app"}, {"ChangeSetName", "c"}, {"TemplateBody", queue_template}}),
            "ValidationError: Stack [app] does not exist");
  create(queue_template);
  EXPECT_EQ(error("CreateChangeSet", {{"StackName", "app"},
                                      {"ChangeSetName", "c"},
                                      {"ChangeSetType", "CREATE"},
                                      {"TemplateBody", queue_template}}),
            "ValidationError: Stack [app] already exists and cannot be created again with the "
            "changeSet [c].");
  EXPECT_EQ(error("CreateChangeSet", {{"StackName", "app"},
                                      {"ChangeSetName", "c"},
                                      {"ChangeSetType", "IMPORT"},
                                      {"TemplateBody", queue_template}}),
            "ValidationError: Change sets of type IMPORT are not supported.");
}

TEST_F(ChangeSetTest, OneThatIsNotThere) {
  create(queue_template);
  EXPECT_EQ(error("DescribeChangeSet", {{"StackName", "app"}, {"ChangeSetName", "no"}}),
            "ChangeSetNotFound: ChangeSet [no] does not exist");
  EXPECT_EQ(error("DeleteChangeSet", {{"StackName", "app"}, {"ChangeSetName", "no"}}), "");
}

TEST_F(ChangeSetTest, ItIsFoundByItsIdAlone) {
  const auto id = propose(queue_template, "CREATE")["Id"].get<std::string>();
  EXPECT_EQ(call("DescribeChangeSet", {{"ChangeSetName", id}})["ChangeSetName"], "first");
  call("DeleteChangeSet", {{"ChangeSetName", id}});
  EXPECT_EQ(error("DescribeChangeSet", {{"ChangeSetName", id}}),
            "ChangeSetNotFound: ChangeSet [" + id + "] does not exist");
}

TEST_F(ChangeSetTest, ADirectUpdateOutdatesIt) {
  create(queue_template);
  propose(queue_template, "UPDATE", {{"Parameters", parameters({{"Delay", "4"}})}});
  update(queue_template, {{"Parameters", parameters({{"Delay", "5"}})}});
  EXPECT_EQ(described()["ExecutionStatus"], "OBSOLETE");
}

TEST_F(ChangeSetTest, AFailureInItRollsBack) {
  fake.failing = {"CreateQueue"};
  propose(queue_template, "CREATE");
  execute();
  EXPECT_EQ(status(), "ROLLBACK_COMPLETE");
  EXPECT_EQ(described()["ExecutionStatus"], "EXECUTE_FAILED");
}

TEST_F(ChangeSetTest, TheStackUnderReviewHasNoTemplateYet) {
  propose(sam_function, "CREATE", {{"Capabilities", Json::array({"CAPABILITY_IAM"})}});
  EXPECT_EQ(call("GetTemplate", {{"StackName", "app"}})["TemplateBody"], "");
  EXPECT_EQ(call("GetTemplate", {{"StackName", "app"}, {"ChangeSetName", "first"}})["TemplateBody"],
            sam_function);
  execute();
  EXPECT_EQ(call("GetTemplate", {{"StackName", "app"}})["TemplateBody"], sam_function);
  const Json processed = core::parse_json(
      call("GetTemplate", {{"StackName", "app"}, {"TemplateStage", "Processed"}})["TemplateBody"]
          .get<std::string>());
  EXPECT_EQ(processed["Resources"]["Hello"]["Type"], "AWS::Lambda::Function");
  EXPECT_EQ(processed["Resources"]["HelloRole"]["Type"], "AWS::IAM::Role");
  EXPECT_FALSE(processed.contains("Transform"));
}

TEST_F(ChangeSetTest, ANameIsFreeAgainOnceItCannotBeExecuted) {
  const Json set{{"StackName", "app"},
                 {"ChangeSetName", "first"},
                 {"ChangeSetType", "CREATE"},
                 {"TemplateBody", queue_template}};
  call("CreateChangeSet", set);
  EXPECT_EQ(error("CreateChangeSet", set),
            "AlreadyExistsException: ChangeSet [first] already exists");
  execute();
  propose(queue_template, "UPDATE", {{"Parameters", parameters({{"Delay", "4"}})}});
  EXPECT_EQ(described()["ExecutionStatus"], "AVAILABLE");
}

TEST_F(ChangeSetTest, OnlySoManyAreKept) {
  create(queue_template);
  for (int i = 0; i < 60; ++i) {
    propose(queue_template, "UPDATE", Json::object(), "set-" + std::to_string(i));
  }
  EXPECT_EQ(call("ListChangeSets", {{"StackName", "app"}})["Summaries"].size(), 50U);
}

}  // namespace
}  // namespace votemu::cloudformation
