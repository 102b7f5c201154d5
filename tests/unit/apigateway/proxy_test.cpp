#include "tests/unit/apigateway/apigateway_fixture.h"

namespace votemu::apigateway {
namespace {

using core::Json;

Stage dev_stage() {
  Stage stage({"123456789012", "us-east-1"}, "abc123", "dev");
  stage.deployment_id = "za18su";
  return stage;
}

class ProxyTest : public ApiTest {
 protected:
  Json event() { return core::parse_json(proxy_event(target(), call_)); }
  HttpReply reply(const Json& result) {
    return proxy_reply(target(), call_, core::dump_json(result), false);
  }
  void expect_malformed(std::string_view result) {
    const HttpReply bad = proxy_reply(target(), call_, result, false);
    EXPECT_EQ(bad.status, 502) << result;
    EXPECT_EQ(bad.body, "{\"message\": \"Internal server error\"}");
    EXPECT_EQ(header(bad, "x-amzn-ErrorType"), "InternalServerErrorException");
  }

  // What calls of /votes reach.
  Target target() const {
    Endpoint endpoint;
    endpoint.stage = std::make_shared<const Stage>(stage_);
    endpoint.resource_id = "sy60rq";
    endpoint.resource_path = "/votes";
    endpoint.event = EventText(endpoint);
    return {std::make_shared<const Endpoint>(endpoint), "POST", path_parameters_};
  }

