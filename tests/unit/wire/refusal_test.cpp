#include "wire/refusal.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

std::string told(RefusalKind kind, Protocol protocol) {
  const auto error = refused({kind}, protocol);
  return std::to_string(error.http_status()) + " " + error.code();
}

TEST(Refusal, EachProtocolHasItsOwnCode) {
  EXPECT_EQ(told(RefusalKind::unknown_key, Protocol::json), "400 UnrecognizedClientException");
  EXPECT_EQ(told(RefusalKind::unknown_key, Protocol::query), "403 InvalidClientTokenId");
  EXPECT_EQ(told(RefusalKind::unknown_key, Protocol::rest_json), "403 UnrecognizedClientException");
  EXPECT_EQ(told(RefusalKind::unknown_key, Protocol::s3), "403 InvalidAccessKeyId");
  EXPECT_EQ(told(RefusalKind::not_signed, Protocol::json),
            "400 MissingAuthenticationTokenException");
  EXPECT_EQ(told(RefusalKind::not_signed, Protocol::s3), "403 AccessDenied");
  EXPECT_EQ(told(RefusalKind::mismatch, Protocol::query), "403 SignatureDoesNotMatch");
  EXPECT_EQ(told(RefusalKind::expired_token, Protocol::query), "403 ExpiredToken");
  EXPECT_EQ(told(RefusalKind::payload, Protocol::s3), "400 XAmzContentSHA256Mismatch");
  EXPECT_EQ(told(RefusalKind::url_expired, Protocol::s3), "403 AccessDenied");
}

TEST(Refusal, WhatExactlyWasWrongIsTold) {
  const Refusal refusal{RefusalKind::expired, "Signature expired: …"};
  EXPECT_EQ(refused(refusal, Protocol::json).message(), "Signature expired: …");
  EXPECT_EQ(refused(refusal, Protocol::s3).message(),
            "The difference between the request time and the current time is too large.");
}

}  // namespace
}  // namespace votemu::wire
