#include "services/s3/limits.h"
#include "tests/unit/s3/s3_test.h"

namespace votemu::s3 {
namespace {

struct Buckets : S3Test {};

TEST_F(Buckets, AreCreatedHeadedListedAndDeleted) {
  make_bucket("one");
  make_bucket("two");
  EXPECT_EQ(call("HeadBucket", {{"Bucket", "one"}})["BucketRegion"], "us-east-1");
  EXPECT_EQ(texts(call("ListBuckets", {})["Buckets"], "Name"), (Texts{"one", "two"}));
  call("DeleteBucket", {{"Bucket", "one"}});
  EXPECT_EQ(error_of("HeadBucket", {{"Bucket", "one"}}), "NoSuchBucket");
  EXPECT_EQ(texts(call("ListBuckets", {})["Buckets"], "Name"), Texts{"two"});
}

TEST_F(Buckets, AreToldToBeThereAlreadyEverywhereButInTheFirstRegion) {
  make_bucket();
  EXPECT_EQ(error_of("CreateBucket", {{"Bucket", "shelf"}}), "");
  context.scope.region = "eu-west-1";
  const Json request = {{"Bucket", "elsewhere"},
                        {"CreateBucketConfiguration", {{"LocationConstraint", "eu-west-1"}}}};
  EXPECT_EQ(error_of("CreateBucket", request), "");
  EXPECT_EQ(error_of("CreateBucket", request), "BucketAlreadyOwnedByYou");
}

TEST_F(Buckets, LieInTheRegionOfTheirConstraint) {
  const auto create = [&](const char* constraint) {
    return error_of("CreateBucket",
                    {{"Bucket", std::string("in-") + constraint},
                     {"CreateBucketConfiguration", {{"LocationConstraint", constraint}}}});
  };
  EXPECT_EQ(create("eu-west-1"), "");
  EXPECT_EQ(call("GetBucketLocation", {{"Bucket", "in-eu-west-1"}})["LocationConstraint"],
            "eu-west-1");
  EXPECT_EQ(create("us-east-1"), "InvalidLocationConstraint");
  context.scope.region = "eu-central-1";
  EXPECT_EQ(create("eu-west-2"), "IllegalLocationConstraintException");
  EXPECT_EQ(message_of("CreateBucket", {{"Bucket", "no-constraint"}}),
            "The unspecified location constraint is incompatible for the region specific endpoint "
            "this request was sent to.");
}

TEST_F(Buckets, InTheFirstRegionHaveNoConstraint) {
  make_bucket();
  EXPECT_FALSE(call("GetBucketLocation", {{"Bucket", "shelf"}}).contains("LocationConstraint"));
}

TEST_F(Buckets, AreReachedFromEveryRegionOfTheirAccountAndFromNoOther) {
  make_bucket();
  context.scope.region = "eu-west-1";
  EXPECT_EQ(error_of("HeadBucket", {{"Bucket", "shelf"}}), "");
  context.scope.account = "111111111111";
  EXPECT_EQ(error_of("HeadBucket", {{"Bucket", "shelf"}}), "NoSuchBucket");
}

TEST_F(Buckets, HaveNamesByAwsRules) {
  for (const auto* name : {"ab", "Upper", "under_score", "-a-bucket", "a-bucket-", "two..dots",
                           "192.168.5.4", "xn--bucket", "bucket-s3alias"}) {
    EXPECT_EQ(error_of("CreateBucket", {{"Bucket", name}}), "InvalidBucketName") << name;
  }
  EXPECT_EQ(error_of("CreateBucket", {{"Bucket", std::string(64, 'a')}}), "InvalidBucketName");
  EXPECT_EQ(error_of("CreateBucket", {{"Bucket", "my.bucket-7"}}), "");
}

TEST_F(Buckets, ThatAreNotEmptyStay) {
  make_bucket();
  put("key", "x");
  EXPECT_EQ(message_of("DeleteBucket", {{"Bucket", "shelf"}}),
            "The bucket you tried to delete is not empty");
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "key"}});
  call("DeleteBucket", {{"Bucket", "shelf"}});
}

TEST_F(Buckets, ThatHoldOnlyADeleteMarkerStay) {
  make_versioned_bucket();
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "key"}});
  EXPECT_EQ(message_of("DeleteBucket", {{"Bucket", "shelf"}}),
            "The bucket you tried to delete is not empty. You must delete all versions in the "
            "bucket.");
}

