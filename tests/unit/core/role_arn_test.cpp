#include "core/role_arn.h"

#include <gtest/gtest.h>

namespace votemu::core {
namespace {

TEST(RoleArn, IsReadWithAndWithoutAPath) {
  const auto plain = RoleArn::parse("arn:aws:iam::111122223333:role/guest");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->account, "111122223333");
  EXPECT_EQ(plain->name, "guest");
  EXPECT_EQ(RoleArn::parse("arn:aws:iam::111122223333:role/service-role/a/guest")->name, "guest");
}

TEST(RoleArn, IsNothingElse) {
  for (const auto* text :
       {"", "guest", "arn:aws:iam::111122223333:user/guest", "arn:aws:iam::1:role/guest",
        "arn:aws:sts::111122223333:role/guest", "arn:aws:iam:us-east-1:111122223333:role/guest",
        "arn:aws:iam::111122223333:role/"}) {
    EXPECT_FALSE(RoleArn::parse(text)) << text;
  }
}

TEST(RoleArn, LosesItsPathWhenItIsAssumed) {
  EXPECT_EQ(RoleArn::parse("arn:aws:iam::111122223333:role/a/guest")->assumed("me"),
            "arn:aws:sts::111122223333:assumed-role/guest/me");
}

TEST(RoleId, IsWhatIsKnownOfTheRole) {
  const RoleLookup lookup = [](const RoleArn&) { return KnownRole{"AROAKNOWN"}; };
  EXPECT_EQ(role_id(lookup, *RoleArn::parse("arn:aws:iam::111122223333:role/guest")), "AROAKNOWN");
}

TEST(RoleId, FollowsFromTheArnOfAnUnknownRole) {
  const auto id = [](const char* arn) { return role_id({}, *RoleArn::parse(arn)); };
  EXPECT_EQ(id("arn:aws:iam::111122223333:role/guest").size(), 21U);
  EXPECT_EQ(id("arn:aws:iam::111122223333:role/guest"), id("arn:aws:iam::111122223333:role/guest"));
  EXPECT_NE(id("arn:aws:iam::111122223333:role/guest"), id("arn:aws:iam::111122223333:role/other"));
}

}  // namespace
}  // namespace votemu::core
