// What operations ask permission for.
#include "authorization/actions.h"

#include "services/dynamodb/shard_iterator.h"
#include "tests/unit/authorization/authorization_fixture.h"

namespace votemu::authorization {
namespace {

class ActionsTest : public AuthorizationTest {
 protected:
  Accesses asked(const std::string& service, const std::string& operation, const Json& members) {
    const AccessRule* rule = rules.find(service, operation);
    return rule ? (*rule)({scope, members}) : Accesses{{"unknown", operation}};
  }
  // "ACTION RESOURCE", joined by "; ".
  std::string text(const std::string& service, const std::string& operation,
                   const Json& members = Json::object()) {
    std::string out;
    for (const auto& access : asked(service, operation, members)) {
      out += (out.empty() ? "" : "; ") + access.action + " " + access.resource;
    }
    return out;
  }
  std::vector<std::string> key(const std::string& service, const std::string& operation,
                               const Json& members, const std::string& name) {
    const auto accesses = asked(service, operation, members);
    for (const auto& access : accesses) {
      for (const auto& known : access.context) {
        if (known.name == name) return known.values;
      }
    }
    return {"(absent)"};
  }

  const core::Scope scope{};
  const AccessRules rules{
      {[](const std::string& of, const std::string& name) {
         return "arn:aws:iam::" + of + ":role/path/" + name;
       },
       [](const core::Scope&, const std::string& table) { return table == "votes" ? "PK" : ""; }}};
};

const std::string table = "arn:aws:dynamodb:us-east-1:000000000000:table/";

TEST_F(ActionsTest, DynamoDb) {
  EXPECT_EQ(text("dynamodb", "GetItem", {{"TableName", "votes"}}),
            "dynamodb:GetItem " + table + "votes");
  EXPECT_EQ(text("dynamodb", "Scan", {{"TableName", table + "votes"}}),
            "dynamodb:Scan " + table + "votes");
  EXPECT_EQ(text("dynamodb", "Query", {{"TableName", "votes"}, {"IndexName", "by-sk"}}),
            "dynamodb:Query " + table + "votes/index/by-sk");
  EXPECT_EQ(text("dynamodb", "BatchGetItem", {{"RequestItems", {{"a", {}}, {"b", {}}}}}),
            "dynamodb:BatchGetItem " + table + "a; dynamodb:BatchGetItem " + table + "b");
  EXPECT_EQ(text("dynamodb", "ListTables"), "dynamodb:ListTables " + table + "*");
  EXPECT_EQ(text("streams.dynamodb", "ListStreams", {{"TableName", "votes"}}),
            "dynamodb:ListStreams " + table + "votes/stream/*");
  const std::string stream = table + "votes/stream/2025-06-15T00:00:00.000";
  EXPECT_EQ(text("streams.dynamodb", "GetRecords",
                 {{"ShardIterator", dynamodb::iterator_text({stream, 0, 1})}}),
            "dynamodb:GetRecords " + stream);
  EXPECT_EQ(text("streams.dynamodb", "GetRecords", {{"ShardIterator", "x"}}),
            "dynamodb:GetRecords *");
}

TEST_F(ActionsTest, DynamoDbTellsTheItemsKeys) {
  const Json ann{{"PK", {{"S", "ann"}}}, {"SK", {{"S", "1"}}}};
  const Json bob{{"PK", {{"S", "bob"}}}, {"SK", {{"S", "2"}}}};
  const std::string keys = "dynamodb:LeadingKeys";
  using Values = std::vector<std::string>;
  EXPECT_EQ(key("dynamodb", "GetItem", {{"TableName", "votes"}, {"Key", ann}}, keys),
            Values{"ann"});
  EXPECT_EQ(key("dynamodb", "PutItem", {{"TableName", "votes"}, {"Item", bob}}, keys),
            Values{"bob"});
  EXPECT_EQ(
      key("dynamodb", "BatchWriteItem",
          {{"RequestItems",
            {{"votes", {{{"PutRequest", {{"Item", ann}}}}, {{"DeleteRequest", {{"Key", bob}}}}}}}}},
          keys),
      (Values{"ann", "bob"}));
  EXPECT_EQ(key("dynamodb", "BatchGetItem", {{"RequestItems", {{"votes", {{"Keys", {ann, bob}}}}}}},
                keys),
            (Values{"ann", "bob"}));
  EXPECT_EQ(key("dynamodb", "Scan", {{"TableName", "votes"}}, keys), Values{"(absent)"});
}

TEST_F(ActionsTest, DynamoDbTellsAQuerysKey) {
  const auto queried = [&](const char* condition) {
    return key("dynamodb", "Query",
               {{"TableName", "votes"},
                {"KeyConditionExpression", condition},
                {"ExpressionAttributeNames", {{"#k", "PK"}}},
                {"ExpressionAttributeValues", {{":k", {{"S", "ann"}}}, {":s", {{"S", "1"}}}}}},
               "dynamodb:LeadingKeys")
        .front();
  };
  EXPECT_EQ(queried("PK = :k"), "ann");
  EXPECT_EQ(queried("(#k=:k) AND SK >= :s"), "ann");
  EXPECT_EQ(queried("SK = :s AND #k = :k"), "ann");
  EXPECT_EQ(queried("SK = :s AND :k = PK"), "ann");
  EXPECT_EQ(queried("PK\r=\r:k"), "ann");
  EXPECT_EQ(queried("SK = :s"), "(absent)");
  EXPECT_EQ(queried("="), "(absent)");
}

TEST_F(ActionsTest, Sqs) {
  const std::string queue = "arn:aws:sqs:us-east-1:000000000000:votes";
  for (const char* url : {"http://localhost:4566/000000000000/votes", "votes",
                          "https://sqs.us-east-1.amazonaws.com/000000000000/votes"}) {
    EXPECT_EQ(text("sqs", "SendMessageBatch", {{"QueueUrl", url}}), "sqs:SendMessage " + queue);
  }
  EXPECT_EQ(text("sqs", "GetQueueUrl",
                 {{"QueueName", "votes"}, {"QueueOwnerAWSAccountId", "111122223333"}}),
            "sqs:GetQueueUrl arn:aws:sqs:us-east-1:111122223333:votes");
  EXPECT_EQ(text("sqs", "ListQueues"), "sqs:ListQueues arn:aws:sqs:us-east-1:000000000000:");
}

TEST_F(ActionsTest, Lambda) {
  const std::string function = "arn:aws:lambda:us-east-1:000000000000:function:count";
  for (const std::string& name : {std::string("count"), function, std::string("000000000000:count"),
                                  std::string("000000000000:function:count")}) {
    EXPECT_EQ(text("lambda", "Invoke", {{"FunctionName", name}}),
              "lambda:InvokeFunction " + function);
  }
  EXPECT_EQ(text("lambda", "Invoke", {{"FunctionName", "count"}, {"Qualifier", "live"}}),
            "lambda:InvokeFunction " + function + ":live");
  EXPECT_EQ(text("lambda", "CreateFunction", {{"FunctionName", "count"}, {"Role", "ROLE"}}),
            "lambda:CreateFunction " + function + "; iam:PassRole ROLE");
  EXPECT_EQ(text("lambda", "CreateEventSourceMapping", {{"FunctionName", "count"}}),
            "lambda:CreateEventSourceMapping *");
  EXPECT_EQ(
      key("lambda", "CreateEventSourceMapping", {{"FunctionName", "count"}}, "lambda:FunctionArn")
          .front(),
      function);
  EXPECT_EQ(text("lambda", "DeleteEventSourceMapping", {{"UUID", "1-2"}}),
            "lambda:DeleteEventSourceMapping "
            "arn:aws:lambda:us-east-1:000000000000:event-source-mapping:1-2");
}

TEST_F(ActionsTest, ApiGatewayAsksForMethodsOnPaths) {
  EXPECT_EQ(text("apigateway", "CreateRestApi"),
            "apigateway:POST arn:aws:apigateway:us-east-1::/restapis");
  EXPECT_EQ(text("apigateway", "GetMethod",
                 {{"restApiId", "a1"}, {"resourceId", "r1"}, {"httpMethod", "GET"}}),
            "apigateway:GET "
            "arn:aws:apigateway:us-east-1::/restapis/a1/resources/r1/methods/GET");
  EXPECT_EQ(text("apigateway", "TagResource",
                 {{"resourceArn", "arn:aws:apigateway:us-east-1::/restapis/a1"}}),
            "apigateway:PUT arn:aws:apigateway:us-east-1::/tags/"
            "arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1");
}

TEST_F(ActionsTest, Iot) {
  const std::string topic = "arn:aws:iot:us-east-1:000000000000:topic/votes/dog";
  EXPECT_EQ(text("iotdata", "Publish", {{"topic", "votes/dog"}}), "iot:Publish " + topic);
  EXPECT_EQ(text("iotdata", "Publish", {{"topic", "votes/dog"}, {"retain", true}}),
            "iot:Publish " + topic + "; iot:RetainPublish " + topic);
  EXPECT_EQ(text("iotdata", "ListRetainedMessages"), "iot:ListRetainedMessages *");
}

TEST_F(ActionsTest, Logs) {
  const std::string group = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f";
  EXPECT_EQ(text("logs", "CreateLogGroup", {{"logGroupName", "/aws/lambda/f"}}),
            "logs:CreateLogGroup " + group + ":log-stream:");
  EXPECT_EQ(
      text("logs", "PutLogEvents", {{"logGroupName", "/aws/lambda/f"}, {"logStreamName", "s"}}),
      "logs:PutLogEvents " + group + ":log-stream:s");
  EXPECT_EQ(text("logs", "FilterLogEvents", {{"logGroupIdentifier", group}}),
            "logs:FilterLogEvents " + group + ":log-stream:");
  for (const std::string& identifier : {group, group + ":*", std::string("/aws/lambda/f")}) {
    EXPECT_EQ(
        text("logs", "GetLogEvents", {{"logGroupIdentifier", identifier}, {"logStreamName", "s"}}),
        "logs:GetLogEvents " + group + ":log-stream:s");
  }
  EXPECT_EQ(text("logs", "TagResource", {{"resourceArn", group}}), "logs:TagResource " + group);
}

TEST_F(ActionsTest, S3) {
  const Json object{{"Bucket", "b"}, {"Key", "a/k"}};
  EXPECT_EQ(text("s3", "HeadObject", object), "s3:GetObject arn:aws:s3:::b/a/k");
  EXPECT_EQ(text("s3", "UploadPart", object), "s3:PutObject arn:aws:s3:::b/a/k");
  EXPECT_EQ(text("s3", "GetObject", {{"Bucket", "b"}, {"Key", "k"}, {"VersionId", "v"}}),
            "s3:GetObjectVersion arn:aws:s3:::b/k");
  EXPECT_EQ(text("s3", "ListObjectsV2", {{"Bucket", "b"}, {"Prefix", "home/"}}),
            "s3:ListBucket arn:aws:s3:::b");
  EXPECT_EQ(key("s3", "ListObjectsV2", {{"Bucket", "b"}, {"Prefix", "home/"}}, "s3:prefix").front(),
            "home/");
  EXPECT_EQ(text("s3", "CopyObject",
                 {{"Bucket", "b"}, {"Key", "k"}, {"CopySource", "/from/a%20b?versionId=1"}}),
            "s3:GetObjectVersion arn:aws:s3:::from/a b; s3:PutObject arn:aws:s3:::b/k");
  EXPECT_EQ(
      text("s3", "CopyObject", {{"Bucket", "b"}, {"Key", "k"}, {"CopySource", "%2Ffrom%2Fa"}}),
      "s3:GetObject arn:aws:s3:::from/a; s3:PutObject arn:aws:s3:::b/k");
  EXPECT_EQ(text("s3", "DeleteObjects",
                 {{"Bucket", "b"},
                  {"Delete", {{"Objects", {{{"Key", "1"}}, {{"Key", "2"}, {"VersionId", "v"}}}}}}}),
            "s3:DeleteObject arn:aws:s3:::b/1; s3:DeleteObjectVersion arn:aws:s3:::b/2");
}

TEST_F(ActionsTest, IamAndSts) {
  EXPECT_EQ(text("iam", "GetRole", {{"RoleName", "r"}}),
            "iam:GetRole arn:aws:iam::000000000000:role/path/r");
  EXPECT_EQ(text("iam", "CreateRole", {{"RoleName", "r"}, {"Path", "/app/"}}),
            "iam:CreateRole arn:aws:iam::000000000000:role/app/r");
  EXPECT_EQ(text("iam", "ListPolicies"), "iam:ListPolicies arn:aws:iam::000000000000:policy/");
  EXPECT_EQ(key("iam", "AttachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", "P"}}, "iam:PolicyARN")
                .front(),
            "P");
  EXPECT_EQ(text("sts", "AssumeRole"), "");
  EXPECT_EQ(text("sts", "GetAccessKeyInfo"), "sts:GetAccessKeyInfo *");
}

