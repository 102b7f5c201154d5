#include "services/iam/evaluation.h"

#include <gtest/gtest.h>

#include <list>

namespace votemu::iam {
namespace {

using Outcome = Decision::Outcome;

constexpr const char* queue = "arn:aws:sqs:us-east-1:000000000000:votes";
constexpr const char* role = "arn:aws:iam::000000000000:role/app/worker";
constexpr const char* session = "arn:aws:sts::000000000000:assumed-role/worker/w1";

// One statement: the effect and what it is about.
std::string statement(const std::string& effect, const std::string& rest) {
  return R"({"Effect":")" + effect + R"(",)" + rest + "}";
}

class EvaluationTest : public ::testing::Test {
 protected:
  void identity(const std::string& statements) { add(policies.identity, statements); }
  void boundary(const std::string& statements) { add(policies.boundary, statements); }
  void of_session(const std::string& statements) { add(policies.session, statements); }
  void resource(const std::string& statements) { add(policies.resource, statements); }

  Decision decide(const std::string& action = "sqs:SendMessage", const std::string& on = queue) {
    const core::Access access{action, on, context};
    const RequestKeys request_keys(access.context, keys, {});
    return evaluate(policies, {access, requester, request_keys});
  }
  bool allowed(const std::string& action = "sqs:SendMessage", const std::string& on = queue) {
    return decide(action, on).allowed();
  }
  void expect(Outcome outcome, PolicyKind by) {
    const Decision decision = decide();
    EXPECT_EQ(decision.outcome, outcome);
    EXPECT_EQ(decision.by, by);
  }

  Policies policies;
  Requester requester{"000000000000", session, role, "", ""};
  std::vector<core::ConditionKey> keys;
  std::vector<core::ConditionKey> context;
  std::string version = "2012-10-17";

