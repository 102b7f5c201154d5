#include "core/json.h"
#include "services/s3/limits.h"
#include "tests/unit/s3/s3_test.h"

namespace votemu::s3 {
namespace {

struct Objects : S3Test {
  void SetUp() override { make_bucket(); }
  Json head(const std::string& key) {
    return call("HeadObject", {{"Bucket", "shelf"}, {"Key", key}});
  }
  Json get_range(const std::string& range) {
    return call("GetObject", {{"Bucket", "shelf"}, {"Key", "key"}, {"Range", range}});
  }
};

TEST_F(Objects, ArePutReadAndDeleted) {
  EXPECT_EQ(put("key", "hello")["ETag"], "\"5d41402abc4b2a76b9719d911017c592\"");
  EXPECT_EQ(get("key"), "hello");
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "key"}});
  EXPECT_EQ(error_of("GetObject", {{"Bucket", "shelf"}, {"Key", "key"}}), "NoSuchKey");
  EXPECT_EQ(rows(), 0U);
}

TEST_F(Objects, MayBeEmptyOrHoldAnyBytes) {
  put("empty", "");
  EXPECT_EQ(get("empty"), "");
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  put("bytes", bytes);
  EXPECT_EQ(get("bytes"), bytes);
}

TEST_F(Objects, TellWhatTheClientSaidOfThem) {
  rt.clock.advance(1'500);
  put("key", "hello",
      {{"ContentType", "text/plain"},
       {"CacheControl", "no-cache"},
       {"Metadata", {{"colour", "blue"}}},
       {"Tagging", "team=blue&stage=a%20b"}});
  const auto told = head("key");
  EXPECT_EQ(told["ContentType"], "text/plain");
  EXPECT_EQ(told["CacheControl"], "no-cache");
  EXPECT_EQ(told["Metadata"]["colour"], "blue");
  EXPECT_EQ(told["ContentLength"], 5);
  EXPECT_EQ(told["TagCount"], 2);
  EXPECT_EQ(told["ServerSideEncryption"], "AES256");
  EXPECT_TRUE(told["LastModified"].get<std::string>().ends_with(".000Z"));
  EXPECT_FALSE(told.contains("VersionId"));
}

TEST_F(Objects, HaveAwsTypeWhenTheClientNamesNone) {
  put("key", "hello");
  EXPECT_EQ(head("key")["ContentType"], "binary/octet-stream");
}

TEST_F(Objects, ReplaceOlderOnesAndTheirBytes) {
  put("key", std::string(3 * limits::chunk_bytes + 1, 'a'));
  EXPECT_EQ(rows(), 5U);
  put("key", "b");
  EXPECT_EQ(get("key"), "b");
  EXPECT_EQ(rows(), 2U);
}

TEST_F(Objects, AreReadInRanges) {
  std::string body(2 * limits::chunk_bytes + 10, 'a');
  body.replace(limits::chunk_bytes - 2, 4, "wxyz");
  put("key", body);
  const auto first = std::to_string(limits::chunk_bytes - 2);
  const auto range = get_range("bytes=" + first + "-" + std::to_string(limits::chunk_bytes + 1));
  EXPECT_EQ(range["Body"], "wxyz");
  EXPECT_EQ(range["ContentLength"], 4);
  EXPECT_EQ(range["ContentRange"], "bytes " + first + "-262145/" + std::to_string(body.size()));
  EXPECT_EQ(get_range("bytes=-3")["Body"], "aaa");
  EXPECT_EQ(get_range("bytes=" + std::to_string(body.size() - 2) + "-")["Body"], "aa");
  EXPECT_EQ(get_range("bytes=0-99999999")["ContentLength"], body.size());
}

TEST_F(Objects, TellRangesThatAreNotThere) {
  put("key", "hello");
  EXPECT_THROW(get_range("bytes=5-"), core::AwsError);
  EXPECT_THROW(get_range("bytes=-0"), core::AwsError);
  EXPECT_THROW(get_range("bytes=99999999999999999999-"), core::AwsError);
  EXPECT_EQ(get_range("bytes=1-99999999999999999999")["Body"], "ello");
  EXPECT_EQ(error_of("GetObject", {{"Bucket", "shelf"}, {"Key", "key"}, {"Range", "bytes=9-"}}),
            "InvalidRange");
  for (const auto* nonsense : {"bytes=a-b", "bytes=3-1", "lines=0-1", "bytes=-", "bytes=0-1,3-4"}) {
    EXPECT_EQ(get_range(nonsense)["Body"], "hello") << nonsense;
  }
}

TEST_F(Objects, AreComparedWithTheirDigests) {
  EXPECT_EQ(error_of("PutObject", {{"Bucket", "shelf"},
                                   {"Key", "key"},
                                   {"Body", "hello"},
                                   {"ContentMD5", "XUFAKrxLKna5cZ2REBfFkg=="}}),
            "");
  EXPECT_EQ(message_of("PutObject", {{"Bucket", "shelf"},
                                     {"Key", "key"},
                                     {"Body", "other"},
                                     {"ContentMD5", "XUFAKrxLKna5cZ2REBfFkg=="}}),
            "The Content-MD5 you specified did not match what we received.");
  EXPECT_EQ(
      error_of(
          "PutObject",
          {{"Bucket", "shelf"}, {"Key", "key"}, {"Body", "hello"}, {"ContentMD5", "no digest"}}),
      "InvalidDigest");
}

TEST_F(Objects, AreComparedWithTheirChecksumsAndTellThem) {
  const auto put_answer = put("key", "123456789", {{"ChecksumCRC32", "y/Q5Jg=="}});
  EXPECT_EQ(put_answer["ChecksumCRC32"], "y/Q5Jg==");
  EXPECT_FALSE(head("key").contains("ChecksumCRC32"));
  EXPECT_EQ(
      call("HeadObject",
           {{"Bucket", "shelf"}, {"Key", "key"}, {"ChecksumMode", "ENABLED"}})["ChecksumCRC32"],
      "y/Q5Jg==");
  EXPECT_EQ(
      message_of(
          "PutObject",
          {{"Bucket", "shelf"}, {"Key", "key"}, {"Body", "other"}, {"ChecksumCRC32", "y/Q5Jg=="}}),
      "The CRC32 you specified did not match the calculated checksum.");
  EXPECT_EQ(
      message_of(
          "PutObject",
          {{"Bucket", "shelf"}, {"Key", "key"}, {"Body", "other"}, {"ChecksumCRC32", "AA=="}}),
      "Value for x-amz-checksum-crc32 header is invalid.");
}

TEST_F(Objects, AreReadOnCondition) {
  const auto etag = put("key", "hello")["ETag"].get<std::string>();
  const auto get_if = [&](const char* condition, const std::string& value) {
    return error_of("GetObject", {{"Bucket", "shelf"}, {"Key", "key"}, {condition, value}});
  };
  EXPECT_EQ(get_if("IfMatch", etag), "");
  EXPECT_EQ(get_if("IfMatch", "\"other\""), "PreconditionFailed");
  EXPECT_EQ(get_if("IfNoneMatch", etag), "NotModified");
  EXPECT_EQ(get_if("IfNoneMatch", "\"other\""), "");
  EXPECT_EQ(get_if("IfModifiedSince", "2999-01-01T00:00:00.000Z"), "NotModified");
  EXPECT_EQ(get_if("IfUnmodifiedSince", "1969-01-01T00:00:00.000Z"), "PreconditionFailed");
}

TEST_F(Objects, AreWrittenOnCondition) {
  put("key", "hello");
  EXPECT_EQ(error_of("PutObject", {{"Bucket", "shelf"}, {"Key", "key"}, {"IfNoneMatch", "*"}}),
            "PreconditionFailed");
  EXPECT_EQ(error_of("PutObject", {{"Bucket", "shelf"}, {"Key", "new"}, {"IfNoneMatch", "*"}}), "");
}

TEST_F(Objects, HaveBounds) {
  EXPECT_EQ(error_of("PutObject", {{"Bucket", "shelf"}, {"Key", std::string(1025, 'k')}}),
            "KeyTooLongError");
  EXPECT_EQ(error_of("PutObject", {{"Bucket", "shelf"},
                                   {"Key", "key"},
                                   {"Metadata", {{"long", std::string(2048, 'v')}}}}),
            "MetadataTooLarge");
  EXPECT_EQ(error_of("PutObject", {{"Bucket", "shelf"}, {"Key", "key"}, {"Body", 7}}),
            "SerializationException");
}

TEST_F(Objects, AreCopiedWithoutTheirBytes) {
  put("from", "hello", {{"ContentType", "text/plain"}, {"Tagging", "a=b"}});
  const auto before = rows();
  call("CopyObject", {{"Bucket", "shelf"}, {"Key", "to"}, {"CopySource", "/shelf/from"}});
  EXPECT_EQ(rows(), before + 2);
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "from"}});
  EXPECT_EQ(get("to"), "hello");
  EXPECT_EQ(head("to")["ContentType"], "text/plain");
  EXPECT_EQ(head("to")["TagCount"], 1);
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "to"}});
  EXPECT_EQ(rows(), 0U);
}

