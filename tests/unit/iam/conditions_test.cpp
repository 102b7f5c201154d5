#include "services/iam/conditions.h"

#include <gtest/gtest.h>

namespace votemu::iam {
namespace {

using core::ConditionKey;
using Values = std::vector<std::string>;

const std::vector<ConditionKey> request{
    {"aws:SourceIp", {"203.0.113.9"}},
    {"aws:CurrentTime", {"2025-06-15T12:30:45Z"}},
    {"aws:EpochTime", {"1749990645"}},
    {"aws:SecureTransport", {"true"}},
    {"aws:SourceArn", {"arn:aws:sqs:us-east-1:000000000000:votes"}},
    {"aws:PrincipalTag/team", {"blue"}},
    {"s3:prefix", {"home/ann/*"}},
    {"s3:max-keys", {"10"}},
    {"cognito-identity.amazonaws.com:amr", {"unauthenticated"}},
    {"aws:TagKeys", {"cost", "owner"}},
    {"dynamodb:LeadingKeys", {"ann"}},
};

bool holds_for(const std::string& test, const std::string& key, Values values) {
  return holds({test, key, std::move(values)}, {RequestKeys(request, {}, {}), true});
}

struct Case1 {
  const char* test;
  const char* key;
  Values values;
  bool holds;
};

void expect_all(const std::vector<Case1>& cases) {
  for (const auto& [test, key, values, holds] : cases) {
    EXPECT_EQ(holds_for(test, key, values), holds)
        << test << " " << key << " " << ::testing::PrintToString(values);
  }
}

TEST(ConditionsTest, Strings) {
  expect_all({
      {"StringEquals", "aws:PrincipalTag/team", {"blue"}, true},
      {"StringEquals", "AWS:principaltag/TEAM", {"blue"}, true},
      {"StringEquals", "aws:PrincipalTag/team", {"Blue"}, false},
      {"StringEquals", "aws:PrincipalTag/team", {"red", "blue"}, true},
      {"StringEquals", "aws:PrincipalTag/team", {"bl*"}, false},
      {"StringNotEquals", "aws:PrincipalTag/team", {"red", "blue"}, false},
      {"StringNotEquals", "aws:PrincipalTag/team", {"red"}, true},
      {"StringEqualsIgnoreCase", "aws:PrincipalTag/team", {"BLUE"}, true},
      {"StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", {"BLUE"}, false},
      {"StringLike", "aws:PrincipalTag/team", {"bl*"}, true},
      {"StringLike", "aws:PrincipalTag/team", {"bl?"}, false},
      {"StringNotLike", "aws:PrincipalTag/team", {"bl*"}, false},
      {"StringLike", "s3:prefix", {"home/${dynamodb:LeadingKeys}/*"}, true},
      {"StringEquals", "s3:prefix", {"home/${dynamodb:LeadingKeys}/${*}"}, true},
      {"StringEquals", "s3:prefix", {"${aws:username}"}, false},
      {"BinaryEquals", "aws:PrincipalTag/team", {"blue"}, true},
  });
}

TEST(ConditionsTest, Numbers) {
  expect_all({
      {"NumericEquals", "s3:max-keys", {"10.0"}, true},
      {"NumericEquals", "s3:max-keys", {"ten"}, false},
      {"NumericNotEquals", "s3:max-keys", {"11"}, true},
      {"NumericLessThan", "s3:max-keys", {"10"}, false},
      {"NumericLessThan", "s3:max-keys", {"10.5"}, true},
      {"NumericLessThanEquals", "s3:max-keys", {"10"}, true},
      {"NumericGreaterThan", "s3:max-keys", {"9"}, true},
      {"NumericGreaterThanEquals", "s3:max-keys", {"11"}, false},
  });
}

TEST(ConditionsTest, Dates) {
  expect_all({
      {"DateEquals", "aws:CurrentTime", {"2025-06-15T14:30:45+02:00"}, true},
      {"DateEquals", "aws:CurrentTime", {"1749990645"}, true},
      {"DateNotEquals", "aws:CurrentTime", {"2025-06-15T12:30:45.5Z"}, true},
      {"DateLessThan", "aws:CurrentTime", {"2025-06-15T12:31Z"}, true},
      {"DateLessThan", "aws:CurrentTime", {"2025-06-15"}, false},
      {"DateGreaterThan", "aws:CurrentTime", {"2025"}, true},
      {"DateGreaterThan", "aws:CurrentTime", {"2025-07"}, false},
      {"DateLessThanEquals", "aws:EpochTime", {"2025-06-15T12:30:45Z"}, true},
      {"DateGreaterThanEquals", "aws:EpochTime", {"1749990646"}, false},
      {"DateLessThan", "aws:CurrentTime", {"tomorrow"}, false},
      {"DateLessThan", "aws:CurrentTime", {"2025-13-45"}, false},
  });
}

TEST(ConditionsTest, Booleans) {
  expect_all({
      {"Bool", "aws:SecureTransport", {"true"}, true},
      {"Bool", "aws:SecureTransport", {"True"}, true},
      {"Bool", "aws:SecureTransport", {"false"}, false},
  });
}

TEST(ConditionsTest, Addresses) {
  expect_all({
      {"IpAddress", "aws:SourceIp", {"203.0.113.0/24"}, true},
      {"IpAddress", "aws:SourceIp", {"203.0.113.9"}, true},
      {"IpAddress", "aws:SourceIp", {"203.0.113.8/32"}, false},
      {"IpAddress", "aws:SourceIp", {"198.51.100.0/24", "203.0.113.8/31"}, true},
      {"IpAddress", "aws:SourceIp", {"0.0.0.0/0"}, true},
      {"IpAddress", "aws:SourceIp", {"2001:db8::/32"}, false},
      {"IpAddress", "aws:SourceIp", {"::ffff:203.0.113.0/120"}, true},
      {"IpAddress", "aws:SourceIp", {"203.0.113.0/33"}, false},
      {"IpAddress", "aws:SourceIp", {"here"}, false},
      {"NotIpAddress", "aws:SourceIp", {"203.0.113.0/24"}, false},
      {"NotIpAddress", "aws:SourceIp", {"10.0.0.0/8", "192.168.0.0/16"}, true},
  });
  const std::vector<ConditionKey> version_6{{"aws:SourceIp", {"2001:db8::9"}}};
  const Variables variables{RequestKeys(version_6, {}, {}), true};
  EXPECT_TRUE(holds({"IpAddress", "aws:SourceIp", {"2001:db8::/32"}}, variables));
  EXPECT_FALSE(holds({"IpAddress", "aws:SourceIp", {"2001:db9::/32"}}, variables));
}

TEST(ConditionsTest, Arns) {
  expect_all({
      {"ArnEquals", "aws:SourceArn", {"arn:aws:sqs:us-east-1:000000000000:votes"}, true},
      {"ArnEquals", "aws:SourceArn", {"arn:aws:sqs:*:*:vot?s"}, true},
      {"ArnLike", "aws:SourceArn", {"arn:aws:sqs:us-*:000000000000:*"}, true},
      {"ArnLike", "aws:SourceArn", {"arn:aws:sqs:*:votes"}, false},
      {"ArnLike", "aws:SourceArn", {"arn:aws:sqs:*"}, false},
      {"ArnNotLike", "aws:SourceArn", {"arn:aws:sqs:*:*:votes"}, false},
      {"ArnNotEquals", "aws:SourceArn", {"arn:aws:sqs:*:*:other"}, true},
  });
}

TEST(ConditionsTest, WhatTheRequestDoesNotSay) {
  expect_all({
      {"StringEquals", "absent", {"x"}, false},
      {"StringLike", "absent", {"*"}, false},
      {"StringNotEquals", "absent", {"x"}, true},
      {"NotIpAddress", "absent", {"10.0.0.0/8"}, true},
      {"NumericNotEquals", "absent", {"1"}, true},
      {"ArnNotLike", "absent", {"*"}, true},
      {"NumericLessThan", "absent", {"1"}, false},
      {"Bool", "absent", {"false"}, false},
      {"StringEqualsIfExists", "absent", {"x"}, true},
      {"BoolIfExists", "absent", {"true"}, true},
      {"StringEqualsIfExists", "aws:PrincipalTag/team", {"red"}, false},
      {"Null", "absent", {"true"}, true},
      {"Null", "absent", {"false"}, false},
      {"Null", "aws:SourceIp", {"true"}, false},
      {"Null", "aws:SourceIp", {"false"}, true},
  });
}

TEST(ConditionsTest, SetsOfValues) {
  expect_all({
      {"ForAnyValue:StringLike", "cognito-identity.amazonaws.com:amr", {"unauthenticated"}, true},
      {"ForAnyValue:StringLike", "cognito-identity.amazonaws.com:amr", {"authenticated"}, false},
      {"ForAnyValue:StringEquals", "aws:TagKeys", {"owner", "team"}, true},
      {"ForAnyValue:StringEquals", "aws:TagKeys", {"team"}, false},
      {"ForAnyValue:StringEquals", "absent", {"x"}, false},
      {"ForAnyValue:StringNotEquals", "absent", {"x"}, false},
      {"ForAnyValue:StringNotEquals", "aws:TagKeys", {"owner"}, true},
      {"ForAnyValue:StringNotEquals", "aws:TagKeys", {"owner", "cost"}, false},
      {"ForAllValues:StringEquals", "aws:TagKeys", {"owner", "cost", "team"}, true},
      {"ForAllValues:StringEquals", "aws:TagKeys", {"owner"}, false},
      {"ForAllValues:StringEquals", "absent", {"x"}, true},
      {"ForAllValues:StringNotEquals", "aws:TagKeys", {"owner"}, false},
      {"ForAllValues:StringLike", "aws:TagKeys", {"*o*"}, true},
      {"StringNotEquals", "aws:TagKeys", {"owner"}, false},
  });
}

TEST(ConditionsTest, AnUnknownOperatorNeverHolds) {
  EXPECT_FALSE(holds_for("StringSounds", "aws:PrincipalTag/team", {"blue"}));
}

}  // namespace
}  // namespace votemu::iam
