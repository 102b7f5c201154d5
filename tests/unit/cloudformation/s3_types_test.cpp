// S3's types on the real service, as in the stack that `sam deploy --guided` makes for itself.
#include <gtest/gtest.h>

#include "cloudformation/stacks.h"
#include "core/aws_error.h"
#include "services/s3/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

const std::string bucket = R"(
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: {BlockPublicPolicy: 'true', BlockPublicAcls: 'true'}
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}
      VersioningConfiguration: {Status: Enabled}
      Tags: [{Key: ManagedStackSource, Value: AwsSamCli}]
)";
const std::string policy = R"(
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: {Ref: Bucket}
      PolicyDocument: {Statement: [{Effect: Deny, Action: 's3:*', Principal: '*',
                       Resource: {'Fn::Join': ['', ['arn:aws:s3:::', {Ref: Bucket}, '/*']]}}]}
)";
const std::string outputs =
    "Outputs: {Name: {Value: {Ref: Bucket}}, "
    "Arn: {Value: {'Fn::GetAtt': [Bucket, Arn]}}, "
    "Domain: {Value: {'Fn::GetAtt': [Bucket, RegionalDomainName]}}}\n";

class S3TypesTest : public ::testing::Test {
 protected:
  StackSummary deploy(const std::string& resources, const std::string& rest = "") {
    Services services;
    services.s3 = operations;
    Stacks stacks(test.runtime, services, {});
    return stacks.deploy({}, {"managed", "Resources:\n" + resources + rest, "t.yaml", {}});
  }
  std::string error(const std::string& resources) {
    try {
      deploy(resources);
    } catch (const std::exception& problem) {
      return problem.what();
    }
    return "";
  }
  Json call(const char* operation, const Json& request) {
    return core::call(test.store, operations, operation, {}, request);
  }

  test::TestRuntime test;
  s3::Service s3{test.runtime};
  core::OperationTable operations = s3.operations();
};

TEST_F(S3TypesTest, MakeABucketWithItsSettings) {
  auto made = deploy(bucket + policy, outputs).outputs;
  const auto name = made["Name"];
  EXPECT_TRUE(name.starts_with("managed-bucket-")) << name;
  EXPECT_EQ(made["Arn"], "arn:aws:s3:::" + name);
  EXPECT_EQ(made["Domain"], name + ".s3.us-east-1.amazonaws.com");
  const Json request = {{"Bucket", name}};
  EXPECT_EQ(call("GetBucketVersioning", request)["Status"], "Enabled");
  EXPECT_EQ(
      call("GetBucketEncryption", request)["ServerSideEncryptionConfiguration"]["Rules"][0]
                                          ["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"],
      "aws:kms");
  EXPECT_EQ(
      call("GetPublicAccessBlock", request)["PublicAccessBlockConfiguration"]["BlockPublicPolicy"],
      true);
  EXPECT_EQ(call("GetBucketTagging", request)["TagSet"][0]["Value"], "AwsSamCli");
  EXPECT_NE(call("GetBucketPolicy", request)["Policy"].get<std::string>().find(name + "/*"),
            std::string::npos);
}

TEST_F(S3TypesTest, ChangeSettingsInPlace) {
  const auto name = deploy(bucket + policy, outputs).outputs["Name"];
  const std::string bare = "  Bucket: {Type: 'AWS::S3::Bucket'}\n";
  EXPECT_EQ(deploy(bare, outputs).outputs["Name"], name);
  const Json request = {{"Bucket", name}};
  EXPECT_EQ(call("GetBucketVersioning", request)["Status"], "Suspended");
  EXPECT_THROW(call("GetBucketPolicy", request), core::AwsError);
  EXPECT_THROW(call("GetBucketTagging", request), core::AwsError);
}

TEST_F(S3TypesTest, RefuseABucketThatIsThere) {
  call("CreateBucket", {{"Bucket", "taken"}});
  EXPECT_NE(error("  Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: taken}}\n")
                .find("taken already exists"),
            std::string::npos);
}

TEST_F(S3TypesTest, RefuseABucketOfAnotherShape) {
  EXPECT_NE(error("  Bucket: {Type: 'AWS::S3::Bucket', Properties: {Colour: blue}}\n")
                .find("Encountered unsupported property Colour"),
            std::string::npos);
}

}  // namespace
}  // namespace votemu::cloudformation
