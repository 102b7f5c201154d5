// Who may do what, and what is told to who may not.
#include "authorization/authorization.h"

#include "tests/unit/authorization/authorization_fixture.h"

namespace votemu::authorization {
namespace {

const Json votes_queue{{"QueueUrl", "http://localhost:4566/000000000000/votes"}};
const Json votes_table{{"TableName", "votes"}};

TEST_F(AuthorizationTest, NobodyIsAskedWhenItIsOff) {
  const Authorization off(core.runtime, sources);
  EXPECT_EQ(off.mode(), Mode::off);
  EXPECT_EQ(refusal(off, session_of("nobody"), "dynamodb", "Scan", votes_table), "");
  EXPECT_EQ(off.authorizer_for(session_of("nobody")), nullptr);
  EXPECT_EQ(off.authorizer_for_function({}, role_arn("nobody"), "f"), nullptr);
  EXPECT_FALSE(off.role_trust().allows);
}

TEST_F(AuthorizationTest, TheAccountItselfMayDoEverythingInIt) {
  EXPECT_TRUE(may(root(), "dynamodb", "Scan", votes_table));
  EXPECT_TRUE(may(root(), "iam", "ListRoles", Json::object()));
  EXPECT_EQ(refusal(root(), "sqs", "SendMessage",
                    {{"QueueUrl", "http://localhost:4566/111122223333/votes"}}),
            "AccessDenied 403: User: arn:aws:iam::000000000000:root is not authorized to perform: "
            "sqs:sendmessage on resource: arn:aws:sqs:us-east-1:111122223333:votes because no "
            "resource-based policy allows the sqs:sendmessage action");
}

TEST_F(AuthorizationTest, ARoleMayDoWhatItsPoliciesAllow) {
  create_role("voter");
  EXPECT_EQ(refusal(session_of("voter"), "dynamodb", "Scan", votes_table),
            "AccessDeniedException 400: User: arn:aws:sts::000000000000:assumed-role/voter/s1 is "
            "not authorized to perform: dynamodb:Scan on resource: "
            "arn:aws:dynamodb:us-east-1:000000000000:table/votes because no identity-based policy "
            "allows the dynamodb:Scan action");
  put_policy("voter", allow(R"("dynamodb:Scan")",
                            R"("arn:aws:dynamodb:us-east-1:000000000000:table/votes")"));
  EXPECT_TRUE(may(session_of("voter"), "dynamodb", "Scan", votes_table));
  EXPECT_FALSE(may(session_of("voter"), "dynamodb", "Scan", {{"TableName", "others"}}));
  EXPECT_FALSE(may(session_of("voter"), "dynamodb", "PutItem", votes_table));
}

TEST_F(AuthorizationTest, ASessionEndsWithItsRole) {
  const auto make_role = [&] {
    create_role("voter");
    put_policy("voter", allow(R"("dynamodb:Scan")"));
  };
  make_role();
  const Caller session = session_of("voter");
  EXPECT_TRUE(may(session, "dynamodb", "Scan", votes_table));
  iam_call("DeleteRolePolicy", {{"RoleName", "voter"}, {"PolicyName", "inline"}});
  iam_call("DeleteRole", {{"RoleName", "voter"}});
  make_role();
  EXPECT_FALSE(may(session, "dynamodb", "Scan", votes_table)) << "that is another role";
  EXPECT_TRUE(may(session_of("voter"), "dynamodb", "Scan", votes_table));
}

TEST_F(AuthorizationTest, AttachedPoliciesCountAndAreMissedOnceDetached) {
  create_role("reader");
  const Json attachment{{"RoleName", "reader"},
                        {"PolicyArn", "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"}};
  iam_call("AttachRolePolicy", attachment);
  EXPECT_TRUE(may(session_of("reader"), "dynamodb", "Scan", votes_table));
  iam_call("DetachRolePolicy", attachment);
  EXPECT_FALSE(may(session_of("reader"), "dynamodb", "Scan", votes_table));
}

TEST_F(AuthorizationTest, AChangeThatIsTakenBackWasNeverMade) {
  create_role("voter");
  EXPECT_FALSE(may(session_of("voter"), "dynamodb", "Scan", votes_table));
  EXPECT_THROW(core.store.atomically([&] {
    core::call(core.store, iam.operations(), "PutRolePolicy", {},
               {{"RoleName", "voter"}, {"PolicyName", "p"}, {"PolicyDocument", allow("\"*\"")}});
    EXPECT_TRUE(may(session_of("voter"), "dynamodb", "Scan", votes_table));
    throw std::runtime_error("taken back");
  }),
               std::runtime_error);
  EXPECT_FALSE(may(session_of("voter"), "dynamodb", "Scan", votes_table));
}

TEST_F(AuthorizationTest, AnExplicitDenyIsTold) {
  create_role("voter");
  put_policy("voter", R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"*","Resource":"*"},
      {"Effect":"Deny","Action":"sqs:PurgeQueue","Resource":"*"}]})");
  EXPECT_TRUE(may(session_of("voter"), "sqs", "SendMessage", votes_queue));
  EXPECT_EQ(refusal(session_of("voter"), "sqs", "PurgeQueue", votes_queue),
            "AccessDenied 403: User: arn:aws:sts::000000000000:assumed-role/voter/s1 is not "
            "authorized to perform: sqs:purgequeue on resource: "
            "arn:aws:sqs:us-east-1:000000000000:votes with an explicit deny in an identity-based "
            "policy");
}

