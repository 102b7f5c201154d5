#include "services/iam/policy_document.h"

#include <gtest/gtest.h>

#include "core/aws_error.h"

namespace votemu::iam {
namespace {

std::string problem(std::string_view text, PolicyUse use) {
  try {
    parse_policy_document(text, use);
  } catch (const core::AwsError& error) {
    EXPECT_EQ(error.code(), "MalformedPolicyDocument");
    return error.what();
  }
  return "";
}

std::string inlined(const std::string& statement) {
  return problem(R"({"Statement":[)" + statement + "]}", PolicyUse::inlined);
}

std::string trust(const std::string& statement) {
  return problem(R"({"Version":"2012-10-17","Statement":[)" + statement + "]}", PolicyUse::trust);
}

TEST(PolicyDocument, ReadsEveryElement) {
  const auto document = parse_policy_document(
      R"({"Version":"2012-10-17","Id":"me","Statement":{"Sid":"One","Effect":"Deny",
          "NotAction":["s3:Get*","sqs:*"],"NotResource":"arn:aws:s3:::b/*",
          "Condition":{"StringEquals":{"aws:a":["x","y"]},"Bool":{"aws:b":true},
                       "NumericLessThan":{"aws:c":7}}}})",
      PolicyUse::managed);
  EXPECT_EQ(document.version, "2012-10-17");
  EXPECT_EQ(document.id, "me");
  ASSERT_EQ(document.statements.size(), 1U);
  const auto& statement = document.statements[0];
  EXPECT_EQ(statement.sid, "One");
  EXPECT_EQ(statement.effect, Effect::deny);
  EXPECT_TRUE(statement.actions.negated);
  EXPECT_EQ(statement.actions.values, (std::vector<std::string>{"s3:Get*", "sqs:*"}));
  EXPECT_TRUE(statement.resources.negated);
  EXPECT_EQ(statement.resources.values, (std::vector<std::string>{"arn:aws:s3:::b/*"}));
  ASSERT_EQ(statement.conditions.size(), 3U);
  EXPECT_EQ(statement.conditions[0].test, "Bool");
  EXPECT_EQ(statement.conditions[0].values, (std::vector<std::string>{"true"}));
  EXPECT_EQ(statement.conditions[1].values, (std::vector<std::string>{"7"}));
  EXPECT_EQ(statement.conditions[2].key, "aws:a");
  EXPECT_EQ(statement.conditions[2].values, (std::vector<std::string>{"x", "y"}));
}

TEST(PolicyDocument, ReadsPrincipals) {
  const auto document = parse_policy_document(
      R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":
          {"AWS":["000000000000","arn:aws:iam::111111111111:root"],
           "Federated":"cognito-identity.amazonaws.com"}}})",
      PolicyUse::trust);
  const auto& principals = document.statements[0].principals;
  ASSERT_EQ(principals.size(), 3U);
  EXPECT_EQ(principals[0].type, "AWS");
  EXPECT_EQ(principals[1].value, "arn:aws:iam::111111111111:root");
  EXPECT_EQ(principals[2].type, "Federated");
}

TEST(PolicyDocument, WhatIsNoPolicyIsASyntaxError) {
  for (const char* text : {"{", "[]", "7", "{}", R"({"Statement":[]})", R"({"Statement":[7]})",
                           R"({"Version":"2011-10-17","Statement":[]})",
                           R"({"Version":7,"Statement":[]})", R"({"Other":1,"Statement":[]})"}) {
    EXPECT_EQ(problem(text, PolicyUse::inlined), "Syntax errors in policy.") << text;
  }
  for (const char* statement :
       {R"({"Action":"*","Resource":"*"})", R"({"Effect":"Maybe","Action":"*","Resource":"*"})",
        R"({"Effect":"Allow","Action":7,"Resource":"*"})",
        R"({"Effect":"Allow","Action":[7],"Resource":"*"})",
        R"({"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"})",
        R"({"Effect":"Allow","Action":"*","Resource":{"a":"b"}})",
        R"({"Effect":"Allow","Action":"*","Resource":"*","Sid":7})",
        R"({"Effect":"Allow","Action":"*","Resource":"*","Extra":7})",
        R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":[]})",
        R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Same":{"a":"b"}}})",
        R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":{}}}})"}) {
    EXPECT_EQ(inlined(statement), "Syntax errors in policy.") << statement;
  }
}

TEST(PolicyDocument, OnlyManagedPoliciesMustBeOfTheNewVersion) {
  const char* text = R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
  EXPECT_EQ(problem(text, PolicyUse::inlined), "");
  EXPECT_EQ(problem(text, PolicyUse::managed),
            "Policy document must be version 2012-10-17 or greater.");
}

TEST(PolicyDocument, StatementsOfIdentitiesSayWhatAndOnWhat) {
  EXPECT_EQ(inlined(R"({"Effect":"Allow","Resource":"*"})"),
            "Policy statement must contain actions.");
  EXPECT_EQ(inlined(R"({"Effect":"Allow","Action":[],"Resource":"*"})"),
            "Policy statement must contain actions.");
  EXPECT_EQ(inlined(R"({"Effect":"Allow","Action":"*"})"),
            "Policy statement must contain resources.");
  EXPECT_EQ(inlined(R"({"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"})"),
            "Policy document should not specify a principal.");
  EXPECT_EQ(inlined(R"({"Effect":"allow","Action":"*","Resource":"*"})"),
            "The policy failed legacy parsing");
}