TEST_F(ActionsTest, CognitoAndCloudFormation) {
  EXPECT_EQ(text("cognito-identity", "SetIdentityPoolRoles",
                 {{"IdentityPoolId", "us-east-1:p"}, {"Roles", {{"unauthenticated", "ROLE"}}}}),
            "cognito-identity:SetIdentityPoolRoles "
            "arn:aws:cognito-identity:us-east-1:000000000000:identitypool/us-east-1:p; "
            "iam:PassRole ROLE");
  EXPECT_EQ(text("cognito-idp", "DescribeUserPool", {{"UserPoolId", "us-east-1_p"}}),
            "cognito-idp:DescribeUserPool "
            "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_p");
  EXPECT_EQ(text("cloudformation", "DescribeStacks", {{"StackName", "app"}}),
            "cloudformation:DescribeStacks "
            "arn:aws:cloudformation:us-east-1:000000000000:stack/app/*");
  EXPECT_EQ(text("cloudformation", "CreateStack", {{"StackName", "app"}, {"RoleARN", "ROLE"}}),
            "cloudformation:CreateStack "
            "arn:aws:cloudformation:us-east-1:000000000000:stack/app/*; iam:PassRole ROLE");
}

TEST_F(ActionsTest, MembersMayBeAnything) {
  for (const Json& odd : {Json(), Json(1), Json("text"), Json::array({1}),
                          Json{{"QueueUrl", 1}, {"TableName", Json::array()}, {"Bucket", nullptr}},
                          Json{{"RequestItems", {{"t", 1}}}, {"Delete", 1}, {"Roles", 1}},
                          Json{{"RequestItems", {{"t", {1, "x", nullptr}}}},
                               {"Delete", {{"Objects", {1, nullptr}}}}}}) {
    EXPECT_NO_THROW({
      text("sqs", "SendMessage", odd);
      text("dynamodb", "BatchWriteItem", odd);
      text("dynamodb", "GetItem", odd);
      text("dynamodb", "Query", odd);
      text("s3", "DeleteObjects", odd);
      text("s3", "CopyObject", odd);
      text("cognito-identity", "SetIdentityPoolRoles", odd);
      text("lambda", "Invoke", odd);
      text("iotdata", "Publish", odd);
      text("iam", "GetRole", odd);
    }) << odd;
  }
}

}  // namespace
}  // namespace votemu::authorization
