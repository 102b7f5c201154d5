#include "core/json.h"
#include "tests/unit/app/app_fixture.h"

namespace votemu::app {
namespace {

using DispatchTest = AppTest;
using core::parse_json;

TEST_F(DispatchTest, RunsAJsonOperation) {
  const auto response = call("DynamoDB_20120810.ListTables", "{}");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(parse_json(response.body), parse_json(R"({"TableNames":[]})"));
  EXPECT_EQ(response.headers.get("Content-Type"), "application/x-amz-json-1.0");
  EXPECT_EQ(response.headers.get("x-amzn-RequestId").size(), 52U);
}

TEST_F(DispatchTest, AnUnknownOperationOrServiceIsAwsUnknownOperationException) {
  for (const auto* target :
       {"DynamoDB_20120810.Nonsense", "Nonsense_2000.ListTables", "nodot", ""}) {
    const auto response = call(target, "{}");
    EXPECT_EQ(response.status, 400) << target;
    const auto type = parse_json(response.body)["__type"].get<std::string>();
    EXPECT_NE(type.find("UnknownOperationException"), std::string::npos) << target;
  }
}

TEST_F(DispatchTest, MalformedJsonIsASerializationException) {
  for (const auto* body : {"{", "[]", "\"text\"", "{\"TableName\":1}"}) {
    const auto response = call("DynamoDB_20120810.DescribeTable", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_NE(response.body.find("SerializationException"), std::string::npos) << response.body;
  }
}

TEST_F(DispatchTest, AnErrorOfAnOperationKeepsItsCodeAndText) {
  const auto response = call("DynamoDB_20120810.DescribeTable", R"({"TableName":"missing"})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(parse_json(response.body)["__type"],
            "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
  EXPECT_EQ(parse_json(response.body)["message"],
            "Requested resource not found: Table: missing not found");
}

TEST_F(DispatchTest, SqsAnswersInBothProtocols) {
  const auto json = call("AmazonSQS.GetQueueUrl", R"({"QueueName":"missing"})");
  EXPECT_EQ(json.headers.get("x-amzn-query-error"),
            "AWS.SimpleQueueService.NonExistentQueue;Sender");
  const auto xml = send({"POST",
                         "/",
                         {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
                         "Action=CreateQueue&Version=2012-11-05&QueueName=q",
                         "127.0.0.1"});
  EXPECT_EQ(xml.status, 200);
  EXPECT_EQ(xml.headers.get("Content-Type"), "text/xml");
  EXPECT_NE(xml.body.find("<QueueUrl>http://localhost:4566/000000000000/q</QueueUrl>"),
            std::string::npos);
}

TEST_F(DispatchTest, QueueUrlsFollowTheHostOfTheRequest) {
  auto request = wire::HttpRequest{
      "POST",
      "/",
      {{"X-Amz-Target", "AmazonSQS.CreateQueue"}, {"Host", "votes.localhost:9999"}},
      R"({"QueueName":"q"})",
      ""};
  EXPECT_EQ(parse_json(send(std::move(request)).body)["QueueUrl"],
            "http://votes.localhost:9999/000000000000/q");
}

TEST_F(DispatchTest, ALongPollIsAnsweredByALaterMessage) {
  call("AmazonSQS.CreateQueue", R"({"QueueName":"q"})");
  const wire::HttpRequest poll{"POST",
                               "/",
                               {{"X-Amz-Target", "AmazonSQS.ReceiveMessage"}},
                               R"({"QueueUrl":"q","WaitTimeSeconds":20})",
                               ""};
  auto answer = cloud.dispatch().handle(poll);
  auto& waiting = std::get<abi::Task<wire::HttpResponse>>(answer);
  bool answered = false;
  waiting.start([&] { answered = true; });
  advance(5'000);
  EXPECT_FALSE(answered);
  call("AmazonSQS.SendMessage", R"({"QueueUrl":"q","MessageBody":"hello"})");
  ASSERT_TRUE(answered);
  EXPECT_EQ(parse_json(waiting.outcome().take().body)["Messages"][0]["Body"], "hello");
}

TEST_F(DispatchTest, StateIsKeptApartPerAccountAndRegion) {
  const auto as = [this](const std::string& key, const std::string& region, const std::string& body,
                         const std::string& operation) {
    return send({"POST",
                 "/",
                 {{"X-Amz-Target", "AmazonSQS." + operation},
                  {"Authorization", "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/" + region +
                                        "/sqs/aws4_request, SignedHeaders=host, Signature=0"}},
                 body,
                 ""});
  };
  as("111111111111", "eu-west-1", R"({"QueueName":"q"})", "CreateQueue");
  EXPECT_NE(as("111111111111", "eu-west-1", "{}", "ListQueues").body.find("111111111111/q"),
            std::string::npos);
  EXPECT_EQ(as("222222222222", "eu-west-1", "{}", "ListQueues").body.find("/q"), std::string::npos);
  EXPECT_EQ(as("111111111111", "us-east-1", "{}", "ListQueues").body.find("/q"), std::string::npos);
}

TEST_F(DispatchTest, APreflightOfAnAwsCallNamesTheHeadersThatSdksSend) {
  const auto response = send({"OPTIONS",
                              "/",
                              {{"Origin", "http://localhost:3000"},
                               {"Access-Control-Request-Method", "POST"},
                               {"Access-Control-Request-Headers", "x-amz-target,authorization"}},
                              "",
                              ""});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Access-Control-Allow-Origin"), "http://localhost:3000");
  for (const auto* header :
       {"authorization", "x-amz-target", "x-amz-user-agent", "cache-control"}) {
    EXPECT_TRUE(response.headers.has_token("Access-Control-Allow-Headers", header)) << header;
  }
}

TEST_F(DispatchTest, AVoteCrossesThePipeline) {
  deploy_voting_stack();
  const auto vote = post("/dev/votes", R"({"id":"dog"})");
  EXPECT_EQ(vote.status, 200);
  EXPECT_EQ(vote.headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(get("/dev/votes").body, R"([{"PK":"dog","SK":"total","votes":1}])");
}

TEST_F(DispatchTest, AVoteIsOneCommit) {
  deploy_voting_stack();
  const auto commits = cloud.store().commit_count();
  post("/dev/votes", R"({"id":"dog"})");
  EXPECT_EQ(cloud.store().commit_count(), commits + 1);
}

TEST_F(DispatchTest, AnApiIsReachedByEveryFormOfItsAddress) {
  deploy_voting_stack();
  const auto by_host =
      wire::HttpRequest{"GET",
                        "/dev/votes",
                        {{"Host", cloud.inventory().api_id + ".execute-api.localhost:4566"}},
                        "",
                        ""};
  EXPECT_EQ(send(by_host).body, "[]");
  EXPECT_EQ(get("/_aws/execute-api/" + cloud.inventory().api_id + "/dev/votes").body, "[]");
  EXPECT_EQ(get("/restapis/" + cloud.inventory().api_id + "/dev/_user_request_/votes").body, "[]");
  EXPECT_EQ(get("/dev/votes").body, "[]");
}

TEST_F(DispatchTest, WhatAnApiDoesNotHaveIsTheGateways403) {
  deploy_voting_stack();
  for (const auto* target : {"/dev/nothing", "/dev"}) {
    const auto response = get(target);
    EXPECT_EQ(response.status, 403) << target;
    EXPECT_EQ(response.body, R"({"message":"Missing Authentication Token"})") << target;
  }
  EXPECT_EQ(get("/nostage/votes").body, R"({"message":"Forbidden"})");
}

TEST_F(DispatchTest, TheApisOwnCorsAnswersItsPreflight) {
  deploy_voting_stack();
  const auto response = send({"OPTIONS",
                              "/dev/votes",
                              {{"Origin", "http://x"}, {"Access-Control-Request-Method", "POST"}},
                              "",
                              ""});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Access-Control-Allow-Methods"), "GET,POST,OPTIONS");
  EXPECT_EQ(response.headers.get("Access-Control-Max-Age"), "0");
}

TEST_F(DispatchTest, MqttIsAtItsOwnPathOnly) {
  const auto offer = [](const std::string& path, const std::string& protocols) {
    return wire::HttpRequest{"GET", path, {{"Sec-WebSocket-Protocol", protocols}}, "", ""};
  };
  const auto subprotocol = [this, &offer](const std::string& path, const std::string& protocols) {
    return std::get<std::string>(cloud.dispatch().answer_upgrade(offer(path, protocols)));
  };
  EXPECT_EQ(subprotocol("/mqtt", "mqttv3.1"), "mqttv3.1");
  EXPECT_EQ(subprotocol("/mqtt?X-Amz-Algorithm=a", "x, mqtt"), "mqtt");
  EXPECT_EQ(subprotocol("/mqtt", "chat"), "");
  const auto elsewhere = cloud.dispatch().answer_upgrade(offer("/other", "mqtt"));
  EXPECT_EQ(std::get<wire::HttpResponse>(elsewhere).status, 404);
}

}  // namespace
}  // namespace votemu::app
