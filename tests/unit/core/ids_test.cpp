#include "core/ids.h"

#include <gtest/gtest.h>

namespace votemu::core {
namespace {

TEST(Scope, IsTheDefaultUntilToldOtherwise) {
  const Scope scope;
  EXPECT_EQ(scope.account, "000000000000");
  EXPECT_EQ(scope.region, "us-east-1");
}

TEST(Arn, IsWrittenForAScope) {
  const auto arn = Arn::in({"123456789012", "eu-west-1"}, "sqs", "votes");
  EXPECT_EQ(arn.text(), "arn:aws:sqs:eu-west-1:123456789012:votes");
}

TEST(Arn, IsReadBackWithTheColonsOfItsResource) {
  const std::string text = "arn:aws:lambda:us-east-1:000000000000:function:votes:$LATEST";
  const auto arn = Arn::parse(text);
  ASSERT_TRUE(arn);
  EXPECT_EQ(arn->service, "lambda");
  EXPECT_EQ(arn->resource, "function:votes:$LATEST");
  EXPECT_EQ(arn->scope(), Scope());
  EXPECT_EQ(arn->text(), text);
}

TEST(Arn, MayHaveNoRegionOrAccount) {
  const auto arn = Arn::parse("arn:aws:s3:::bucket/key");
  ASSERT_TRUE(arn);
  EXPECT_EQ(arn->region, "");
  EXPECT_EQ(arn->resource, "bucket/key");
}

TEST(Arn, IsRefusedWhenItIsNone) {
  for (const auto* text :
       {"", "votes", "arn:aws:sqs:us-east-1:000000000000",
        "arn:aws:sqs:us-east-1:000000000000:", "arn:aws::us-east-1:0:votes",
        "urn:aws:sqs:us-east-1:000000000000:votes", "arn:gcp:sqs:us-east-1:000000000000:votes"}) {
    EXPECT_FALSE(Arn::parse(text)) << text;
  }
}

}  // namespace
}  // namespace votemu::core