TEST_F(AuthorizationTest, ARoleThatNobodyCreatedMayDoNothing) {
  EXPECT_FALSE(may(session_of("nobody"), "dynamodb", "Scan", votes_table));
}

TEST_F(AuthorizationTest, ABoundaryLimitsItsRole) {
  create_role("bounded",
              {{"PermissionsBoundary", "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"}});
  put_policy("bounded", allow("\"*\""));
  EXPECT_TRUE(may(session_of("bounded"), "dynamodb", "Scan", votes_table));
  EXPECT_NE(refusal(session_of("bounded"), "dynamodb", "PutItem", votes_table)
                .find("because no permissions boundary allows the dynamodb:PutItem action"),
            std::string::npos);
}

TEST_F(AuthorizationTest, ASessionsOwnPolicyNarrowsIt) {
  create_role("voter");
  put_policy("voter", allow("\"*\""));
  Caller caller = session_of("voter");
  caller.session->policy = allow(R"("sqs:*")");
  EXPECT_TRUE(may(caller, "sqs", "SendMessage", votes_queue));
  EXPECT_NE(refusal(caller, "dynamodb", "Scan", votes_table)
                .find("because no session policy allows the dynamodb:Scan action"),
            std::string::npos);
  caller.session->policy_arns = {"arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"};
  EXPECT_TRUE(may(caller, "dynamodb", "Scan", votes_table));
}

TEST_F(AuthorizationTest, ASessionPolicyThatCannotBeReadAllowsNothing) {
  create_role("voter");
  put_policy("voter", allow("\"*\""));
  Caller caller = session_of("voter");
  caller.session->policy = "{}";
  EXPECT_FALSE(may(caller, "sqs", "SendMessage", votes_queue));
  caller.session->policy = "";
  caller.session->policy_arns = {"arn:aws:iam::000000000000:policy/nothing"};
  EXPECT_FALSE(may(caller, "sqs", "SendMessage", votes_queue));
}

TEST_F(AuthorizationTest, GuestsAreKeptFromMostServicesWhateverTheirRoleSays) {
  create_role("guest");
  put_policy("guest", allow("\"*\""));
  Caller guest = session_of("guest");
  guest.session->policy_arns = {
      std::string("arn:aws:iam::aws:policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy")};
  EXPECT_TRUE(may(guest, "iotdata", "Publish", {{"topic", "votes"}}));
  EXPECT_TRUE(may(guest, "sqs", "SendMessage", votes_queue));
  EXPECT_FALSE(may(guest, "iam", "ListRoles", Json::object()));
  EXPECT_FALSE(may(guest, "cloudformation", "ListStacks", Json::object()));
}

