#include "wire/credential.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

Credential signed_with(const std::string& authorization) {
  HttpRequest request;
  request.headers.add("authorization", authorization);
  return credential_of(request);
}

TEST(Credential, IsReadFromTheAuthorizationHeader) {
  for (const auto* separator : {", ", ",", " , "}) {
    const auto credential =
        signed_with("AWS4-HMAC-SHA256 Credential=AKIA1/20250522/eu-west-1/dynamodb/aws4_request" +
                    std::string(separator) + "SignedHeaders=host" + separator + "Signature=ab");
    EXPECT_EQ(credential.access_key, "AKIA1");
    EXPECT_EQ(credential.region, "eu-west-1");
    EXPECT_EQ(credential.service, "dynamodb");
  }
}

TEST(Credential, IsReadFromAPresignedUrl) {
  HttpRequest request;
  request.target =
      "/mqtt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
      "&X-Amz-Credential=AKIA1%2F20250522%2Fus-west-2%2Fiotdevicegateway%2Faws4_request"
      "&X-Amz-Signature=ab";
  const auto credential = credential_of(request);
  EXPECT_EQ(credential.access_key, "AKIA1");
  EXPECT_EQ(credential.region, "us-west-2");
  EXPECT_EQ(credential.service, "iotdevicegateway");
}

TEST(Credential, IsEmptyWhenThereIsNoneOrItIsMalformed) {
  for (const auto* authorization :
       {"", "Bearer x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f",
        "AWS4-HMAC-SHA256 Signature=x", "Basic Credential=a/b/c/d/e"}) {
    const auto credential = signed_with(authorization);
    EXPECT_EQ(credential.access_key, "") << authorization;
    EXPECT_EQ(credential.region, "") << authorization;
    EXPECT_EQ(credential.service, "") << authorization;
  }
  EXPECT_EQ(credential_of({}).service, "");
}

TEST(Credential, IsTheOneThatIsVerified) {
  const std::string other = "AKIA2/20250522/eu-west-1/sqs/aws4_request";
  const std::string own = "Credential=AKIA1/20250522/eu-west-1/sqs/aws4_request";
  EXPECT_EQ(signed_with("AWS4-HMAC-SHA256 XCredential=" + other + ", " + own).access_key, "AKIA1");
  EXPECT_EQ(signed_with("AWS4-HMAC-SHA256 " + own + ", Credential=" + other).access_key, "AKIA1");

  HttpRequest presigned;
  presigned.target =
      "/?AWSAccessKeyId=AKIA2&XX-Amz-Credential=AKIA2%2F20250522%2Fr%2Fsqs%2Faws4_request"
      "&X-Amz-Credential=AKIA1%2F20250522%2Fr%2Fsqs%2Faws4_request&X-Amz-Signature=ab";
  EXPECT_EQ(credential_of(presigned).access_key, "AKIA1");
  presigned.headers.add("Authorization", "AWS AKIA2:c2lnbmF0dXJl");
  EXPECT_EQ(credential_of(presigned).access_key, "AKIA1");
}

TEST(Scope, HasTheAccountOfA12DigitAccessKey) {
  EXPECT_EQ(scope_of({"123456789012", "eu-west-1", "sqs"}),
            (core::Scope{"123456789012", "eu-west-1"}));
  for (const auto* key :
       {"test", "", "12345678901", "1234567890123", "12345678901a", "AKIA12345678"}) {
    EXPECT_EQ(scope_of({key, "", ""}), core::Scope()) << key;
  }
}

TEST(Scope, HasNoRegionThatCouldNotBeOne) {
  for (const auto& region : {std::string("a:b"), std::string("a/b"), std::string("\xff"),
                             std::string("a b"), std::string(65, 'a')}) {
    EXPECT_EQ(scope_of({"test", region, "sqs"}), core::Scope()) << region;
  }
  EXPECT_EQ(scope_of({"test", "local", "sqs"}).region, "local");
}

TEST(Credential, OfSignatureVersion2IsForS3) {
  HttpRequest request;
  request.target = "/shelf/key?AWSAccessKeyId=AKIA1&Signature=a%2Bb%3D&Expires=1700000000";
  EXPECT_EQ(credential_of(request).service, "s3");
  EXPECT_EQ(credential_of(request).access_key, "AKIA1");
  EXPECT_EQ(signed_with("AWS AKIA1:c2lnbmF0dXJl").access_key, "AKIA1");
  EXPECT_EQ(signed_with("AWS AKIA1:c2lnbmF0dXJl").service, "s3");
}

TEST(SessionToken, IsInAHeaderOrTheQuery) {
  HttpRequest request;
  request.target = "/mqtt?X-Amz-Date=1&X-Amz-Security-Token=a%2Bb%3D&X-Amz-Signature=c";
  EXPECT_EQ(session_token_of(request), "a+b=");
  request.target = "/";
  EXPECT_EQ(session_token_of(request), "");
  request.headers.add("x-amz-security-token", "d+e=");
  EXPECT_EQ(session_token_of(request), "d+e=");
}

}  // namespace
}  // namespace votemu::wire