  Stage stage_ = dev_stage();
  PathParameters path_parameters_;
  HttpCall call_ = http("POST", "/votes");
};

TEST_F(ProxyTest, TheEventHasEveryField) {
  call_.headers = {{"content-type", "application/json"}, {"User-Agent", "Mozilla/5.0"}};
  call_.body = "{\"id\":\"dog\"}";
  const Json seen = event();
  const Json headers = {{"content-type", "application/json"},
                        {"Host", "abc123.execute-api.us-east-1.amazonaws.com"},
                        {"User-Agent", "Mozilla/5.0"},
                        {"X-Amzn-Trace-Id", "Root=1-682ed4b1-6c8c4cf68f0482e8e4afd9a5"},
                        {"X-Forwarded-For", "203.0.113.9"},
                        {"X-Forwarded-Port", "443"},
                        {"X-Forwarded-Proto", "https"}};
  Json all = Json::object();
  for (const auto& [name, value] : headers.items()) all[name] = Json::array({value});
  const Json identity = {{"cognitoIdentityPoolId", nullptr},
                         {"accountId", nullptr},
                         {"cognitoIdentityId", nullptr},
                         {"caller", nullptr},
                         {"sourceIp", "203.0.113.9"},
                         {"principalOrgId", nullptr},
                         {"accessKey", nullptr},
                         {"cognitoAuthenticationType", nullptr},
                         {"cognitoAuthenticationProvider", nullptr},
                         {"userArn", nullptr},
                         {"userAgent", "Mozilla/5.0"},
                         {"user", nullptr}};
  const Json context = {{"resourceId", "sy60rq"},
                        {"resourcePath", "/votes"},
                        {"httpMethod", "POST"},
                        {"extendedRequestId", seen["requestContext"]["extendedRequestId"]},
                        {"requestTime", "22/May/2025:07:39:29 +0000"},
                        {"path", "/dev/votes"},
                        {"accountId", "123456789012"},
                        {"protocol", "HTTP/1.1"},
                        {"stage", "dev"},
                        {"domainPrefix", "abc123"},
                        {"requestTimeEpoch", 1747899569874},
                        {"requestId", "b4cab704-6c8c-4cf6-8f04-82e8e4afd9a5"},
                        {"identity", identity},
                        {"domainName", "abc123.execute-api.us-east-1.amazonaws.com"},
                        {"deploymentId", "za18su"},
                        {"apiId", "abc123"}};
  EXPECT_EQ(seen, Json({{"resource", "/votes"},
                        {"path", "/votes"},
                        {"httpMethod", "POST"},
                        {"headers", headers},
                        {"multiValueHeaders", all},
                        {"queryStringParameters", nullptr},
                        {"multiValueQueryStringParameters", nullptr},
                        {"pathParameters", nullptr},
                        {"stageVariables", nullptr},
                        {"requestContext", context},
                        {"body", "{\"id\":\"dog\"}"},
                        {"isBase64Encoded", false}}));
  EXPECT_EQ(seen["requestContext"]["extendedRequestId"].get<std::string>().size(), 16U);
}

TEST_F(ProxyTest, NoBodyIsNull) {
  EXPECT_TRUE(event()["body"].is_null());
}

TEST_F(ProxyTest, QueryParametersAreDecodedAndTheLastWins) {
  call_.raw_query =
      "dateTimeOffset=2023-06-12T18:05:10.123456+00:00&email=test%2Balias@gmail.com&"
      "price=10&price=20&flag&whitespace=foo%20bar&bad=%zz&=";
  const Json seen = event();
  EXPECT_EQ(seen["queryStringParameters"]["dateTimeOffset"], "2023-06-12T18:05:10.123456 00:00");
  EXPECT_EQ(seen["queryStringParameters"]["email"], "test+alias@gmail.com");
  EXPECT_EQ(seen["queryStringParameters"]["price"], "20");
  EXPECT_EQ(seen["multiValueQueryStringParameters"]["price"], Json({"10", "20"}));
  EXPECT_EQ(seen["queryStringParameters"]["flag"], "");
  EXPECT_EQ(seen["queryStringParameters"]["whitespace"], "foo bar");
  EXPECT_EQ(seen["queryStringParameters"]["bad"], "%zz");
}

TEST_F(ProxyTest, RepeatedHeadersKeepAllValuesAndTheConnectionsOwnGo) {
  call_.headers = {{"X-A", "1"},
                   {"x-a", "2"},
                   {"Connection", "keep-alive"},
                   {"Content-Length", "0"},
                   {"Host", "localhost:4566"},
                   {"X-Forwarded-For", "10.0.0.1"}};
  const Json seen = event();
  EXPECT_EQ(seen["headers"]["X-A"], "2");
  EXPECT_EQ(seen["multiValueHeaders"]["X-A"], Json({"1", "2"}));
  EXPECT_FALSE(seen["headers"].contains("Connection"));
  EXPECT_FALSE(seen["headers"].contains("Content-Length"));
  EXPECT_EQ(seen["headers"]["Host"], "localhost:4566");
  EXPECT_EQ(seen["headers"]["X-Forwarded-For"], "10.0.0.1, 203.0.113.9");
}

TEST_F(ProxyTest, TheClientsTraceIdIsKept) {
  call_.headers = {{"x-amzn-trace-id", "Root=1-3152b799-8954dae64eda91bc9a23a7e8"}};
  EXPECT_EQ(event()["headers"]["X-Amzn-Trace-Id"], "Root=1-3152b799-8954dae64eda91bc9a23a7e8");
}

TEST_F(ProxyTest, LeadingSlashesCountAsOneExceptInTheContextsPath) {
  call_.path = "//votes";
  EXPECT_EQ(event()["path"], "/votes");
  EXPECT_EQ(event()["requestContext"]["path"], "/dev//votes");
  call_.path = "";
  EXPECT_EQ(event()["path"], "/");
  EXPECT_EQ(event()["requestContext"]["path"], "/dev");
}

TEST_F(ProxyTest, BytesThatAreNoTextAreReplaced) {
  call_.body = std::string("a\xFF\x01\"\\\n\xC3\xA9\xED\xA0\x80", 11);
  EXPECT_EQ(event()["body"], "a\uFFFD\x01\"\\\n\u00E9\uFFFD\uFFFD\uFFFD");
}

TEST_F(ProxyTest, BinaryTypesComeAsBase64) {
  stage_.binary_media_types = {"image/*"};
  call_.headers = {{"Content-Type", "image/png; q=1"}};
  call_.body = "\xFF\x00";
  call_.body.push_back('\0');
  EXPECT_EQ(event()["isBase64Encoded"], true);
  call_.headers = {{"Content-Type", "text/plain"}};
  EXPECT_EQ(event()["isBase64Encoded"], false);
}

TEST_F(ProxyTest, ParametersAndStageVariables) {
  path_parameters_ = {{"id", "a%2Bb"}};
  stage_.variables = {{"color", "red"}};
  EXPECT_EQ(event()["pathParameters"], Json({{"id", "a%2Bb"}}));
  EXPECT_EQ(event()["stageVariables"], Json({{"color", "red"}}));
}

TEST_F(ProxyTest, RepliesWithStatusHeadersAndBody) {
  const HttpReply done = reply({{"statusCode", 201},
                                {"headers", {{"test-header", "value"}, {"header-bool", true}}},
                                {"body", "hi"}});
  EXPECT_EQ(done.status, 201);
  EXPECT_EQ(done.body, "hi");
  EXPECT_EQ(header(done, "test-header"), "value");
  EXPECT_EQ(header(done, "header-bool"), "true");
  EXPECT_EQ(header(done, "Content-Type"), "application/json");
  EXPECT_EQ(header(done, "x-amzn-RequestId"), call_.request_id);
  EXPECT_EQ(header(done, "x-amz-apigw-id").size(), 16U);
  EXPECT_EQ(header(done, "X-Amzn-Trace-Id").substr(0, 7), "Root=1-");
}

TEST_F(ProxyTest, EveryMemberMayBeLeftOut) {
  EXPECT_EQ(reply({{"statusCode", 200}}).body, "");
  EXPECT_EQ(reply({{"statusCode", 200}, {"headers", nullptr}}).status, 200);
  const HttpReply only_headers = reply({{"headers", {{"test-header", "value"}}}});
  EXPECT_EQ(only_headers.status, 200);
  EXPECT_EQ(header(only_headers, "test-header"), "value");
  EXPECT_EQ(reply({{"statusCode", "201"}}).status, 201);
}

TEST_F(ProxyTest, AContentTypeOfAnyCaseReplacesTheDefault) {
  const HttpReply done = reply({{"headers", {{"content-type", "text/html"}}}});
  EXPECT_EQ(header(done, "content-type"), "text/html");
  EXPECT_EQ(header(done, "Content-Type"), "");
}

TEST_F(ProxyTest, MultiValueHeadersComeFirstAndGiveTheCasing) {
  EXPECT_EQ(
      header(reply({{"multiValueHeaders", {{"test-multi", {"value1", "value2"}}}}}), "test-multi"),
      "value1, value2");
  EXPECT_EQ(header(reply({{"multiValueHeaders", {{"tesT-Multi", {"value-multi"}}}},
                          {"headers", {{"test-multi", "value-solo"}}}}),
                   "tesT-Multi"),
            "value-multi, value-solo");
  EXPECT_EQ(
      header(reply({{"multiValueHeaders", {{"a", {"same"}}}}, {"headers", {{"a", "same"}}}}), "a"),
      "same");
}

TEST_F(ProxyTest, OfEqualMembersTheLastCountsAndHeadersComeByName) {
  const HttpReply done = proxy_reply(
      target(), call_,
      R"({"body":"x","statusCode":"404","headers":{"b":"1","c":2.50,"a":"3","b":"4","d":"5",)"
      R"("d":null},"statusCode":201,"body":12345678901234567890123})",
      false);
  EXPECT_EQ(done.status, 201);
  EXPECT_EQ(done.body, "1.2345678901234568e+22");
  Pairs own;
  for (const auto& header : done.headers) {
    if (header.first.size() == 1) own.push_back(header);
  }
  EXPECT_EQ(own, (Pairs{{"a", "3"}, {"b", "4"}, {"c", "2.5"}}));
}

TEST_F(ProxyTest, MalformedResultsAre502) {
  for (const auto* result :
       {"{\"statusCode\":200,\"wrongValue\":\"value\"}",
        "{\"statusCode\":200,\"multiValueHeaders\":{\"test-multi-invalid\":\"value1\"}}",
        "{\"statusCode\":\"test\"}",
        "\"justAString\"",
        "null",
        "[]",
        "7",
        "not json",
        "",
        "{\"statusCode\":200}x",
        "{\"headers\":{\"a\":1e999}}",
        "{\"statusCode\":200,\"body\":{\"a\":1}}",
        "{\"statusCode\":200,\"body\":[]}",
        "{\"statusCode\":99}",
        "{\"statusCode\":200.5}",
        "{\"headers\":[]}",
        "{\"headers\":{\"a\":{}}}",
        "{\"headers\":{\"a b\":\"c\"}}",
        "{\"headers\":{\"a\":\"b\\r\\nc: d\"}}",
        "{\"isBase64Encoded\":{}}"}) {
    expect_malformed(result);
  }
}

TEST_F(ProxyTest, AFunctionErrorIs502WhateverItSays) {
  const HttpReply failed = proxy_reply(target(), call_, "{\"statusCode\":200}", true);
  EXPECT_EQ(failed.status, 502);
  EXPECT_EQ(failed.body, "{\"message\": \"Internal server error\"}");
}

TEST_F(ProxyTest, Base64IsDecodedForBinaryTypesOnly) {
  const Json result = {{"body", "dGVzdC1kYXRh"}, {"isBase64Encoded", true}};
  EXPECT_EQ(reply(result).body, "dGVzdC1kYXRh");
  stage_.binary_media_types = {"image/png"};
  EXPECT_EQ(reply(result).body, "dGVzdC1kYXRh");
  call_.headers = {{"Accept", "image/png,*/*"}};
  EXPECT_EQ(reply(result).body, "test-data");
  stage_.binary_media_types = {"*/*"};
  call_.headers.clear();
  EXPECT_EQ(reply(result).body, "test-data");
  expect_malformed("{\"body\":\"%%%\",\"isBase64Encoded\":true}");
}

TEST_F(ProxyTest, HeadersOfTheConnectionAreRemapped) {
  const HttpReply done =
      reply({{"headers", {{"Content-Length", "7"}, {"transfer-encoding", "x"}}}});
  EXPECT_EQ(header(done, "Content-Length"), "");
  EXPECT_EQ(header(done, "x-amzn-Remapped-Content-Length"), "7");
  EXPECT_EQ(header(done, "transfer-encoding"), "");
}

TEST_F(ProxyTest, TheGatewaysOwnFailures) {
  const HttpReply late = integration_timeout_reply(call_);
  EXPECT_EQ(late.status, 504);
  EXPECT_EQ(late.body, "{\"message\": \"Endpoint request timed out\"}");
  const HttpReply forbidden = no_permission_reply(call_);
  EXPECT_EQ(forbidden.status, 500);
  EXPECT_EQ(forbidden.body, "{\"message\": \"Internal server error\"}");
}

}  // namespace
}  // namespace votemu::apigateway