TEST_F(AuthorizationTest, PoliciesMayDependOnTheCaller) {
  create_role("guest", {{"Tags", {{{"Key", "team"}, {"Value", "blue"}}}}});
  put_policy("guest", R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"iot:Publish","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}},
       "Resource":"arn:aws:iot:*:*:topic/${cognito-identity.amazonaws.com:sub}/${aws:PrincipalTag/team}"}]})");
  Caller guest = session_of("guest");
  guest.source_ip = "10.1.2.3";
  guest.session->web_identity = core::WebIdentity{
      "cognito-identity.amazonaws.com", "us-east-1:me", "us-east-1:pool", {"unauthenticated"}};
  EXPECT_TRUE(may(guest, "iotdata", "Publish", {{"topic", "us-east-1:me/blue"}}));
  EXPECT_FALSE(may(guest, "iotdata", "Publish", {{"topic", "us-east-1:you/blue"}}));
  guest.source_ip = "192.168.0.1";
  EXPECT_FALSE(may(guest, "iotdata", "Publish", {{"topic", "us-east-1:me/blue"}}));
}

TEST_F(AuthorizationTest, PoliciesMayDependOnTheTime) {
  create_role("voter");
  put_policy("voter", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",
      "Resource":"*","Condition":{"DateLessThan":{"aws:EpochTime":")" +
                          std::to_string(core.clock.now_ms() / 1'000 + 60) + R"("}}}})");
  EXPECT_TRUE(may(session_of("voter"), "sqs", "SendMessage", votes_queue));
  core.advance(61'000);
  EXPECT_FALSE(may(session_of("voter"), "sqs", "SendMessage", votes_queue));
}

TEST_F(AuthorizationTest, AQueueMayAllowARoleOrEverybody) {
  create_role("voter");
  const auto set_policy = [&](const std::string& principal) {
    const std::string policy =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"SQS:SendMessage",)"
        R"("Resource":"arn:aws:sqs:us-east-1:000000000000:votes","Principal":)" +
        principal + "}}";
    core::call(core.store, sqs.operations(), "SetQueueAttributes", {},
               {{"QueueUrl", "votes"}, {"Attributes", {{"Policy", policy}}}});
  };
  core::call(core.store, sqs.operations(), "CreateQueue", {}, {{"QueueName", "votes"}});
  EXPECT_FALSE(may(session_of("voter"), "sqs", "SendMessage", votes_queue));
  set_policy(R"({"AWS":")" + role_arn("voter") + "\"}");
  EXPECT_TRUE(may(session_of("voter"), "sqs", "SendMessage", votes_queue));
  EXPECT_FALSE(may(session_of("voter"), "sqs", "ReceiveMessage", votes_queue));
  EXPECT_FALSE(may(anonymous(), "sqs", "SendMessage", votes_queue));
  set_policy("\"*\"");
  EXPECT_TRUE(may(anonymous(), "sqs", "SendMessage", votes_queue));
}

TEST_F(AuthorizationTest, ABucketMayBeOpenToAll) {
  const Json object{{"Bucket", "assets"}, {"Key", "logo.png"}};
  core::call(core.store, s3.operations(), "CreateBucket", {}, {{"Bucket", "assets"}});
  EXPECT_EQ(refusal(anonymous(), "s3", "GetObject", object), "AccessDenied 403: Access Denied");
  core::call(core.store, s3.operations(), "PutBucketPolicy", {},
             {{"Bucket", "assets"},
              {"Policy",
               R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*",
                   "Action":"s3:GetObject","Resource":"arn:aws:s3:::assets/*"}})"}});
  EXPECT_TRUE(may(anonymous(), "s3", "GetObject", object));
  EXPECT_FALSE(may(anonymous(), "s3", "PutObject", object));
}

TEST_F(AuthorizationTest, AFunctionMayAllowARole) {
  create_role("voter");
  const Json function{{"FunctionName", "count"}};
  core::call(core.store, lambda.operations(), "CreateFunction", {},
             {{"FunctionName", "count"},
              {"Runtime", "provided.al2023"},
              {"Handler", "h"},
              {"Role", role_arn("voter")},
              {"Code", {{"ZipFile", "UEs="}}}});
  EXPECT_FALSE(may(session_of("voter"), "lambda", "Invoke", function));
  core::call(core.store, lambda.operations(), "AddPermission", {},
             {{"FunctionName", "count"},
              {"StatementId", "voters"},
              {"Action", "lambda:InvokeFunction"},
              {"Principal", role_arn("voter")}});
  EXPECT_TRUE(may(session_of("voter"), "lambda", "Invoke", function));
}

TEST_F(AuthorizationTest, WhoeverDoesNotSignIsToldSo) {
  EXPECT_EQ(refusal(anonymous(), "dynamodb", "Scan", votes_table),
            "MissingAuthenticationTokenException 400: Request is missing Authentication Token");
  EXPECT_EQ(refusal(anonymous(), "lambda", "Invoke", {{"FunctionName", "f"}}),
            "MissingAuthenticationTokenException 403: Missing Authentication Token");
  EXPECT_EQ(refusal(anonymous(), "iam", "ListRoles", Json::object()),
            "MissingAuthenticationToken 403: Request is missing Authentication Token");
  EXPECT_TRUE(may(anonymous(), "cognito-identity", "GetId", Json::object()));
  EXPECT_TRUE(Authorization::is_public("sts", "AssumeRoleWithWebIdentity"));
  EXPECT_FALSE(Authorization::is_public("sts", "AssumeRole"));
}

TEST_F(AuthorizationTest, EachServiceRefusesInItsOwnWords) {
  create_role("voter");
  const std::string user =
      "User: arn:aws:sts::000000000000:assumed-role/voter/s1 is not authorized to perform: ";
  const Caller voter = session_of("voter");
  EXPECT_EQ(refusal(voter, "s3", "GetObject", {{"Bucket", "b"}, {"Key", "k"}}),
            "AccessDenied 403: " + user +
                "s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy "
                "allows the s3:GetObject action");
  EXPECT_EQ(refusal(voter, "iotdata", "Publish", {{"topic", "votes"}}),
            "ForbiddenException 403: Forbidden");
  EXPECT_TRUE(refusal(voter, "iot", "DescribeEndpoint", Json::object())
                  .starts_with("AccessDeniedException 403: " + user + "iot:DescribeEndpoint"));
  EXPECT_TRUE(refusal(voter, "lambda", "Invoke", {{"FunctionName", "f"}})
                  .starts_with("AccessDeniedException 403: " + user + "lambda:InvokeFunction"));
  EXPECT_TRUE(refusal(voter, "logs", "PutLogEvents", Json::object())
                  .starts_with("AccessDeniedException 400: " + user + "logs:PutLogEvents"));
  EXPECT_TRUE(refusal(voter, "cloudformation", "ListStacks", Json::object())
                  .starts_with("AccessDenied 403: " + user + "cloudformation:ListStacks"));
  EXPECT_TRUE(refusal(voter, "apigateway", "GetRestApis", Json::object())
                  .starts_with("AccessDeniedException 403: " + user + "apigateway:GET"));
}

TEST_F(AuthorizationTest, ToGiveAFunctionARoleTakesMoreThanToMakeTheFunction) {
  create_role("developer");
  put_policy("developer", allow(R"("lambda:*")"));
  const Json function{{"FunctionName", "count"}, {"Role", role_arn("worker")}};
  EXPECT_NE(refusal(session_of("developer"), "lambda", "CreateFunction", function)
                .find("iam:PassRole on resource: " + role_arn("worker")),
            std::string::npos);
  put_policy("developer",
             R"({"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"lambda:*","Resource":"*"},
                  {"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":
                    {"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}]})");
  EXPECT_TRUE(may(session_of("developer"), "lambda", "CreateFunction", function));
}

TEST_F(AuthorizationTest, AFunctionHasTheRightsOfItsRole) {
  create_role("worker");
  put_policy("worker", allow(R"("iot:Publish")", R"("arn:aws:iot:*:*:topic/votes")"));
  const auto rights = enforced.authorizer_for_function({}, role_arn("worker"), "publisher");
  EXPECT_EQ(rights->denial({"iot:Publish", "arn:aws:iot:us-east-1:000000000000:topic/votes"}),
            std::nullopt);
  EXPECT_EQ(rights->denial({"iot:Publish", "arn:aws:iot:us-east-1:000000000000:topic/other"}),
            "User: arn:aws:sts::000000000000:assumed-role/worker/publisher is not authorized to "
            "perform: iot:Publish on resource: arn:aws:iot:us-east-1:000000000000:topic/other "
            "because no identity-based policy allows the iot:Publish action");
}

// The same authorizer, over all changes of what it rests on.
TEST_F(AuthorizationTest, AFunctionIsAskedAgainWhenItsRoleHasChanged) {
  const auto rights = enforced.authorizer_for_function({}, role_arn("worker"), "f");
  const std::string topic = "arn:aws:iot:us-east-1:000000000000:topic/votes";
  const auto may_publish = [&] { return !rights->denial({"iot:Publish", topic}); };
  EXPECT_FALSE(may_publish());
  create_role("worker");
  EXPECT_FALSE(may_publish());
  put_policy("worker", allow(R"("iot:Publish")"));
  EXPECT_TRUE(may_publish());
  EXPECT_TRUE(may_publish());
  put_policy("worker", allow(R"("iot:Connect")"));
  EXPECT_FALSE(may_publish());
  put_policy("worker", allow(R"("iot:Publish")"));
  EXPECT_TRUE(may_publish());
  iam_call("DeleteRolePolicy", {{"RoleName", "worker"}, {"PolicyName", "inline"}});
  iam_call("DeleteRole", {{"RoleName", "worker"}});
  EXPECT_FALSE(may_publish());
}

TEST_F(AuthorizationTest, WhatDependsOnMoreThanTheResourceIsDecidedEachTime) {
  create_role("worker");
  put_policy("worker", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)"
                       R"("Action":"iot:Publish","Resource":"*",)"
                       R"("Condition":{"DateLessThan":{"aws:CurrentTime":"2025-06-16"}}}})");
  const auto rights = enforced.authorizer_for_function({}, role_arn("worker"), "f");
  const std::string topic = "arn:aws:iot:us-east-1:000000000000:topic/votes";
  EXPECT_EQ(rights->denial({"iot:Publish", topic}), std::nullopt);
  core.clock.advance(2LL * 86'400'000);
  EXPECT_NE(rights->denial({"iot:Publish", topic}), std::nullopt);
}

TEST_F(AuthorizationTest, AWarningLetsThroughAndIsTakenUpOnce) {
  core::Log log(core::LogLevel::warn);
  core::Runtime runtime{core.store, core.turn, core.clock, core.timers, core.random, log};
  ::testing::internal::CaptureStderr();
  const Authorization warning(runtime, sources, Mode::warn);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(refusal(warning, session_of("nobody"), "dynamodb", "Scan", votes_table), "");
  }
  const std::string told = ::testing::internal::GetCapturedStderr();
  const auto line = told.find(
      "iam: would be denied: User: arn:aws:sts::000000000000:assumed-role/nobody/s1 is not "
      "authorized to perform: dynamodb:Scan");
  ASSERT_NE(line, std::string::npos) << told;
  EXPECT_EQ(told.find("would be denied"), told.rfind("would be denied"));
  EXPECT_NE(told.find("(there is no role arn:aws:iam::000000000000:role/nobody)"),
            std::string::npos);
}

TEST_F(AuthorizationTest, ReportsAreBounded) {
  core::Log log(core::LogLevel::warn);
  ::testing::internal::CaptureStderr();
  Report report(log, "iam");
  for (int i = 0; i < 2'000; ++i) report.tell("line " + std::to_string(i));
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::ranges::count(told, '\n'), 1'001);
}

TEST(ReportTest, ALineStaysOneWhateverNamesCallersChoose) {
  core::Log log(core::LogLevel::warn);
  ::testing::internal::CaptureStderr();
  Report(log, "iam").tell("denied: topic/a\nb\x1b[2Jc\xc3\xa9");
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(told.find("denied: topic/a b [2Jc\xc3\xa9\n"), std::string::npos) << told;
}

}  // namespace
}  // namespace votemu::authorization
