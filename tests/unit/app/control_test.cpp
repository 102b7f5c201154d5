#include "app/start_text.h"
#include "core/json.h"
#include "tests/unit/app/app_fixture.h"

namespace votemu::app {
namespace {

using ControlTest = AppTest;
using core::parse_json;

TEST_F(ControlTest, HealthIsThereUnderBothNames) {
  for (const auto* target : {"/_votemu/health", "/_localstack/health"}) {
    const auto response = get(target);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(parse_json(response.body)["services"]["sqs"], "running");
  }
  EXPECT_EQ(send({"HEAD", "/_localstack/health", {}, "", ""}).status, 200);
}

TEST_F(ControlTest, ThePageIsServedAndRevalidated) {
  const auto page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.get("Content-Type"), "text/html; charset=utf-8");
  const std::string etag(page.headers.get("ETag"));
  EXPECT_EQ(send({"GET", "/", {{"If-None-Match", etag}}, "", ""}).status, 304);
}

TEST_F(ControlTest, ThePagesConfigurationIsOfThisProcess) {
  deploy_voting_stack();
  const auto page = parse_json(get("/_votemu/config.json").body);
  EXPECT_EQ(page["apiEndpoint"], "http://localhost:4566/dev");
  EXPECT_EQ(page["iotEndpoint"], "ws://localhost:4566/mqtt");
  EXPECT_EQ(page["iotTopic"], "votes");
  EXPECT_EQ(page["region"], "us-east-1");
  EXPECT_EQ(page["identityPoolId"], cloud.inventory().identity_pool_id);
}

TEST_F(ControlTest, APageThatCameOverTlsStaysWithTls) {
  deploy_voting_stack();
  wire::HttpRequest request{"GET", "/_votemu/config.json", {}, "", "127.0.0.1"};
  request.secure = true;
  const auto page = parse_json(send(std::move(request)).body);
  EXPECT_EQ(page["apiEndpoint"], "https://localhost:4566/dev");
  EXPECT_EQ(page["iotEndpoint"], "wss://localhost:4566/mqtt");
}

TEST_F(ControlTest, QueuesHaveTheUrlOfTheRequestsOwnScheme) {
  const auto create = [this](bool secure) {
    wire::HttpRequest request{
        "POST", "/", {{"X-Amz-Target", "AmazonSQS.CreateQueue"}}, R"({"QueueName":"q"})", ""};
    request.secure = secure;
    return parse_json(send(std::move(request)).body)["QueueUrl"];
  };
  EXPECT_EQ(create(false), "http://localhost:4566/000000000000/q");
  EXPECT_EQ(create(true), "https://localhost:4566/000000000000/q");
}

TEST_F(ControlTest, TheLocalCaIsTold) {
  const auto response = get("/_votemu/ca.pem");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/x-pem-file");
  EXPECT_EQ(response.body, cloud.tls_certificate().authority());
}

TEST_F(ControlTest, WhatIsNotThereIs404) {
  EXPECT_EQ(get("/_votemu/nothing").status, 404);
}

TEST_F(ControlTest, TheStartTextEndsWithReadyAndHasALineToPaste) {
  deploy_voting_stack();
  const auto text = start_text(Config{}, 4566, "voting-app", cloud.inventory());
  EXPECT_TRUE(text.ends_with("\nReady.\n"));
  EXPECT_NE(text.find("curl -d '{\"id\":\"dog\"}' http://localhost:4566/dev/votes\n"),
            std::string::npos);
}

TEST_F(ControlTest, TheStartTextSaysHowTlsIsTrusted) {
  Config kept;
  kept.store.data_directory = "/var/votes";
  EXPECT_NE(start_text(kept, 1, "", {}).find("NODE_EXTRA_CA_CERTS=/var/votes/ca.pem\n"),
            std::string::npos);
  EXPECT_NE(start_text(config, 1, "", {})
                .find("curl -s http://localhost:1/_votemu/ca.pem > votemu-ca.pem"),
            std::string::npos);
}

TEST_F(ControlTest, TheStartTextWarnsWhereTheNetworkIsServed) {
  Config open;
  EXPECT_EQ(start_text(open, 1, "", {}).find("Warning"), std::string::npos);
  open.hosts = {"127.0.0.1", "0.0.0.0"};
  EXPECT_NE(
      start_text(open, 1, "", {})
          .find("listens on 127.0.0.1, 0.0.0.0: whoever reaches this machine over the network "
                "may call it with any credentials\n"),
      std::string::npos);
}

TEST_F(ControlTest, ASecondStartOnTheSameStateChangesNothing) {
  deploy_voting_stack();
  const auto before = cloud.inventory();
  const auto commits = cloud.store().commit_count();
  deploy_voting_stack();
  EXPECT_EQ(cloud.inventory().api_id, before.api_id);
  EXPECT_EQ(cloud.inventory().identity_pool_id, before.identity_pool_id);
  EXPECT_EQ(cloud.store().commit_count(), commits);
}

}  // namespace
}  // namespace votemu::app
