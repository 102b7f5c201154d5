// Calls through an API to its function: deployed, and tried out by TestInvokeMethod.
#include "pipeline/api_integration.h"

#include "core/aws_error.h"
#include "tests/unit/pipeline/pipeline_fixture.h"

namespace votemu::pipeline {
namespace {

using core::Json;

constexpr const char* answer_text = R"({"statusCode":201,"headers":{"x-own":"1"},"body":"made"})";

class ApiIntegrationTest : public PipelineTest {
 protected:
  ApiIntegrationTest() {
    core.clock.advance(1'747'899'569'874 - core.clock.now_ms());
    FunctionUnderTest::behave = [](const Json&) { return answer_text; };
    const Json proxy = {
        {"x-amazon-apigateway-integration",
         {{"type", "aws_proxy"},
          {"httpMethod", "POST"},
          {"uri",
           "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
           "arn:aws:lambda:us-east-1:000000000000:function:function/invocations"}}}};
    const Json mock = {{"x-amazon-apigateway-integration",
                        {{"type", "mock"},
                         {"requestTemplates", {{"application/json", "{\"statusCode\":200}"}}},
                         {"responses", {{"default", {{"statusCode", "200"}}}}}}}};
    const Json document = {{"swagger", "2.0"},
                           {"info", {{"title", "votes"}, {"version", "1"}}},
                           {"paths", {{"/votes/{id}", {{"post", proxy}, {"options", mock}}}}}};
    api = call(apigateway.operations(), "ImportRestApi", {{"body", document}})["id"]
              .get<std::string>();
    call(apigateway.operations(), "CreateDeployment", {{"restApiId", api}, {"stageName", "dev"}});
    const Json resources = call(apigateway.operations(), "GetResources", {{"restApiId", api}});
    for (const Json& each : resources["item"]) {
      if (each["path"] == "/votes/{id}") resource = each["id"].get<std::string>();
    }
  }

  void permit() {
    call(lambda->operations(), "AddPermission",
         {{"FunctionName", "function"},
          {"StatementId", "api"},
          {"Action", "lambda:InvokeFunction"},
          {"Principal", "apigateway.amazonaws.com"},
          {"SourceArn", "arn:aws:execute-api:us-east-1:000000000000:" + api + "/*/POST/votes/*"}});
  }

  apigateway::HttpReply call_stage() {
    apigateway::HttpCall request;
    request.method = "POST";
    request.path = "/votes/dog";
    request.request_id = "b4cab704-6c8c-4cf6-8f04-82e8e4afd9a5";
    ApiIntegration integration(core.runtime, apigateway, *lambda);
    return abi::run_now(integration.call(context.scope, api, "dev", std::move(request)));
  }

  Json test(Json members) {
    members["restApiId"] = api;
    members["resourceId"] = resource;
    members.emplace("httpMethod", "POST");
    ApiIntegration integration(core.runtime, apigateway, *lambda);
    const auto operations = integration.operations();
    const auto& run = std::get<core::WaitingOperation>(operations.at("TestInvokeMethod"));
    return abi::run_now(run(context, std::move(members)));
  }

  static std::vector<std::string> lines(const Json& answer) {
    std::vector<std::string> split;
    std::string text = answer["log"].get<std::string>();
    for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
      const std::string line = text.substr(0, end);
      const auto date_end = line.find(" : ");
      split.push_back(date_end == line.npos ? line : line.substr(date_end + 3));
      text.erase(0, end + 1);
    }
    return split;
  }

  apigateway::Service apigateway{core.runtime};
  std::string api;
  std::string resource;
};

TEST_F(ApiIntegrationTest, AStageInvokesAFunctionThatPermitsIt) {
  permit();
  EXPECT_EQ(call_stage().status, 201);
  EXPECT_EQ(events().at(0)["requestContext"]["stage"], "dev");
}

TEST_F(ApiIntegrationTest, WithoutPermissionTheReplyIs500) {
  const auto reply = call_stage();
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body, R"({"message": "Internal server error"})");
  EXPECT_TRUE(events().empty());
}

TEST_F(ApiIntegrationTest, ATestAnswersWithTheFunctionsReply) {
  permit();
  const Json answer = test({{"pathWithQueryString", "/votes/dog?a=1"}, {"body", "{}"}});
  EXPECT_EQ(answer["status"], 201);
  EXPECT_EQ(answer["body"], "made");
  EXPECT_EQ(answer["headers"]["x-own"], "1");
  EXPECT_EQ(answer["multiValueHeaders"]["x-own"], (Json{"1"}));
  EXPECT_FALSE(answer["headers"].contains("x-amzn-RequestId"));
  EXPECT_EQ(answer["latency"], 0);
}

