#include "wire/sigv4.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

// What AWS's documentation and botocore sign these requests with.
constexpr const char* documented_secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr const char* documented_s3_secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr const char* empty_hash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string authorization(const std::string& scope, const std::string& headers,
                          const std::string& hex) {
  return "AWS4-HMAC-SHA256 Credential=" + scope + "/aws4_request, SignedHeaders=" + headers +
         ", Signature=" + hex;
}

std::optional<Refusal> refusal_of(const HttpRequest& request, const std::string& secret) {
  try {
    check_signature(request, signature_of(request), secret);
  } catch (const Refusal& refusal) {
    return refusal;
  }
  return std::nullopt;
}

bool is_right(const HttpRequest& request, const std::string& secret) {
  return !refusal_of(request, secret);
}

HttpRequest list_users() {
  return {"GET",
          "/?Action=ListUsers&Version=2010-05-08",
          {{"Host", "iam.amazonaws.com"},
           {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
           {"X-Amz-Date", "20150830T123600Z"},
           {"Authorization",
            authorization("AKIDEXAMPLE/20150830/us-east-1/iam", "content-type;host;x-amz-date",
                          "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")}},
          "",
          ""};
}

HttpRequest scan() {
  return {"POST",
          "/",
          {{"Host", "localhost:4566"},
           {"Content-Type", "application/x-amz-json-1.0"},
           {"X-Amz-Target", "DynamoDB_20120810.Scan"},
           {"X-Amz-Date", "20250522T073929Z"},
           {"Authorization",
            authorization("test/20250522/us-east-1/dynamodb",
                          "content-type;host;x-amz-date;x-amz-target",
                          "0748db7366f2e5ff28987e4f106caf292de9ba13cb67bbe793167a201a29a33d")}},
          R"({"TableName":"t"})",
          ""};
}

HttpRequest presigned(const std::string& path, const std::string& service,
                      const std::string& expires, const std::string& hex) {
  return {"GET",
          path +
              "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20250522%2Fus-east-1%2F" +
              service + "%2Faws4_request&X-Amz-Date=20250522T073929Z&X-Amz-Expires=" + expires +
              "&X-Amz-SignedHeaders=host&X-Amz-Signature=" + hex,
          {{"Host", "localhost:4566"}},
          "",
          ""};
}

HttpRequest mqtt() {
  return presigned("/mqtt", "iotdevicegateway", "86400",
                   "cf8234179aa4d356e1a8eefeef0ddf39527810776988aab608ff200e31a7a26e");
}

TEST(SigV4, TheDocumentedExampleIsRight) {
  EXPECT_TRUE(is_right(list_users(), documented_secret));
}

TEST(SigV4, AnotherSecretIsNot) {
  const auto refusal = refusal_of(list_users(), "another");
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->kind, RefusalKind::mismatch);
  EXPECT_EQ(refusal->message, "");
}

TEST(SigV4, TheDocumentedObjectOfS3IsRight) {
  const HttpRequest get{
      "GET",
      "/test.txt",
      {{"Host", "examplebucket.s3.amazonaws.com"},
       {"Range", "bytes=0-9"},
       {"x-amz-content-sha256", empty_hash},
       {"x-amz-date", "20130524T000000Z"},
       {"Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"}},
      "",
      ""};
  EXPECT_TRUE(is_right(get, documented_s3_secret));
}

TEST(SigV4, ABodyIsSigned) {
  auto request = scan();
  EXPECT_TRUE(is_right(request, "test"));
  request.body = R"({"TableName":"u"})";
  EXPECT_FALSE(is_right(request, "test"));
}

TEST(SigV4, SoIsEveryHeaderThatIsNamed) {
  auto request = scan();
  request.headers.set("X-Amz-Target", "DynamoDB_20120810.DeleteTable");
  EXPECT_FALSE(is_right(request, "test"));
  request = scan();
  request.headers.set("Content-Type", "  application/x-amz-json-1.0 ");
  EXPECT_TRUE(is_right(request, "test")) << "white space around a value does not count";
}

TEST(SigV4, APathIsEncodedOnceMoreExceptForS3) {
  const HttpRequest get{
      "GET",
      "/2015-03-31/functions/"
      "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aa%20b?Marker=x%2Fy%20z&B=1&A=2",
      {{"Host", "localhost:4566"},
       {"X-Amz-Date", "20250522T073929Z"},
       {"Authorization",
        authorization("test/20250522/us-east-1/lambda", "host;x-amz-date",
                      "6bbd671fd8340785f396b6c7818a692c0400ceea70d66908cd6744f8e4e8821f")}},
      "",
      ""};
  EXPECT_TRUE(is_right(get, "test"));
  EXPECT_TRUE(
      is_right(presigned("/bucket/a%20b//c%2Bd.txt", "s3", "60",
                         "590ac18dd7ce303401b554a0553955e7f030b6c517545ae13091366468f90c89"),
               "test"));
}

