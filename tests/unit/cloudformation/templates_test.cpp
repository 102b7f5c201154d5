#include "cloudformation/api/template_url.h"
#include "tests/unit/cloudformation/api_fixture.h"

namespace votemu::cloudformation {
namespace {

class TemplatesTest : public ApiTest {
 protected:
  void put_object(const std::string& bucket, const std::string& key, const std::string& body) {
    fake.services.s3["GetObject"] = [=](const core::RequestContext&, const Json& request) {
      if (request["Bucket"] == bucket && request["Key"] == key) return Json{{"Body", body}};
      throw core::AwsError("NoSuchKey", "The specified key does not exist.", 404);
    };
  }
};

constexpr auto declared =
    "AWSTemplateFormatVersion: '2010-09-09'\n"
    "Description: text\n"
    "Metadata: {By: me}\n"
    "Parameters:\n"
    "  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod], Description: which}\n"
    "  Secret: {Type: String, NoEcho: true}\n"
    "Resources:\n"
    "  Role: {Type: 'AWS::IAM::Role', Properties: {RoleName: r}}\n"
    "  Queue: {Type: 'AWS::SQS::Queue'}\n";

TEST_F(TemplatesTest, ASummaryTellsWhatATemplateWants) {
  const Json summary = call("GetTemplateSummary", {{"TemplateBody", declared}});
  EXPECT_EQ(summary["Description"], "text");
  EXPECT_EQ(summary["Version"], "2010-09-09");
  EXPECT_EQ(summary["Metadata"], R"({"By":"me"})");
  EXPECT_EQ(summary["ResourceTypes"], Json::array({"AWS::IAM::Role", "AWS::SQS::Queue"}));
  EXPECT_EQ(summary["Capabilities"], Json::array({"CAPABILITY_NAMED_IAM"}));
  EXPECT_EQ(summary["CapabilitiesReason"],
            "The following resource(s) require capabilities: [AWS::IAM::Role]");
  const Json& stage = summary["Parameters"][1];
  EXPECT_EQ(stage["ParameterKey"], "Stage");
  EXPECT_EQ(stage["DefaultValue"], "dev");
  EXPECT_EQ(stage["ParameterType"], "String");
  EXPECT_EQ(stage["NoEcho"], false);
  EXPECT_EQ(stage["ParameterConstraints"]["AllowedValues"], Json::array({"dev", "prod"}));
  EXPECT_EQ(summary["Parameters"][0]["NoEcho"], true);
}

TEST_F(TemplatesTest, ASummaryOfAStackWithoutParametersHasAnEmptyList) {
  create("Resources: {Q: {Type: 'AWS::SQS::Queue'}}");
  EXPECT_EQ(call("GetTemplateSummary", {{"StackName", "app"}})["Parameters"], Json::array());
}

TEST_F(TemplatesTest, ValidationNeedsNoValues) {
  const Json valid = call("ValidateTemplate", {{"TemplateBody", declared}});
  EXPECT_EQ(valid["Parameters"].size(), 2U);
  EXPECT_EQ(valid["Capabilities"], Json::array({"CAPABILITY_NAMED_IAM"}));
  const auto problem = [&](const std::string& text) {
    return error("ValidateTemplate", {{"TemplateBody", text}});
  };
  EXPECT_EQ(problem("Resources: {A: {Type: 'AWS::SQS::Queue', DependsOn: A}}"),
            "ValidationError: Circular dependency between resources: [A]");
  EXPECT_EQ(problem("Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref X}}}"),
            "ValidationError: Template format error: Unresolved resource dependencies [X] in the "
            "Resources block of the template");
  EXPECT_EQ(problem("Resources: {A: {Type: 'AWS::Foo::Bar'}}"),
            "ValidationError: Template format error: Unrecognized resource types: [AWS::Foo::Bar]");
  EXPECT_EQ(problem("Resources: ["),
            "ValidationError: Template format error: YAML not well-formed. (line 1, column 1)");
}

TEST_F(TemplatesTest, MacrosAreDeclared) {
  const Json valid = call("ValidateTemplate", {{"TemplateBody",
                                                "Transform: AWS::Serverless-2016-10-31\n"
                                                "Resources: {F: {Type: "
                                                "'AWS::Serverless::Function'}}"}});
  EXPECT_EQ(valid["DeclaredTransforms"], Json::array({"AWS::Serverless-2016-10-31"}));
  EXPECT_EQ(valid["Capabilities"], Json::array({"CAPABILITY_AUTO_EXPAND"}));
}

TEST_F(TemplatesTest, ATemplateCanBeInS3) {
  put_object("b", "folder/t.yaml", queue_template);
  const Stacks with_s3(test.runtime, fake.services, {});
  const auto deployed = [&](const std::string& name, const std::string& url) {
    core::call(test.store, with_s3.operations(), "CreateStack", context,
               {{"StackName", name}, {"TemplateURL", url}});
    return status(name);
  };
  EXPECT_EQ(deployed("one", "http://localhost:4566/b/folder/t.yaml"), "CREATE_COMPLETE");
  EXPECT_EQ(deployed("two", "https://s3.us-east-1.amazonaws.com/b/folder%2Ft.yaml"),
            "CREATE_COMPLETE");
  EXPECT_EQ(deployed("three", "https://b.s3.us-east-1.amazonaws.com/folder/t.yaml"),
            "CREATE_COMPLETE");
  try {
    deployed("four", "http://localhost:4566/b/no.yaml");
    FAIL();
  } catch (const core::AwsError& failure) {
    EXPECT_TRUE(failure.message().starts_with("S3 error: The specified key does not exist."));
  }
}

TEST_F(TemplatesTest, UrlsAreThoseOfS3) {
  using api::parse_template_url;
  EXPECT_EQ(parse_template_url("https://s3.amazonaws.com/b/k?versionId=7")->version, "7");
  EXPECT_EQ(parse_template_url("https://b.s3-eu-west-1.amazonaws.com/k")->bucket, "b");
  EXPECT_EQ(parse_template_url("http://b.s3.localhost:4566/k/l")->key, "k/l");
  EXPECT_FALSE(parse_template_url("s3://b/k"));
  EXPECT_FALSE(parse_template_url("https://host/b"));
  EXPECT_FALSE(parse_template_url("https://host"));
  EXPECT_FALSE(parse_template_url(""));
}

TEST_F(TemplatesTest, ABodyHasABound) {
  const std::string large = std::string(queue_template) + std::string(60'000, '#');
  EXPECT_NE(error("ValidateTemplate", {{"TemplateBody", large}}).find("51200"), std::string::npos);
}

}  // namespace
}  // namespace votemu::cloudformation