TEST_F(ApiIntegrationTest, ATestsEventIsTheConsoles) {
  permit();
  context.access_key = "AKIA";
  context.user_agent = "aws-cli";
  test({{"pathWithQueryString", "/votes/dog?a=1"}, {"stageVariables", {{"v", "1"}}}});
  const Json event = events().at(0);
  EXPECT_EQ(event["path"], "/votes/dog");
  EXPECT_EQ(event["headers"], nullptr);
  EXPECT_EQ(event["body"], nullptr);
  EXPECT_EQ(event["pathParameters"], (Json{{"id", "dog"}}));
  EXPECT_EQ(event["queryStringParameters"], (Json{{"a", "1"}}));
  EXPECT_EQ(event["stageVariables"], (Json{{"v", "1"}}));
  const Json request = event["requestContext"];
  EXPECT_EQ(request["stage"], "test-invoke-stage");
  EXPECT_EQ(request["path"], "/votes/dog");
  EXPECT_EQ(request["domainName"], "testPrefix.testDomainName");
  EXPECT_EQ(request["domainPrefix"], "testPrefix");
  EXPECT_FALSE(request.contains("deploymentId"));
  EXPECT_EQ(request["identity"], (Json{{"cognitoIdentityPoolId", nullptr},
                                       {"cognitoIdentityId", nullptr},
                                       {"apiKey", "test-invoke-api-key"},
                                       {"principalOrgId", nullptr},
                                       {"cognitoAuthenticationType", nullptr},
                                       {"userArn", "arn:aws:iam::000000000000:root"},
                                       {"apiKeyId", "test-invoke-api-key-id"},
                                       {"userAgent", "aws-cli"},
                                       {"accountId", "000000000000"},
                                       {"caller", "000000000000"},
                                       {"sourceIp", "test-invoke-source-ip"},
                                       {"accessKey", "AKIA"},
                                       {"cognitoAuthenticationProvider", nullptr},
                                       {"user", "000000000000"}}));
}

TEST_F(ApiIntegrationTest, ATestsLogTellsEveryStep) {
  permit();
  const Json answer = test({{"pathWithQueryString", "/votes/dog?a=1"},
                            {"headers", {{"content-type", "application/json"}}},
                            {"body", R"({"id":"dog"})"}});
  const auto log = lines(answer);
  const std::string id = log.at(0).substr(std::string("Execution log for request ").size());
  const std::string uri =
      "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/"
      "arn:aws:lambda:us-east-1:000000000000:function:function/invocations";
  EXPECT_EQ(log.at(1), "Starting execution for request: " + id);
  EXPECT_EQ(log.at(2), "HTTP Method: POST, Resource Path: /votes/{id}");
  EXPECT_EQ(log.at(3), "Method request path: {id=dog}");
  EXPECT_EQ(log.at(4), "Method request query string: {a=1}");
  EXPECT_EQ(log.at(5), "Method request headers: {content-type=application/json}");
  EXPECT_EQ(log.at(6), R"(Method request body before transformations: {"id":"dog"})");
  EXPECT_EQ(log.at(7), "Endpoint request URI: " + uri);
  EXPECT_TRUE(log.at(8).starts_with("Endpoint request headers: {x-amzn-lambda-integration-tag="));
  EXPECT_TRUE(log.at(9).starts_with("Endpoint request body after transformations: {\"resource\":"));
  EXPECT_TRUE(log.at(9).ends_with(" [TRUNCATED]"));
  EXPECT_EQ(log.at(10), "Sending request to " + uri);
  EXPECT_EQ(log.at(11), "Received response. Status: 200, Integration latency: 0 ms");
  EXPECT_TRUE(
      log.at(12).starts_with("Endpoint response headers: {Date=Thu, 22 May 2025 07:39:29 GMT, "));
  EXPECT_EQ(log.at(13),
            std::string("Endpoint response body before transformations: ") + answer_text);
  EXPECT_EQ(log.at(14), "Method response body after transformations: made");
  EXPECT_TRUE(log.at(15).starts_with("Method response headers: {"));
  EXPECT_EQ(log.at(16), "Successfully completed execution");
  EXPECT_EQ(log.at(17), "Method completed with status: 201");
  EXPECT_NE(answer["log"].get<std::string>().find("\nThu May 22 07:39:29 UTC 2025 : Starting"),
            std::string::npos);
}

TEST_F(ApiIntegrationTest, ATestNamesWhatIsWrong) {
  const auto failure = [this] {
    const auto log = lines(test(Json::object()));
    return log.at(log.size() - 2) + " / " + log.back();
  };
  EXPECT_EQ(failure(),
            "Execution failed due to configuration error: Invalid permissions on Lambda function "
            "/ Method completed with status: 500");
  permit();
  FunctionUnderTest::behave = [](const Json&) { return "[]"; };
  EXPECT_EQ(failure(),
            "Execution failed due to configuration error: Malformed Lambda proxy response / "
            "Method completed with status: 502");
  FunctionUnderTest::behave = [](const Json&) -> std::string { throw std::runtime_error("no"); };
  EXPECT_TRUE(failure().starts_with(
      "Lambda execution failed with status 200 due to customer function error: no. Lambda request "
      "id: "));
}

TEST_F(ApiIntegrationTest, AMockIsTestedToo) {
  const Json answer = test({{"httpMethod", "OPTIONS"}});
  EXPECT_EQ(answer["status"], 200);
  const auto log = lines(answer);
  EXPECT_EQ(log.at(3), "Method request path: {}");
  EXPECT_EQ(log.at(7), "Method response body after transformations: ");
}

TEST_F(ApiIntegrationTest, ATestNeedsNoDeployment) {
  permit();
  call(apigateway.operations(), "DeleteStage", {{"restApiId", api}, {"stageName", "dev"}});
  EXPECT_EQ(test(Json::object())["status"], 201);
}

TEST_F(ApiIntegrationTest, AnUnknownMethodCannotBeTested) {
  try {
    test({{"httpMethod", "GET"}});
    FAIL();
  } catch (const core::AwsError& error) {
    EXPECT_EQ(error.code(), "NotFoundException");
    EXPECT_EQ(error.message(), "Invalid Method identifier specified");
  }
}

}  // namespace
}  // namespace votemu::pipeline