TEST(PolicyDocument, ResourcesAreArns) {
  const auto with_resource = [](const std::string& resource) {
    return inlined(R"({"Effect":"Allow","Action":"*","Resource":")" + resource + "\"}");
  };
  EXPECT_EQ(with_resource("arn:aws:dynamodb:us-east-1:000000000000:table/votes/index/*"), "");
  EXPECT_EQ(with_resource("arn:aws:s3:::bucket/*"), "");
  EXPECT_EQ(with_resource("votes"), "Resource votes must be in ARN format or \"*\".");
  EXPECT_EQ(with_resource(""), "Resource  must be in ARN format or \"*\".");
  EXPECT_EQ(with_resource("arn:eu:s3:::bucket"),
            "Partition \"eu\" is not valid for resource \"arn:eu:s3:::bucket\".");
  EXPECT_EQ(with_resource("arn:aws:*"),
            "Resource vendor must be fully qualified and cannot contain regexes.");
  EXPECT_EQ(with_resource("arn:aws:s3:bucket"), "The policy failed legacy parsing");
  EXPECT_EQ(with_resource("arn:aws:s3:us-east-1::bucket"),
            "Resource arn:aws:s3:us-east-1::bucket can not contain region information.");
  EXPECT_EQ(with_resource("arn:aws:iam:us-east-1::role/r"),
            "IAM resource arn:aws:iam:us-east-1::role/r cannot contain region information.");
  EXPECT_TRUE(with_resource("arn:aws:iam::000000000000:thing")
                  .starts_with("IAM resource path must either be \"*\" or start with user/, "));
}

TEST(PolicyDocument, ActionsHaveAVendor) {
  const auto with_action = [](const std::string& action) {
    return inlined(R"({"Effect":"Allow","Resource":"*","Action":")" + action + "\"}");
  };
  EXPECT_EQ(with_action("sqs:Send*"), "");
  EXPECT_EQ(with_action("SendMessage"),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  EXPECT_EQ(with_action("a:b:c"), "Actions/Condition can contain only one colon.");
  EXPECT_EQ(with_action("s qs:Send"), "Vendor s qs is not valid");
}

TEST(PolicyDocument, StatementIdsAreUniqueLettersAndDigits) {
  const std::string one = R"({"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"})";
  EXPECT_EQ(inlined(one + "," + one), "Statement IDs (SID) in a single policy must be unique.");
  EXPECT_EQ(inlined(R"({"Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"})"),
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the "
            "regular expression [0-9A-Za-z]*");
}

TEST(PolicyDocument, TrustPoliciesSayWho) {
  EXPECT_EQ(problem("{", PolicyUse::trust), "This policy contains invalid Json");
  EXPECT_EQ(problem("{}", PolicyUse::trust), "Missing required field Statement");
  EXPECT_EQ(trust(R"({"Effect":"Allow","Action":"sts:AssumeRole"})"),
            "Missing required field Principal");
  EXPECT_EQ(trust(R"({"Effect":"Allow","Action":"sts:AssumeRole","Principal":{}})"),
            "Missing required field Principal cannot be empty!");
  EXPECT_EQ(trust(R"({"Effect":"Allow","Principal":{"AWS":"*"}})"),
            "Missing required field Action");
  EXPECT_EQ(trust(R"({"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"},
                      "Resource":"*"})"),
            "Has prohibited field Resource");
  EXPECT_EQ(trust(R"({"Effect":"Allow","Action":"s3:GetObject","Principal":{"AWS":"*"}})"),
            "AssumeRole policy may only specify STS AssumeRole actions.");
}

TEST(PolicyDocument, PrincipalsAreOfTheirKind) {
  const auto with_principal = [](const std::string& principal) {
    return trust(R"({"Effect":"Allow","Action":"sts:AssumeRole","Principal":)" + principal + "}");
  };
  EXPECT_EQ(with_principal(R"({"AWS":"arn:aws:iam::000000000000:role/team/r"})"), "");
  EXPECT_EQ(with_principal(R"({"Service":["lambda.amazonaws.com","alexa-appkit.amazon.com"]})"),
            "");
  EXPECT_EQ(with_principal(R"("*")"),
            "AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\".");
  EXPECT_EQ(with_principal(R"({"AWS":"me"})"), "Invalid principal in policy: \"AWS\":\"me\"");
  EXPECT_EQ(with_principal(R"({"Service":"lambda"})"),
            "Invalid principal in policy: \"SERVICE\":\"lambda\"");
  EXPECT_EQ(with_principal(R"({"Federated":"x"})"),
            "Invalid principal in policy: \"FEDERATED\":\"x\"");
}

TEST(PolicyDocument, WhiteSpaceDoesNotCount) {
  EXPECT_EQ(policy_size("{ \"a\":\n\t1 }\r\n"), 7U);
}

}  // namespace
}  // namespace votemu::iam
