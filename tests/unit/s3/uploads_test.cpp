#include "services/s3/limits.h"
#include "tests/unit/s3/s3_test.h"

namespace votemu::s3 {
namespace {

struct Uploads : S3Test {
  void SetUp() override { make_bucket(); }
  Json named(const Json& upload) {
    return {{"Bucket", "shelf"}, {"Key", "key"}, {"UploadId", upload["UploadId"]}};
  }
  Json begin(Json request = Json::object()) {
    request.update({{"Bucket", "shelf"}, {"Key", "key"}});
    return call("CreateMultipartUpload", request);
  }
  Json part(const Json& upload, int number, const std::string& body) {
    Json request = named(upload);
    request.update({{"PartNumber", number}, {"Body", body}});
    return call("UploadPart", request);
  }
  Json completion(const Json& upload, Json parts) {
    Json request = named(upload);
    request["MultipartUpload"] = {{"Parts", std::move(parts)}};
    return request;
  }
  static Json listed(int number, const Json& part) {
    return {{"PartNumber", number}, {"ETag", part["ETag"]}};
  }
  // Copies of the one upload that there is, under other ids.
  void fill_with_uploads(std::size_t count) {
    const core::Key uploads(core::Table::s3_upload);
    const std::string row(rt.store.scan(uploads).value());
    const core::Key in_shelf(core::Table::s3_upload, {context.scope.account, "aws-global"});
    for (std::size_t i = 0; i < count; ++i) {
      core::Key key = in_shelf;
      rt.store.put(key.text("shelf").text("key").text(std::to_string(i)), row);
    }
  }
  const std::string large = std::string(limits::min_part_bytes, 'a');
};

TEST_F(Uploads, BecomeAnObject) {
  const auto upload = begin({{"ContentType", "text/plain"}});
  const auto one = part(upload, 1, large);
  const auto two = part(upload, 2, "tail");
  const auto done = call("CompleteMultipartUpload",
                         completion(upload, Json::array({listed(1, one), listed(2, two)})));
  EXPECT_TRUE(done["ETag"].get<std::string>().ends_with("-2\""));
  EXPECT_EQ(get("key"), large + "tail");
  const auto head = call("HeadObject", {{"Bucket", "shelf"}, {"Key", "key"}, {"PartNumber", 2}});
  EXPECT_EQ(head["ContentLength"], 4);
  EXPECT_EQ(head["PartsCount"], 2);
  EXPECT_EQ(head["ContentType"], "text/plain");
  EXPECT_EQ(error_of("ListParts", named(upload)), "NoSuchUpload");
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "key"}});
  EXPECT_EQ(rows(), 0U);
}

TEST_F(Uploads, LeaveOutPartsThatAreNotListed) {
  const auto upload = begin();
  part(upload, 1, "unused");
  const auto two = part(upload, 2, "used");
  call("CompleteMultipartUpload", completion(upload, Json::array({listed(2, two)})));
  EXPECT_EQ(get("key"), "used");
  EXPECT_EQ(rows(), 2U);
}

TEST_F(Uploads, ReplacePartsOfTheSameNumber) {
  const auto upload = begin();
  part(upload, 1, "first");
  const auto again = part(upload, 1, "second");
  call("CompleteMultipartUpload", completion(upload, Json::array({listed(1, again)})));
  EXPECT_EQ(get("key"), "second");
  EXPECT_EQ(rows(), 2U);
}

TEST_F(Uploads, AreCompleteOnlyWithTheirOwnPartsInOrder) {
  const auto upload = begin();
  const auto one = part(upload, 1, large);
  const auto two = part(upload, 2, "tail");
  const auto error_with = [&](Json parts) {
    return error_of("CompleteMultipartUpload", completion(upload, std::move(parts)));
  };
  EXPECT_EQ(error_with(Json::array({listed(2, two), listed(1, one)})), "InvalidPartOrder");
  EXPECT_EQ(error_with(Json::array({listed(1, two)})), "InvalidPart");
  EXPECT_EQ(error_with(Json::array({listed(3, two)})), "InvalidPart");
  EXPECT_EQ(error_with(Json::array()), "MalformedXML");
  EXPECT_EQ(error_with(Json::array({"text"})), "MalformedXML");
  EXPECT_EQ(error_with(Json::array({listed(1, one), listed(2, two)})), "");
}

TEST_F(Uploads, NeedLargeParts) {
  const auto upload = begin();
  const auto one = part(upload, 1, "small");
  const auto two = part(upload, 2, "tail");
  EXPECT_EQ(error_of("CompleteMultipartUpload",
                     completion(upload, Json::array({listed(1, one), listed(2, two)}))),
            "EntityTooSmall");
}

TEST_F(Uploads, AreAborted) {
  const auto upload = begin();
  part(upload, 1, "part");
  call("AbortMultipartUpload", named(upload));
  EXPECT_EQ(rows(), 0U);
  EXPECT_EQ(error_of("AbortMultipartUpload", named(upload)), "NoSuchUpload");
}