TEST_F(Objects, AreCopiedOntoThemselvesOnlyWithAChange) {
  put("key", "hello", {{"ContentType", "text/plain"}});
  Json copy = {{"Bucket", "shelf"}, {"Key", "key"}, {"CopySource", "shelf/key"}};
  EXPECT_EQ(error_of("CopyObject", copy), "InvalidRequest");
  copy.update({{"MetadataDirective", "REPLACE"}, {"ContentType", "text/html"}});
  call("CopyObject", copy);
  EXPECT_EQ(head("key")["ContentType"], "text/html");
  EXPECT_EQ(get("key"), "hello");
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "key"}});
  EXPECT_EQ(rows(), 0U);
}

TEST_F(Objects, AreDeletedManyAtOnce) {
  put("a", "1");
  put("b", "2");
  const auto answer = call(
      "DeleteObjects",
      {{"Bucket", "shelf"},
       {"Delete", {{"Objects", Json::array({{{"Key", "a"}}, {{"Key", "b"}}, {{"Key", "c"}}})}}}});
  EXPECT_EQ(texts(answer["Deleted"], "Key"), (Texts{"a", "b", "c"}));
  EXPECT_EQ(rows(), 0U);
  EXPECT_EQ(error_of("DeleteObjects", {{"Bucket", "shelf"}, {"Delete", {{"Objects", "all"}}}}),
            "SerializationException");
}