 private:
  void add(Policies::Documents& to, const std::string& statements) {
    documents_.push_back(parse_policy_document(
        R"({"Version":")" + version + R"(","Statement":[)" + statements + "]}",
        PolicyUse::resource));
    to.push_back(&documents_.back());
  }
  std::list<PolicyDocument> documents_;
};

const std::string send_votes =
    statement("Allow", R"("Action":"sqs:SendMessage","Resource":")" + std::string(queue) + '"');
const std::string allow_all = statement("Allow", R"("Action":"*","Resource":"*")");

TEST_F(EvaluationTest, NothingIsAllowedUnlessAPolicySaysSo) {
  expect(Outcome::implicitly_denied, PolicyKind::identity);
  identity(send_votes);
  EXPECT_TRUE(allowed());
  EXPECT_FALSE(allowed("sqs:ReceiveMessage"));
  EXPECT_FALSE(allowed("sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:others"));
}

TEST_F(EvaluationTest, RootNeedsNoPolicyOfItsOwn) {
  policies.is_root = true;
  EXPECT_TRUE(allowed());
  resource(statement("Deny", R"("Principal":"*","Action":"*","Resource":"*")"));
  expect(Outcome::explicitly_denied, PolicyKind::resource);
}

TEST_F(EvaluationTest, AnExplicitDenyWins) {
  identity(allow_all);
  identity(statement("Deny", R"("Action":"sqs:Send*","Resource":"*")"));
  expect(Outcome::explicitly_denied, PolicyKind::identity);
  EXPECT_TRUE(allowed("sqs:ReceiveMessage"));
}

TEST_F(EvaluationTest, ActionsAreMatchedInAnyCaseAndWithWildcards) {
  identity(statement("Allow", R"("Action":["SQS:send*","s3:Get?bject"],"Resource":"*")"));
  EXPECT_TRUE(allowed("sqs:SendMessage"));
  EXPECT_TRUE(allowed("s3:GetObject"));
  EXPECT_FALSE(allowed("sqs:ReceiveMessage"));
}

TEST_F(EvaluationTest, NotActionAndNotResource) {
  identity(statement("Allow", R"("NotAction":["iam:*","sts:*"],"NotResource":"arn:aws:s3:::*")"));
  EXPECT_TRUE(allowed());
  EXPECT_FALSE(allowed("iam:CreateRole", "*"));
  EXPECT_FALSE(allowed("s3:GetObject", "arn:aws:s3:::bucket/key"));
}

TEST_F(EvaluationTest, AnActionWithoutResourcesNeedsTheAsterisk) {
  identity(statement("Allow", R"("Action":"*","Resource":"arn:aws:sqs:*:*:*")"));
  EXPECT_TRUE(allowed());
  EXPECT_FALSE(allowed("iot:DescribeEndpoint", "*"));
}

TEST_F(EvaluationTest, VariablesAreKnownSince2012) {
  const std::string own = statement(
      "Allow",
      R"("Action":"iot:Connect","Resource":"arn:aws:iot:r:0:client/${cognito-identity.amazonaws.com:sub}")");
  keys = {{"cognito-identity.amazonaws.com:sub", {"us-east-1:me"}}};
  const char* client = "arn:aws:iot:r:0:client/us-east-1:me";
  version = "2008-10-17";
  identity(own);
  EXPECT_FALSE(allowed("iot:Connect", client));
  policies.identity.clear();
  version = "2012-10-17";
  identity(own);
  EXPECT_TRUE(allowed("iot:Connect", client));
  EXPECT_FALSE(allowed("iot:Connect", "arn:aws:iot:r:0:client/us-east-1:you"));
  EXPECT_FALSE(
      allowed("iot:Connect", "arn:aws:iot:r:0:client/${cognito-identity.amazonaws.com:sub}"));
}

TEST_F(EvaluationTest, AllConditionsMustHold) {
  identity(statement("Allow",
                     R"("Action":"*","Resource":"*","Condition":{
                        "StringEquals":{"a":"1","b":["2","3"]},"Bool":{"c":true}})"));
  context = {{"a", {"1"}}, {"b", {"3"}}};
  EXPECT_FALSE(allowed());
  keys = {{"c", {"true"}}};
  EXPECT_TRUE(allowed());
  context = {{"a", {"1"}}, {"b", {"4"}}};
  EXPECT_FALSE(allowed());
}

TEST_F(EvaluationTest, ABoundaryMustAllowToo) {
  identity(allow_all);
  boundary(statement("Allow", R"("Action":"s3:*","Resource":"*")"));
  expect(Outcome::implicitly_denied, PolicyKind::boundary);
  boundary(send_votes);
  EXPECT_TRUE(allowed());
  boundary(statement("Deny", R"("Action":"sqs:*","Resource":"*")"));
  expect(Outcome::explicitly_denied, PolicyKind::boundary);
}

TEST_F(EvaluationTest, ABoundaryAloneAllowsNothing) {
  boundary(allow_all);
  expect(Outcome::implicitly_denied, PolicyKind::identity);
}

TEST_F(EvaluationTest, SessionPoliciesNarrow) {
  identity(allow_all);
  of_session(statement("Allow", R"("Action":"s3:*","Resource":"*")"));
  expect(Outcome::implicitly_denied, PolicyKind::session);
  of_session(send_votes);  // any of them will do
  EXPECT_TRUE(allowed());
  of_session(statement("Deny", R"("Action":"sqs:*","Resource":"*")"));
  expect(Outcome::explicitly_denied, PolicyKind::session);
}

std::string to(const std::string& principal) {
  return statement("Allow", R"("Principal":)" + principal + R"(,"Action":"sqs:*","Resource":"*")");
}
const std::string to_role = to(R"({"AWS":"arn:aws:iam::000000000000:role/app/worker"})");
const std::string to_session =
    to(R"({"AWS":["arn:aws:sts::000000000000:assumed-role/worker/w1"]})");
const std::string to_account = to(R"({"AWS":"arn:aws:iam::000000000000:root"})");

TEST_F(EvaluationTest, AResourceMayAllowARoleThatHasNoPolicy) {
  resource(to(R"({"AWS":"arn:aws:iam::000000000000:role/app/other"})"));
  expect(Outcome::implicitly_denied, PolicyKind::identity);
  resource(to_role);
  EXPECT_TRUE(allowed());
}

TEST_F(EvaluationTest, ToAllowTheAccountLeavesItToTheAccount) {
  resource(to_account);
  resource(to(R"({"AWS":"000000000000"})"));
  EXPECT_FALSE(allowed());
  identity(send_votes);
  EXPECT_TRUE(allowed());
}

TEST_F(EvaluationTest, WhatARoleIsAllowedIsLimitedByBoundaryAndSession) {
  resource(to_role);
  boundary(statement("Allow", R"("Action":"s3:*","Resource":"*")"));
  expect(Outcome::implicitly_denied, PolicyKind::boundary);
  resource(to_session);  // a session that is named itself is not
  EXPECT_TRUE(allowed());
}

TEST_F(EvaluationTest, EverybodyMayBeAllowed) {
  requester = {};
  expect(Outcome::implicitly_denied, PolicyKind::identity);
  resource(to(R"({"AWS":"*"})"));
  EXPECT_TRUE(allowed());
  policies.resource.clear();
  resource(to("\"*\""));
  EXPECT_TRUE(allowed());
  policies.resource.clear();
  resource(to_account);
  EXPECT_FALSE(allowed());
}

TEST_F(EvaluationTest, EverybodyButSomeMayBeDenied) {
  identity(allow_all);
  resource(R"({"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::000000000000:role/app/other"},
               "Action":"*","Resource":"*"})");
  expect(Outcome::explicitly_denied, PolicyKind::resource);
  policies.resource.clear();
  resource(R"({"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::000000000000:role/app/worker"]},
               "Action":"*","Resource":"*"})");
  EXPECT_TRUE(allowed());
}

TEST_F(EvaluationTest, ServicesAndIdentityProvidersAreNamedByType) {
  requester = {"", "", "", "", "sns.amazonaws.com"};
  resource(to(R"({"Service":"sns.amazonaws.com"})"));
  EXPECT_TRUE(allowed());
  requester = {"", "", "", "cognito-identity.amazonaws.com", ""};
  EXPECT_FALSE(allowed());
  resource(to(R"({"Federated":"cognito-identity.amazonaws.com"})"));
  EXPECT_TRUE(allowed());
}

TEST_F(EvaluationTest, AnotherAccountsResourceNeedsBothSides) {
  policies.cross_account = true;
  identity(send_votes);
  expect(Outcome::implicitly_denied, PolicyKind::resource);
  resource(to_account);
  EXPECT_TRUE(allowed());
  policies.identity.clear();
  expect(Outcome::implicitly_denied, PolicyKind::identity);
}

TEST_F(EvaluationTest, TrustIsGivenToThoseWhoAreNamed) {
  const core::Access access{"sts:AssumeRole", role};
  const RequestKeys none({}, {}, {});
  const auto trust = [&](const std::string& principal) {
    const auto document = parse_policy_document(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":)" +
            principal + "}}",
        PolicyUse::trust);
    return trust_of(document, {access, requester, none});
  };
  EXPECT_EQ(trust(R"({"Service":"lambda.amazonaws.com"})"), Trust::denied);
  EXPECT_EQ(trust(R"({"AWS":"arn:aws:iam::000000000000:root"})"), Trust::account);
  EXPECT_EQ(trust(R"({"AWS":"arn:aws:iam::000000000000:role/app/worker"})"), Trust::given);
}

}  // namespace
}  // namespace votemu::iam