TEST(SigV4, IotsSessionTokenIsOutsideOfTheSignature) {
  auto request = mqtt();
  EXPECT_TRUE(is_right(request, "test"));
  request.target += "&X-Amz-Security-Token=anything";
  EXPECT_TRUE(is_right(request, "test"));
  request.target += "&more=1";
  EXPECT_FALSE(is_right(request, "test"));
}

TEST(SigV4, TheHostMustBeSigned) {
  auto request = scan();
  request.headers.set("Authorization", authorization("test/20250522/us-east-1/dynamodb",
                                                     "x-amz-date", std::string(64, '0')));
  EXPECT_EQ(refusal_of(request, "test")->message,
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

TEST(SigV4, AnotherHashThanTheBodysIsToldApart) {
  auto request = scan();
  request.headers.add("x-amz-content-sha256", empty_hash);
  EXPECT_EQ(refusal_of(request, "test")->kind, RefusalKind::payload);
}

TEST(SigV4, WhatIsMissingIsNamed) {
  HttpRequest request{"POST", "/", {{"Host", "h"}}, "", ""};
  EXPECT_EQ(refusal_of(request, "")->kind, RefusalKind::not_signed);

  request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request");
  const auto refusal = refusal_of(request, "");
  EXPECT_EQ(refusal->kind, RefusalKind::incomplete);
  EXPECT_EQ(refusal->message,
            "Authorization header requires 'Signature' parameter. Authorization header requires "
            "'SignedHeaders' parameter. Authorization header requires existence of either a "
            "'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256");

  request.headers.set("Authorization", "Bearer abc");
  EXPECT_EQ(refusal_of(request, "")->kind, RefusalKind::incomplete);
}

TEST(SigV4, ACredentialHasFiveParts) {
  auto request = scan();
  request.headers.set("Authorization",
                      "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0");
  EXPECT_EQ(refusal_of(request, "")->message,
            "Credential must have exactly 5 slash-delimited elements, e.g. "
            "keyid/date/region/service/term, got 'a/b'");
}

class SignatureTime : public ::testing::Test {
 protected:
  static constexpr std::int64_t signed_ms = 1'747'899'569'000;

  static std::optional<Refusal> at(const HttpRequest& request, std::int64_t now_ms) {
    try {
      check_time(signature_of(request), now_ms);
    } catch (const Refusal& refusal) {
      return refusal;
    }
    return std::nullopt;
  }
};

TEST_F(SignatureTime, IsReadAndWritten) {
  EXPECT_EQ(signature_time_ms("20250522T073929Z"), signed_ms);
  EXPECT_EQ(signature_time(signed_ms), "20250522T073929Z");
  EXPECT_EQ(signature_time_ms("20250532T073929Z"), std::nullopt);
  EXPECT_EQ(signature_time_ms("2025-05-22T07:39Z"), std::nullopt);
}

TEST_F(SignatureTime, MayBeFiveMinutesOff) {
  EXPECT_FALSE(at(scan(), signed_ms + 300'000));
  EXPECT_FALSE(at(scan(), signed_ms - 300'000));
  EXPECT_EQ(at(scan(), signed_ms + 301'000)->message,
            "Signature expired: 20250522T073929Z is now earlier than 20250522T073930Z "
            "(20250522T074430Z - 5 min.)");
  EXPECT_EQ(at(scan(), signed_ms - 301'000)->message,
            "Signature not yet current: 20250522T073929Z is still later than 20250522T073928Z "
            "(20250522T073428Z + 5 min.)");
}

TEST_F(SignatureTime, IsWhatAPresignedUrlSays) {
  EXPECT_FALSE(at(mqtt(), signed_ms + 86'399'000));
  EXPECT_EQ(at(mqtt(), signed_ms + 86'400'000)->kind, RefusalKind::url_expired);
}

TEST_F(SignatureTime, OfAPresignedUrlEndsAfterAWeekWhateverItSays) {
  const auto url = presigned("/mqtt", "iotdevicegateway", "18446744073709551615", "00");
  EXPECT_FALSE(at(url, signed_ms + 604'799'000));
  EXPECT_EQ(at(url, signed_ms + 604'800'000)->kind, RefusalKind::url_expired);
}

TEST_F(SignatureTime, IsOfTheDayOfItsScope) {
  auto request = scan();
  request.headers.set("X-Amz-Date", "20250523T000000Z");
  EXPECT_EQ(at(request, signed_ms)->message,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
            "HTTP: '20250522' != '20250523', from '20250523T000000Z'.");
}

}  // namespace
}  // namespace votemu::wire
