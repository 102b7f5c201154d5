#include "wire/classify.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

HttpRequest request(const std::string& method, const std::string& target, Headers headers = {},
                    std::string body = "") {
  return {method, target, std::move(headers), std::move(body), "127.0.0.1"};
}

// What a request is, in one line.
std::string kind(const HttpRequest& request, std::string_view service = "") {
  struct Describe {
    std::string operator()(const JsonCall& c) const {
      return "json " + std::string(c.service) + " " + std::string(c.operation);
    }
    std::string operator()(const QueryCall& c) const { return "query " + c.service; }
    std::string operator()(const RestCall& c) const { return "rest " + c.service; }
    std::string operator()(const S3Call& c) const { return "s3 [" + c.bucket + "] " + c.key; }
    std::string operator()(const ExecuteApiCall& c) const {
      return "api [" + c.api_id + "] [" + c.stage + "] " + c.path;
    }
    std::string operator()(const ControlCall&) const { return "control"; }
  };
  return std::visit(Describe{}, classify(request, service));
}

const Headers form{{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};

TEST(Classify, JsonCallsByTheirTarget) {
  const auto target = [](const std::string& text) {
    return kind(request("POST", "/", {{"X-Amz-Target", text}}));
  };
  EXPECT_EQ(target("DynamoDB_20120810.PutItem"), "json dynamodb PutItem");
  EXPECT_EQ(target("DynamoDBStreams_20120810.GetRecords"), "json streams.dynamodb GetRecords");
  EXPECT_EQ(target("AmazonSQS.SendMessage"), "json sqs SendMessage");
  EXPECT_EQ(target("Logs_20140328.PutLogEvents"), "json logs PutLogEvents");
  EXPECT_EQ(target("AWSCognitoIdentityService.GetId"), "json cognito-identity GetId");
  EXPECT_EQ(target("AWSCognitoIdentityProviderService.ListUserPools"),
            "json cognito-idp ListUserPools");
  EXPECT_EQ(target("Kinesis_20131202.PutRecord"), "json  ");
  EXPECT_EQ(target("DynamoDB_20120810"), "json  ");
  EXPECT_EQ(target(""), "json  ");
  EXPECT_EQ(target("DynamoDB_20120810."), "json dynamodb ");
  EXPECT_EQ(target("AmazonSQS.a.b"), "json sqs a.b");
}

TEST(Classify, QueryCallsByTheirAction) {
  EXPECT_EQ(kind(request("POST", "/", form, "Action=ListQueues&Version=2012-11-05")), "query sqs");
  EXPECT_EQ(kind(request("POST", "/", form, "Version=2012-11-05&Action=ListQueues")), "query sqs");
  EXPECT_EQ(kind(request("POST", "/", form,
                         "Action=AssumeRoleWithWebIdentity&RoleArn=a&Version=2011-06-15")),
            "query sts");
  EXPECT_EQ(kind(request("POST", "/000000000000/votes", form, "Action=SendMessage"), "sqs"),
            "query sqs");
  EXPECT_EQ(kind(request("GET", "/?Action=ListQueues&Version=2012-11-05")), "query sqs");
  EXPECT_EQ(kind(request("POST", "/", form, "Action=AssumeRole"), "sts"), "query sts");
  EXPECT_EQ(kind(request("POST", "/", form, "Action=Something")), "query ");
  EXPECT_EQ(kind(request("GET", "/000000000000/q?Action=ReceiveMessage")), "query sqs");
  EXPECT_EQ(kind(request("GET", "/00000000000/q?Action=ReceiveMessage")), "query ");
  EXPECT_EQ(kind(request("GET", "/000000000000/?Action=ReceiveMessage")), "query ");
}

TEST(Classify, RestCallsByTheirPath) {
  EXPECT_EQ(kind(request("POST", "/2015-03-31/functions/f/invocations")), "rest lambda");
  EXPECT_EQ(kind(request("GET", "/restapis")), "rest apigateway");
  EXPECT_EQ(kind(request("GET", "/restapis/abc/stages?limit=1")), "rest apigateway");
  EXPECT_EQ(kind(request("GET", "/account")), "rest apigateway");
  EXPECT_EQ(kind(request("GET", "/endpoint?endpointType=iot:Data-ATS")), "rest iot");
  EXPECT_EQ(kind(request("POST", "/topics/votes?qos=1")), "rest iotdata");
  EXPECT_EQ(kind(request("GET", "/topics/votes"), "iotdata"), "rest iotdata");
  EXPECT_EQ(kind(request("GET", "/retainedMessage")), "rest iotdata");
  EXPECT_EQ(kind(request("GET", "/retainedMessage/a%2Fb")), "rest iotdata");
}

TEST(Classify, CallsOfADeployedApi) {
  EXPECT_EQ(kind(request("GET", "/dev/votes?x=1")), "api [] [dev] /votes");
  EXPECT_EQ(kind(request("GET", "/dev")), "api [] [dev] /");
  EXPECT_EQ(kind(request("GET", "/dev/")), "api [] [dev] /");
  EXPECT_EQ(kind(request("GET", "/_aws/execute-api/abc/dev/votes/1")), "api [abc] [dev] /votes/1");
  EXPECT_EQ(kind(request("GET", "/_aws/execute-api/abc/dev")), "api [abc] [dev] /");
  EXPECT_EQ(kind(request("GET", "/restapis/abc/dev/_user_request_/votes")),
            "api [abc] [dev] /votes");
  EXPECT_EQ(kind(request("GET", "/restapis/abc/dev/_user_request_")), "api [abc] [dev] /");
  for (const auto* host :
       {"abc.execute-api.localhost:4566", "abc.execute-api.localhost.localstack.cloud:4566",
        "abc.execute-api.us-east-1.amazonaws.com"}) {
    EXPECT_EQ(kind(request("GET", "/dev/votes", {{"Host", host}})), "api [abc] [dev] /votes")
        << host;
  }
}

TEST(Classify, WhatIsSignedForAServiceIsNoStage) {
  EXPECT_EQ(kind(request("GET", "/things"), "iot"), "rest iot");
  EXPECT_EQ(kind(request("GET", "/usageplans"), "apigateway"), "rest apigateway");
  EXPECT_EQ(kind(request("GET", "/"), "kinesis"), "rest kinesis");
  EXPECT_EQ(kind(request("GET", "/dev/votes"), "execute-api"), "api [] [dev] /votes");
}

TEST(Classify, ItsOwnInterface) {
  for (const auto* target :
       {"/_votemu", "/_votemu/health", "/_localstack/health?x", "/_votemu?x"}) {
    EXPECT_EQ(kind(request("GET", target)), "control") << target;
  }
}

TEST(Classify, PrefersTheHostThenThePathThenTheTarget) {
  const Headers api_host{{"Host", "abc.execute-api.localhost"}, {"X-Amz-Target", "AmazonSQS.X"}};
  EXPECT_EQ(kind(request("POST", "/_votemu/health", api_host)), "api [abc] [_votemu] /health");
  const Headers target{{"X-Amz-Target", "AmazonSQS.SendMessage"},
                       {"Content-Type", "application/x-www-form-urlencoded"}};
  EXPECT_EQ(kind(request("GET", "/_votemu/health", target)), "control");
  EXPECT_EQ(kind(request("POST", "/_aws/execute-api/abc/dev/x", target)), "api [abc] [dev] /x");
  EXPECT_EQ(kind(request("POST", "/restapis", target, "Action=X")), "json sqs SendMessage");
  EXPECT_EQ(kind(request("POST", "/restapis", form, "Action=X"), "sqs"), "query sqs");
}

TEST(Classify, ComparesWholeSegments) {
  EXPECT_EQ(kind(request("GET", "/_votemux/health")), "api [] [_votemux] /health");
  EXPECT_EQ(kind(request("GET", "/restapisx/votes")), "api [] [restapisx] /votes");
  EXPECT_EQ(kind(request("GET", "/retainedMessages/x")), "api [] [retainedMessages] /x");
  EXPECT_EQ(kind(request("GET", "/accounts")), "api [] [accounts] /");
  EXPECT_EQ(kind(request("GET", "/topics/votes")), "api [] [topics] /votes");
  EXPECT_EQ(kind(request("GET", "/2015-03-3x/functions")), "api [] [2015-03-3x] /functions");
}

TEST(Classify, SurvivesHostilePaths) {
  EXPECT_EQ(kind(request("GET", "")), "api [] [] /");
  EXPECT_EQ(kind(request("GET", "/")), "api [] [] /");
  EXPECT_EQ(kind(request("GET", "//")), "api [] [] /");
  EXPECT_EQ(kind(request("GET", "?")), "api [] [] /");
  EXPECT_EQ(kind(request("OPTIONS", "*")), "api [] [*] /");
  EXPECT_EQ(kind(request("GET", "/../../etc/passwd")), "api [] [..] /../etc/passwd");
  EXPECT_EQ(kind(request("GET", "/_aws/execute-api/")), "api [] [_aws] /execute-api/");
  EXPECT_EQ(kind(request("GET", "/_aws/execute-api/abc")), "api [] [_aws] /execute-api/abc");
  EXPECT_EQ(kind(request("GET", "/_aws/execute-api//dev/x")), "api [] [dev] /x");
  EXPECT_EQ(kind(request("GET", "/restapis/_user_request_")), "rest apigateway");
  EXPECT_EQ(kind(request("GET", "/restapis/_user_request_/dev/x")), "rest apigateway");
  EXPECT_EQ(kind(request("GET", "/restapis/abc/dev/_user_request_s")), "rest apigateway");
  EXPECT_EQ(kind(request("GET", "/restapis_user_request_/x")),
            "api [] [restapis_user_request_] /x");
  EXPECT_EQ(kind(request("GET", "/x", {{"Host", ".execute-api.localhost"}})), "api [] [x] /");
  EXPECT_EQ(kind(request("GET", std::string(100'000, '/'))).substr(0, 10), "api [] [] ");
}

TEST(Classify, TellsBucketsInThePath) {
  EXPECT_EQ(kind(request("GET", "/"), "s3"), "s3 [] ");
  EXPECT_EQ(kind(request("PUT", "/shelf"), "s3"), "s3 [shelf] ");
  EXPECT_EQ(kind(request("PUT", "/shelf/?acl"), "s3"), "s3 [shelf] ");
  EXPECT_EQ(kind(request("GET", "/shelf/a/b%20c//d?x=1"), "s3"), "s3 [shelf] a/b c//d");
  EXPECT_EQ(kind(request("GET", "/2015-03-31/functions/"), "s3"), "s3 [2015-03-31] functions/");
  EXPECT_EQ(kind(request("GET", "/shelf/key", {{"Host", "127.0.0.1:4566"}}), "s3"),
            "s3 [shelf] key");
}

TEST(Classify, TellsBucketsInTheHost) {
  for (const auto* host : {"shelf.s3.localhost:4566", "shelf.s3.localhost.localstack.cloud:4566",
                           "shelf.s3.eu-west-1.amazonaws.com", "shelf.s3.amazonaws.com",
                           "shelf.s3-eu-west-1.amazonaws.com"}) {
    EXPECT_EQ(kind(request("GET", "/a/b", {{"Host", host}})), "s3 [shelf] a/b") << host;
  }
  EXPECT_EQ(kind(request("GET", "/k", {{"Host", "my.shelf.s3.localhost"}})), "s3 [my.shelf] k");
  EXPECT_EQ(kind(request("GET", "/shelf/k", {{"Host", "s3.localhost.localstack.cloud:4566"}})),
            "s3 [shelf] k");
}

TEST(Classify, TellsABucketBeforeItsOwnHostOnlyWhenSignedForS3) {
  const auto asked = request("GET", "/key", {{"Host", "shelf.localhost:4566"}});
  EXPECT_EQ(kind(asked, "s3"), "s3 [shelf] key");
  EXPECT_EQ(kind(asked), "api [] [key] /");
}

}  // namespace
}  // namespace votemu::wire
