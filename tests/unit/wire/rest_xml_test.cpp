#include "wire/rest_xml.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

using core::Json;

HttpRequest request(const std::string& method, const std::string& target, Headers headers = {},
                    std::string body = "") {
  return {method, target, std::move(headers), std::move(body), "127.0.0.1"};
}

const S3Call shelf{"shelf", ""};
const S3Call key{"shelf", "key"};

std::string operation(const std::string& method, const std::string& query, const S3Call& call,
                      Headers headers = {}) {
  try {
    const auto decoded = decode_s3(request(method, "/?" + query, std::move(headers)), call);
    return std::string(decoded.route->operation);
  } catch (const core::AwsError& error) {
    return error.code();
  }
}

const S3Route& route(const std::string& name) {
  for (const auto routes : {s3_bucket_routes(), s3_object_routes()}) {
    for (const auto& one : routes) {
      if (one.operation == name) return one;
    }
  }
  throw std::logic_error(name);
}

TEST(RestXml, TellsOperationsByMethodPathAndParameters) {
  EXPECT_EQ(operation("GET", "", {}), "ListBuckets");
  EXPECT_EQ(operation("PUT", "", shelf), "CreateBucket");
  EXPECT_EQ(operation("GET", "", shelf), "ListObjects");
  EXPECT_EQ(operation("GET", "list-type=2", shelf), "ListObjectsV2");
  EXPECT_EQ(operation("GET", "versions", shelf), "ListObjectVersions");
  EXPECT_EQ(operation("PUT", "versioning", shelf), "PutBucketVersioning");
  EXPECT_EQ(operation("POST", "delete=", shelf), "DeleteObjects");
  EXPECT_EQ(operation("PUT", "", key), "PutObject");
  EXPECT_EQ(operation("PUT", "x-id=PutObject", key), "PutObject");
  EXPECT_EQ(operation("PUT", "", key, {{"x-amz-copy-source", "shelf/a"}}), "CopyObject");
  EXPECT_EQ(operation("PUT", "partNumber=1&uploadId=u", key), "UploadPart");
  EXPECT_EQ(operation("GET", "partNumber=1", key), "GetObject");
  EXPECT_EQ(operation("GET", "uploadId=u", key), "ListParts");
}

TEST(RestXml, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(operation("PUT", "inventory", shelf), "NotImplemented");
  EXPECT_EQ(operation("DELETE", "retention", key), "NotImplemented");
  EXPECT_EQ(operation("POST", "", {}), "MethodNotAllowed");
  EXPECT_EQ(operation("PATCH", "", key), "MethodNotAllowed");
  EXPECT_EQ(operation("PUT", "", {"shelf", "\xff"}), "InvalidURI");
}

TEST(RestXml, TakesMembersFromHeadersAndQuery) {
  const auto decoded = decode_s3(request("PUT", "/shelf/key?versionId=v%2B1",
                                         {{"content-type", "text/plain"},
                                          {"X-Amz-Meta-Colour", "blue"},
                                          {"If-None-Match", "*"},
                                          {"x-amz-checksum-crc32", "AAAA"}},
                                         "bytes"),
                                 key);
  const Json expected = {{"Bucket", "shelf"},  {"Key", "key"},
                         {"VersionId", "v+1"}, {"ContentType", "text/plain"},
                         {"IfNoneMatch", "*"}, {"ChecksumCRC32", "AAAA"},
                         {"Body", "bytes"},    {"Metadata", {{"colour", "blue"}}}};
  EXPECT_EQ(decoded.members, expected);
}

TEST(RestXml, TakesTimesAsHttpHasThem) {
  const auto decoded = decode_s3(request("GET", "/",
                                         {{"If-Modified-Since", "Thu, 22 May 2025 07:39:29 GMT"},
                                          {"If-Unmodified-Since", "yesterday"}}),
                                 key);
  EXPECT_EQ(decoded.members["IfModifiedSince"], "2025-05-22T07:39:29.000Z");
  EXPECT_FALSE(decoded.members.contains("IfUnmodifiedSince"));
}

TEST(RestXml, ReadsBodiesInXml) {
  const auto decoded = decode_s3(
      request("POST", "/shelf?delete", {},
              "<Delete><Object><Key> a </Key></Object><Object><Key>b</Key><VersionId>1</VersionId>"
              "</Object><Quiet>true</Quiet></Delete>"),
      shelf);
  const Json objects = Json::array({{{"Key", " a "}}, {{"Key", "b"}, {"VersionId", "1"}}});
  EXPECT_EQ(decoded.members["Delete"]["Objects"], objects);
  EXPECT_EQ(decoded.members["Delete"]["Quiet"], true);
}