TEST_F(Objects, HaveTagsThatCanBeReplaced) {
  put("key", "hello");
  const Json tags = Json::array({{{"Key", "team"}, {"Value", "blue"}}});
  call("PutObjectTagging", {{"Bucket", "shelf"}, {"Key", "key"}, {"Tagging", {{"TagSet", tags}}}});
  EXPECT_EQ(call("GetObjectTagging", {{"Bucket", "shelf"}, {"Key", "key"}})["TagSet"], tags);
  call("DeleteObjectTagging", {{"Bucket", "shelf"}, {"Key", "key"}});
  EXPECT_EQ(call("GetObjectTagging", {{"Bucket", "shelf"}, {"Key", "key"}})["TagSet"],
            Json::array());
  EXPECT_EQ(get("key"), "hello");
}

TEST_F(Objects, AreEncryptedAsTheirBucketSays) {
  call("PutBucketEncryption", {{"Bucket", "shelf"},
                               {"ServerSideEncryptionConfiguration",
                                {{"Rules", Json::array({{{"ApplyServerSideEncryptionByDefault",
                                                          {{"SSEAlgorithm", "aws:kms"}}}}})}}}});
  EXPECT_EQ(put("key", "hello")["ServerSideEncryption"], "aws:kms");
  EXPECT_EQ(put("key", "hello", {{"ServerSideEncryption", "AES256"}})["ServerSideEncryption"],
            "AES256");
}

TEST_F(Objects, AreReadOnAsTheyWereWhenTheyWereOpened) {
  const std::string body(3 * limits::chunk_bytes, 'a');
  put("key", body);
  rt.finish_turn();
  auto opened = service.open(context, {{"Bucket", "shelf"}, {"Key", "key"}});
  EXPECT_EQ(opened.size, body.size());
  std::string read = opened.body->next();
  put("key", "other");
  rt.finish_turn();
  for (auto piece = opened.body->next(); !piece.empty(); piece = opened.body->next()) read += piece;
  EXPECT_EQ(read, body);
}

TEST_F(Objects, AreReadInTheTurnThatWroteThem) {
  put("key", "hello");
  auto opened = service.open(context, {{"Bucket", "shelf"}, {"Key", "key"}});
  rt.finish_turn();
  EXPECT_EQ(opened.body->next(), "hello");
  EXPECT_EQ(opened.body->next(), "");
}

}  // namespace
}  // namespace votemu::s3
