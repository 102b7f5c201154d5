#include "services/lambda/function_name.h"

#include <gtest/gtest.h>

#include "core/aws_error.h"

namespace votemu::lambda {
namespace {

std::string qualified_arn(std::string_view text) {
  return parse_function_name({"000000000000", "us-east-1"}, text).qualified_arn();
}

TEST(FunctionName, MayBeginAtAnyPartOfItsArn) {
  const std::string arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
  EXPECT_EQ(qualified_arn(arn), arn);
  EXPECT_EQ(qualified_arn("123456789012:function:f"), arn);
  EXPECT_EQ(qualified_arn("123456789012:f"), arn);
  EXPECT_EQ(qualified_arn("123456789012:f:$LATEST"), arn + ":$LATEST");
  EXPECT_EQ(qualified_arn("function:f:3"), "arn:aws:lambda:us-east-1:000000000000:function:f:3");
}

TEST(FunctionName, OfTwelveDigitsIsNoAccountWithoutAName) {
  const std::string arn = "arn:aws:lambda:us-east-1:000000000000:function:123456789012";
  EXPECT_EQ(qualified_arn("123456789012"), arn);
  EXPECT_EQ(qualified_arn("123456789012:$LATEST"), arn + ":$LATEST");
  EXPECT_THROW(qualified_arn("123456789012:f g"), core::AwsError);
}

}  // namespace
}  // namespace votemu::lambda
