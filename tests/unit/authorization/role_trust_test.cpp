// Who may assume a role.
#include "tests/unit/authorization/authorization_fixture.h"

namespace votemu::authorization {
namespace {

class RoleTrustTest : public AuthorizationTest {
 protected:
  void create_trusting(const std::string& name, const std::string& principal,
                       const std::string& more = "", const std::string& action = "sts:AssumeRole") {
    create_role(name, {{"AssumeRolePolicyDocument",
                        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" +
                            action + R"(","Principal":)" + principal + more + "}}"}});
  }
  bool assumes(const std::string& role, const core::RoleRequest& request) {
    return enforced.role_trust().allows(*core::RoleArn::parse(role_arn(role)), request);
  }
  bool root_assumes(const std::string& role, const std::string& of = account) {
    return assumes(role, {"sts:AssumeRole", of, {}, {}, "s"});
  }
  bool session_assumes(const std::string& role, const std::string& by) {
    return assumes(role, {"sts:AssumeRole", account, session_of(by).session, {}, "s"});
  }
  bool guest_assumes(const std::string& role, const std::string& pool,
                     const std::string& method = "unauthenticated") {
    const core::WebIdentity guest{"cognito-identity.amazonaws.com", "us-east-1:me", pool, {method}};
    return assumes(role, {"sts:AssumeRoleWithWebIdentity", "", {}, guest, "s"});
  }
};

TEST_F(RoleTrustTest, TheAccountAssumesRolesThatTrustIt) {
  create_trusting("deployer", R"({"AWS":"000000000000"})");
  create_trusting("worker", R"({"Service":"lambda.amazonaws.com"})");
  create_trusting("partner", R"({"AWS":"arn:aws:iam::111122223333:root"})");
  EXPECT_TRUE(root_assumes("deployer"));
  EXPECT_FALSE(root_assumes("worker"));
  EXPECT_FALSE(root_assumes("partner"));
  EXPECT_TRUE(root_assumes("partner", "111122223333"));
  EXPECT_FALSE(root_assumes("nobody"));
}

TEST_F(RoleTrustTest, ASessionNeedsToBeNamedOrToHaveARightOfItsOwn) {
  create_role("caller");
  create_trusting("by-name", R"({"AWS":")" + role_arn("caller") + "\"}");
  create_trusting("by-account", R"({"AWS":"arn:aws:iam::000000000000:root"})");
  EXPECT_TRUE(session_assumes("by-name", "caller"));
  EXPECT_FALSE(session_assumes("by-account", "caller"));
  put_policy("caller", allow(R"("sts:AssumeRole")", "\"" + role_arn("by-account") + "\""));
  EXPECT_TRUE(session_assumes("by-account", "caller"));
}

TEST_F(RoleTrustTest, AnExternalIdMayBeAskedFor) {
  create_trusting("partner", R"({"AWS":"000000000000"})",
                  R"(,"Condition":{"StringEquals":{"sts:ExternalId":"secret"}})");
  core::RoleRequest request{"sts:AssumeRole", account, {}, {}, "s"};
  EXPECT_FALSE(assumes("partner", request));
  request.external_id = "secret";
  EXPECT_TRUE(assumes("partner", request));
}

TEST_F(RoleTrustTest, GuestsComeFromThePoolThatTheRoleNames) {
  create_trusting("guest", R"({"Federated":"cognito-identity.amazonaws.com"})",
                  R"(,"Condition":{
                    "StringEquals":{"cognito-identity.amazonaws.com:aud":"us-east-1:pool"},
                    "ForAnyValue:StringLike":{"cognito-identity.amazonaws.com:amr":"unauthenticated"}})",
                  "sts:AssumeRoleWithWebIdentity");
  EXPECT_TRUE(guest_assumes("guest", "us-east-1:pool"));
  EXPECT_FALSE(guest_assumes("guest", "us-east-1:other"));
  EXPECT_FALSE(guest_assumes("guest", "us-east-1:pool", "authenticated"));
  EXPECT_FALSE(root_assumes("guest"));
}

TEST_F(RoleTrustTest, AWarningLetsEverybodyIn) {
  const Authorization warning(core.runtime, sources, Mode::warn);
  EXPECT_TRUE(warning.role_trust().allows(*core::RoleArn::parse(role_arn("nobody")),
                                          {"sts:AssumeRole", account, {}, {}, "s"}));
}

TEST_F(RoleTrustTest, ASessionPolicyMustBeOneThatCanBeEvaluated) {
  const auto check = enforced.role_trust().check_policy;
  EXPECT_NO_THROW(check(allow(R"("sqs:*")")));
  EXPECT_THROW(check(R"({"Version":"2012-10-17"})"), core::AwsError);
}

}  // namespace
}  // namespace votemu::authorization