TEST_F(Buckets, TakeTheirUploadsWithThem) {
  make_bucket();
  const auto upload = call("CreateMultipartUpload", {{"Bucket", "shelf"}, {"Key", "key"}});
  call("UploadPart", {{"Bucket", "shelf"},
                      {"Key", "key"},
                      {"UploadId", upload["UploadId"]},
                      {"PartNumber", 1},
                      {"Body", "part"}});
  EXPECT_GT(rows(), 0U);
  call("DeleteBucket", {{"Bucket", "shelf"}});
  EXPECT_EQ(rows(), 0U);
}

TEST_F(Buckets, AreListedPageByPage) {
  for (const auto* name : {"aaa", "bbb", "ccc"}) make_bucket(name);
  const auto first = call("ListBuckets", {{"MaxBuckets", 2}});
  EXPECT_EQ(texts(first["Buckets"], "Name"), (Texts{"aaa", "bbb"}));
  const auto second = call("ListBuckets", {{"ContinuationToken", first["ContinuationToken"]}});
  EXPECT_EQ(texts(second["Buckets"], "Name"), Texts{"ccc"});
  EXPECT_FALSE(second.contains("ContinuationToken"));
}

TEST_F(Buckets, BeginWithAwsDefaults) {
  make_bucket();
  const Json bucket = {{"Bucket", "shelf"}};
  EXPECT_EQ(call("GetBucketVersioning", bucket), Json::object());
  const auto rules =
      call("GetBucketEncryption", bucket)["ServerSideEncryptionConfiguration"]["Rules"];
  EXPECT_EQ(rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "AES256");
  EXPECT_EQ(
      call("GetPublicAccessBlock", bucket)["PublicAccessBlockConfiguration"]["BlockPublicPolicy"],
      true);
  EXPECT_EQ(call("GetBucketOwnershipControls",
                 bucket)["OwnershipControls"]["Rules"][0]["ObjectOwnership"],
            "BucketOwnerEnforced");
  EXPECT_EQ(call("GetBucketAcl", bucket)["Grants"][0]["Permission"], "FULL_CONTROL");
}

TEST_F(Buckets, TellWhatIsNotSet) {
  make_bucket();
  const Json bucket = {{"Bucket", "shelf"}};
  EXPECT_EQ(error_of("GetBucketPolicy", bucket), "NoSuchBucketPolicy");
  EXPECT_EQ(error_of("GetBucketTagging", bucket), "NoSuchTagSet");
  EXPECT_EQ(error_of("GetBucketLifecycleConfiguration", bucket), "NoSuchLifecycleConfiguration");
  EXPECT_EQ(error_of("GetBucketCors", bucket), "NoSuchCORSConfiguration");
}

TEST_F(Buckets, GiveBackAndForgetTheirSettings) {
  make_bucket();
  const Json bucket = {{"Bucket", "shelf"}};
  const std::string policy = R"({"Version":"2012-10-17","Statement":[]})";
  call("PutBucketPolicy", {{"Bucket", "shelf"}, {"Policy", policy}});
  EXPECT_EQ(call("GetBucketPolicy", bucket)["Policy"], policy);
  call("DeleteBucketPolicy", bucket);
  EXPECT_EQ(error_of("GetBucketPolicy", bucket), "NoSuchBucketPolicy");

  const Json tags = Json::array({{{"Key", "team"}, {"Value", "blue"}}});
  call("PutBucketTagging", {{"Bucket", "shelf"}, {"Tagging", {{"TagSet", tags}}}});
  EXPECT_EQ(call("GetBucketTagging", bucket)["TagSet"], tags);
}

TEST_F(Buckets, RefuseMalformedSettings) {
  make_bucket();
  EXPECT_EQ(error_of("PutBucketPolicy", {{"Bucket", "shelf"}, {"Policy", "no"}}),
            "MalformedPolicy");
  EXPECT_EQ(error_of("PutBucketVersioning", {{"Bucket", "shelf"}}), "MalformedXML");
  EXPECT_EQ(error_of("PutBucketVersioning",
                     {{"Bucket", "shelf"}, {"VersioningConfiguration", {{"Status", "On"}}}}),
            "IllegalVersioningConfigurationException");
  EXPECT_EQ(error_of("PutBucketEncryption",
                     {{"Bucket", "shelf"},
                      {"ServerSideEncryptionConfiguration", {{"Rules", Json::array({"text"})}}}}),
            "MalformedXML");
}

}  // namespace
}  // namespace votemu::s3
