// What becomes of uploaded code.
#include "tests/unit/lambda/lambda_fixture.h"

namespace votemu::lambda {
namespace {

using core::Json;

std::string archive_of(std::size_t size) {
  std::string archive(size, 'x');
  archive[0] = 'P';
  archive[1] = 'K';
  for (std::size_t i = 2; i < size; ++i) archive[i] = static_cast<char>(i * 31);
  return archive;
}

class CodeTest : public LambdaTest {
 protected:
  void create_with(const Json& code) {
    Json request = definition("f", "echo");
    request["Code"] = code;
    call("CreateFunction", request);
  }
  std::string error_with(const Json& code) {
    Json request = definition("f", "echo");
    request["Code"] = code;
    return error_of("CreateFunction", request);
  }
  std::string kept() { return service_->code(context_.scope, "f"); }
};

TEST_F(CodeTest, GivesBackWhatWasUploadedAlsoAfterARestart) {
  const std::string archive = archive_of(2'500'000);
  create_with({{"ZipFile", abi::base64_encode(archive)}});
  EXPECT_EQ(kept(), archive);
  EXPECT_EQ(make_service()->code(context_.scope, "f"), archive);
}

TEST_F(CodeTest, SaysWhereTheArchiveIs) {
  create_with({{"ZipFile", abi::base64_encode("PK")}});
  const Json code = call("GetFunction", {{"FunctionName", "f"}})["Code"];
  EXPECT_EQ(code["RepositoryType"], "S3");
  EXPECT_EQ(code["Location"], "http://localhost:4566/_votemu/lambda/code/000000000000/us-east-1/f");
}

TEST_F(CodeTest, MeasuresItAsAwsDoes) {
  create_with({{"ZipFile", abi::base64_encode("PK\x05\x06")}});
  const Json configuration = call("GetFunctionConfiguration", {{"FunctionName", "f"}});
  EXPECT_EQ(configuration["CodeSize"], 4);
  EXPECT_EQ(configuration["CodeSha256"], "aj2yS4vFfSzNwZiy14WOxlfzSnsskVO8BMqC1zFwh20=");
}

TEST_F(CodeTest, AShorterArchiveReplacesALongerOne) {
  create_with({{"ZipFile", abi::base64_encode(archive_of(2'500'000))}});
  call("UpdateFunctionCode", {{"FunctionName", "f"}, {"ZipFile", abi::base64_encode("PK2")}});
  EXPECT_EQ(kept(), "PK2");
}

TEST_F(CodeTest, ADryRunReplacesNothing) {
  create_with({{"ZipFile", abi::base64_encode("PK1")}});
  call("UpdateFunctionCode",
       {{"FunctionName", "f"}, {"ZipFile", abi::base64_encode("PK2")}, {"DryRun", true}});
  EXPECT_EQ(kept(), "PK1");
}

TEST_F(CodeTest, GoesWithItsFunction) {
  create_with({{"ZipFile", abi::base64_encode("PK1")}});
  call("DeleteFunction", {{"FunctionName", "f"}});
  EXPECT_EQ(kept(), "");
}

TEST_F(CodeTest, IsFetchedFromS3) {
  service_->fetch_objects_with(
      [](const core::RequestContext&, const std::string& bucket, const std::string& key,
         const std::string& version) { return "PK " + bucket + " " + key + " " + version; });
  create_with({{"S3Bucket", "b"}, {"S3Key", "k.zip"}});
  EXPECT_EQ(kept(), "PK b k.zip ");
  call("UpdateFunctionCode",
       {{"FunctionName", "f"}, {"S3Bucket", "b"}, {"S3Key", "k.zip"}, {"S3ObjectVersion", "v"}});
  EXPECT_EQ(kept(), "PK b k.zip v");
}

TEST_F(CodeTest, AMissingObjectIsAnInvalidParameter) {
  service_->fetch_objects_with([](const core::RequestContext&, const std::string&,
                                  const std::string&, const std::string&) -> std::string {
    throw core::AwsError("NoSuchKey", "The specified key does not exist.", 404);
  });
  EXPECT_EQ(error_with({{"S3Bucket", "b"}, {"S3Key", "k.zip"}}),
            "InvalidParameterValueException 400: Error occurred while GetObject. S3 Error Code: "
            "NoSuchKey. S3 Error Message: The specified key does not exist.");
}

TEST_F(CodeTest, WhatIsNoArchiveIsRefused) {
  EXPECT_EQ(error_with({{"ZipFile", abi::base64_encode("text")}}),
            "InvalidParameterValueException 400: Could not unzip uploaded file. Please check your "
            "file, then try to upload again.");
  EXPECT_EQ(error_with({{"ZipFile", ""}}),
            "InvalidParameterValueException 400: Uploaded file must be a non-empty zip");
  EXPECT_EQ(error_with({{"S3Bucket", "b"}}),
            "InvalidParameterValueException 400: Please provide a source for function code.");
}

TEST_F(CodeTest, AnImageIsOnlyNamed) {
  Json request = definition("f", "echo");
  request["PackageType"] = "Image";
  request["Code"] = {{"ImageUri", "repo/image:1"}};
  call("CreateFunction", request);
  const Json code = call("GetFunction", {{"FunctionName", "f"}})["Code"];
  EXPECT_EQ(code["RepositoryType"], "ECR");
  EXPECT_EQ(code["ImageUri"], "repo/image:1");
}

}  // namespace
}  // namespace votemu::lambda