TEST_F(Uploads, AreListedWithTheirParts) {
  const auto upload = begin();
  part(upload, 3, "part");
  part(upload, 1, "part");
  const auto uploads = call("ListMultipartUploads", {{"Bucket", "shelf"}});
  EXPECT_EQ(uploads["Uploads"][0]["UploadId"], upload["UploadId"]);
  Json request = named(upload);
  request["MaxParts"] = 1;
  const auto first = call("ListParts", request);
  EXPECT_EQ(first["Parts"][0]["PartNumber"], 1);
  EXPECT_EQ(first["IsTruncated"], true);
  request["PartNumberMarker"] = first["NextPartNumberMarker"];
  EXPECT_EQ(call("ListParts", request)["Parts"][0]["PartNumber"], 3);
}

TEST_F(Uploads, HaveNumberedParts) {
  const auto upload = begin();
  Json request = named(upload);
  for (const int number : {0, 10'001, -1}) {
    request["PartNumber"] = number;
    EXPECT_EQ(message_of("UploadPart", request),
              "Part number must be an integer between 1 and 10000, inclusive");
  }
}

TEST_F(Uploads, TellTheChecksumOfTheWhole) {
  const auto upload = begin({{"ChecksumAlgorithm", "CRC32"}, {"ChecksumType", "FULL_OBJECT"}});
  const auto one = part(upload, 1, large);
  const auto two = part(upload, 2, "tail");
  const auto done = call("CompleteMultipartUpload",
                         completion(upload, Json::array({listed(1, one), listed(2, two)})));
  const auto whole = put("whole", large + "tail", {{"ChecksumAlgorithm", "CRC32"}});
  EXPECT_EQ(done["ChecksumCRC32"], whole["ChecksumCRC32"]);
}

TEST_F(Uploads, TellTheChecksumOfTheirChecksums) {
  const auto upload = begin({{"ChecksumAlgorithm", "SHA256"}});
  const auto one = part(upload, 1, "only");
  const auto done =
      call("CompleteMultipartUpload", completion(upload, Json::array({listed(1, one)})));
  EXPECT_EQ(done["ChecksumType"], "COMPOSITE");
  EXPECT_TRUE(done["ChecksumSHA256"].get<std::string>().ends_with("-1"));
  EXPECT_EQ(error_of("CreateMultipartUpload", {{"Bucket", "shelf"},
                                               {"Key", "key"},
                                               {"ChecksumAlgorithm", "SHA256"},
                                               {"ChecksumType", "FULL_OBJECT"}}),
            "InvalidRequest");
}

TEST_F(Uploads, ThatAreForgottenGoWhenAnotherBegins) {
  const auto old = begin();
  part(old, 1, "part");
  rt.clock.advance(limits::upload_lifetime_ms + 1);
  begin();
  EXPECT_EQ(error_of("ListParts", named(old)), "NoSuchUpload");
  EXPECT_EQ(rows(), 1U);
}

TEST_F(Uploads, MakeRoomForNewOnesOnlyWhenTheyAreForgotten) {
  begin();
  fill_with_uploads(limits::max_uploads_per_bucket - 1);
  const Json another = {{"Bucket", "shelf"}, {"Key", "another"}};
  EXPECT_EQ(error_of("CreateMultipartUpload", another), "SlowDown");
  rt.clock.advance(limits::upload_lifetime_ms + 1);
  EXPECT_EQ(error_of("CreateMultipartUpload", another), "");
}

TEST_F(Uploads, MayHaveALastPartWithoutBytes) {
  const auto upload = begin();
  const auto one = part(upload, 1, large);
  const auto two = part(upload, 2, "");
  call("CompleteMultipartUpload",
       completion(upload, Json::array({listed(1, one), listed(2, two)})));
  Json request = {{"Bucket", "shelf"}, {"Key", "key"}, {"PartNumber", 2}};
  const auto last = call("GetObject", request);
  EXPECT_EQ(last["Body"], "");
  EXPECT_EQ(last["ContentLength"], 0);
  EXPECT_FALSE(last.contains("ContentRange"));
  request["PartNumber"] = 1;
  EXPECT_EQ(call("HeadObject", request)["ContentLength"], limits::min_part_bytes);
  request["PartNumber"] = 3;
  EXPECT_EQ(error_of("GetObject", request), "InvalidPartNumber");
}

TEST_F(Uploads, TakePartsFromObjects) {
  put("source", "0123456789");
  const auto upload = begin();
  Json request = named(upload);
  request.update(
      {{"PartNumber", 1}, {"CopySource", "shelf/source"}, {"CopySourceRange", "bytes=2-4"}});
  const auto copied = call("UploadPartCopy", request)["CopyPartResult"];
  call("CompleteMultipartUpload", completion(upload, Json::array({listed(1, copied)})));
  EXPECT_EQ(get("key"), "234");
}

}  // namespace
}  // namespace votemu::s3
