// STS's shapes on the wire.
#include <gtest/gtest.h>

#include "wire/query_services.h"

namespace votemu::wire {
namespace {

using core::Json;

TEST(QuerySts, AWebIdentitysRequestAndAnswer) {
  const auto& service = *find_query_service_of_version("2011-06-15");
  const auto form = parse_form(
      "Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Aaws%3Aiam&RoleSessionName=web&"
      "WebIdentityToken=a.b.c&DurationSeconds=900&Version=2011-06-15");
  const auto& operation = query_operation(service, form);
  EXPECT_EQ(query_request(operation, form), (Json{{"RoleArn", "arn:aws:iam"},
                                                  {"RoleSessionName", "web"},
                                                  {"WebIdentityToken", "a.b.c"},
                                                  {"DurationSeconds", 900}}));
  EXPECT_EQ(query_response(service, operation,
                           {{"Credentials", {{"AccessKeyId", "ASIA"}, {"Expiration", "2025"}}},
                            {"SubjectFromWebIdentityToken", "id"},
                            {"AssumedRoleUser", {{"Arn", "arn"}}}},
                           "request-1"),
            "<?xml version=\"1.0\"?><AssumeRoleWithWebIdentityResponse "
            "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleWithWebIdentityResult>"
            "<Credentials><AccessKeyId>ASIA</AccessKeyId><Expiration>2025</Expiration>"
            "</Credentials><SubjectFromWebIdentityToken>id</SubjectFromWebIdentityToken>"
            "<AssumedRoleUser><Arn>arn</Arn></AssumedRoleUser></AssumeRoleWithWebIdentityResult>"
            "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>"
            "</AssumeRoleWithWebIdentityResponse>");
}

TEST(QuerySts, IsFoundByItsSigningName) {
  ASSERT_NE(find_query_service("sts"), nullptr);
  EXPECT_EQ(find_query_service("sts")->version, "2011-06-15");
}

}  // namespace
}  // namespace votemu::wire