TEST(RestXml, ReadsListsWithAndWithoutTheirOwnElement) {
  const auto tags = decode_s3(
      request("PUT", "/shelf?tagging", {},
              "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"),
      shelf);
  EXPECT_EQ(tags.members["Tagging"]["TagSet"][0]["Value"], "b");
  const auto rules = decode_s3(
      request("PUT", "/shelf?encryption", {},
              "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
              "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
              "</ServerSideEncryptionConfiguration>"),
      shelf);
  EXPECT_EQ(rules.members["ServerSideEncryptionConfiguration"]["Rules"][0]
                         ["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"],
            "AES256");
}

TEST(RestXml, RefusesOtherRootsAndValues) {
  const auto error = [](const std::string& body) -> std::string {
    try {
      decode_s3(request("POST", "/shelf?delete", {}, body), shelf);
    } catch (const core::AwsError& problem) {
      return problem.code();
    }
    return "";
  };
  EXPECT_EQ(error("<Remove/>"), "MalformedXML");
  EXPECT_EQ(error("<Delete><Quiet>perhaps</Quiet></Delete>"), "MalformedXML");
  EXPECT_EQ(error("<Delete/>"), "");
}

TEST(RestXml, TakesTrailersOfChunkedBodiesAsHeaders) {
  const auto decoded =
      decode_s3(request("PUT", "/shelf/key",
                        {{"Content-Encoding", "aws-chunked"},
                         {"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}},
                        "2\r\nab\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n"),
                key);
  EXPECT_EQ(decoded.members["Body"], "ab");
  EXPECT_EQ(decoded.members["ChecksumCRC32"], "AAAA");
  EXPECT_FALSE(decoded.members.contains("ContentEncoding"));
}

TEST(RestXml, WritesMembersInXml) {
  const auto response = encode_s3(
      route("ListBuckets"),
      {{"Buckets", Json::array({{{"Name", "a<b"}, {"CreationDate", "2025-05-22T07:39:29.000Z"}}})},
       {"Owner", {{"ID", "me"}}}},
      "REQUEST");
  EXPECT_EQ(
      response.body,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<Buckets><Bucket><Name>a&lt;b</Name><CreationDate>2025-05-22T07:39:29.000Z"
      "</CreationDate></Bucket></Buckets><Owner><ID>me</ID></Owner></ListAllMyBucketsResult>");
  EXPECT_EQ(response.headers.get("x-amz-request-id"), "REQUEST");
}

TEST(RestXml, WritesAFirstRegionBucketsLocationAsNothing) {
  EXPECT_TRUE(encode_s3(route("GetBucketLocation"), Json::object(), "R")
                  .body.ends_with("01/\"></LocationConstraint>"));
  EXPECT_TRUE(encode_s3(route("GetBucketLocation"), {{"LocationConstraint", "eu-west-1"}}, "R")
                  .body.ends_with("01/\">eu-west-1</LocationConstraint>"));
}

TEST(RestXml, WritesWhatIsNotInTheBodyAsHeaders) {
  const auto response = encode_s3(route("GetObject"),
                                  {{"ETag", "\"e\""},
                                   {"LastModified", "2025-05-22T07:39:29.000Z"},
                                   {"ContentLength", 5},
                                   {"ContentRange", "bytes 0-4/9"},
                                   {"DeleteMarker", true},
                                   {"Metadata", {{"colour", "blue"}}}},
                                  "R");
  EXPECT_EQ(response.status, 206);
  EXPECT_EQ(response.rest_size, 5U);
  EXPECT_EQ(response.headers.get("ETag"), "\"e\"");
  EXPECT_EQ(response.headers.get("Last-Modified"), "Thu, 22 May 2025 07:39:29 GMT");
  EXPECT_EQ(response.headers.get("x-amz-delete-marker"), "true");
  EXPECT_EQ(response.headers.get("x-amz-meta-colour"), "blue");
}

TEST(RestXml, WritesErrorsAsS3Does) {
  const core::AwsError error("NoSuchBucket", "The specified bucket does not exist", 404,
                             R"({"BucketName": "shelf", "headers": {"x-amz-hint": "h"}})");
  const auto response = encode_s3_error(request("GET", "/shelf"), error, "R");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.headers.get("x-amz-hint"), "h");
  EXPECT_EQ(response.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchBucket</Code><Message>"
            "The specified bucket does not exist</Message><BucketName>shelf</BucketName>"
            "<RequestId>R</RequestId><HostId>UlJS</HostId></Error>");
  EXPECT_EQ(encode_s3_error(request("HEAD", "/shelf"), error, "R").body, "");
}

}  // namespace
}  // namespace votemu::wire
