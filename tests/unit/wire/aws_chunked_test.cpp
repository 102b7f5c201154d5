#include "wire/aws_chunked.h"

#include <gtest/gtest.h>

#include "core/aws_error.h"

namespace votemu::wire {
namespace {

HttpRequest chunked(std::string body, Headers headers = {}) {
  return {"PUT", "/shelf/key", std::move(headers), std::move(body), ""};
}

TEST(AwsChunked, IsToldByItsHeaders) {
  EXPECT_TRUE(is_aws_chunked(
      chunked("", {{"x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"}})));
  EXPECT_TRUE(is_aws_chunked(chunked("", {{"Content-Encoding", "gzip, aws-chunked"}})));
  EXPECT_FALSE(is_aws_chunked(chunked("", {{"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}})));
}

TEST(AwsChunked, IsDecodedWithSignatures) {
  const auto body = decode_aws_chunked(chunked(
      "5;chunk-signature=ab\r\nhello\r\n1;chunk-signature=cd\r\n!\r\n0;chunk-signature=ef\r\n\r\n",
      {{"x-amz-decoded-content-length", "6"}}));
  EXPECT_EQ(body.bytes, "hello!");
}

TEST(AwsChunked, IsDecodedWithTrailers) {
  const auto body =
      decode_aws_chunked(chunked("A\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n"));
  EXPECT_EQ(body.bytes, "0123456789");
  EXPECT_EQ(body.trailers.get("x-amz-checksum-crc32"), "y/Q5Jg==");
}

TEST(AwsChunked, IsRefusedWhenItIsBroken) {
  for (const auto* body : {"", "5\r\nhell", "5\r\nhello", "5\r\nhello!!", "x\r\n", "-1\r\n",
                           "ffffffffffffffffff\r\n", "5\r\nhello\r\n"}) {
    EXPECT_THROW(decode_aws_chunked(chunked(body)), core::AwsError) << body;
  }
  EXPECT_THROW(
      decode_aws_chunked(chunked("1\r\na\r\n0\r\n\r\n", {{"x-amz-decoded-content-length", "2"}})),
      core::AwsError);
}

TEST(AwsChunked, IsNoEncodingOfTheObject) {
  EXPECT_EQ(content_encoding_of(chunked("", {{"Content-Encoding", "aws-chunked"}})), "");
  EXPECT_EQ(content_encoding_of(chunked("", {{"Content-Encoding", "aws-chunked, gzip"}})), "gzip");
}

}  // namespace
}  // namespace votemu::wire
