#include "services/apigateway/limits.h"
#include "tests/unit/apigateway/apigateway_fixture.h"

namespace votemu::apigateway {
namespace {

using core::Json;

TEST_F(ApiTest, LiteralsWinOverParametersOverGreedyOnes) {
  const Json get = {{"get", proxy("f")}};
  const std::string api = deploy({{"/", get},
                                  {"/votes", get},
                                  {"/votes/{id}", get},
                                  {"/votes/all", get},
                                  {"/votes/{id}/log", get},
                                  {"/files/{proxy+}", get},
                                  {"/files/top", get}});
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", "/"},
      {"/", "/"},
      {"/votes", "/votes"},
      {"/votes/", "/votes"},
      {"//votes", "/votes"},
      {"/votes/7", "/votes/{id} id=7"},
      {"/votes/a%2Bb", "/votes/{id} id=a%2Bb"},
      {"/votes/all", "/votes/all"},
      {"/votes/all/log", "/votes/{id}/log id=all"},
      {"/votes/7/log/", "/votes/{id}/log id=7"},
      {"/votes/7/other", "403"},
      {"/votes//log", "403"},
      {"/files", "403"},
      {"/files/", "403"},
      {"/files/top", "/files/top"},
      {"/files/a", "/files/{proxy+} proxy=a"},
      {"/files/a/", "/files/{proxy+} proxy=a"},
      {"/files/a//b", "/files/{proxy+} proxy=a//b"},
      {"/files/top/x", "/files/{proxy+} proxy=top/x"},
      {"/Votes", "403"},
  };
  for (const auto& [path, expected] : table) {
    EXPECT_EQ(routed(api, http("GET", path)), expected) << path;
  }
}

TEST_F(ApiTest, AnyAnswersWhatHasNoMethodOfItsOwn) {
  const std::string api = deploy(
      {{"/votes", {{"x-amazon-apigateway-any-method", proxy("any")}, {"post", proxy("post")}}}});
  const auto function = [&](const char* method) {
    auto found = service_.route(context_.scope, api, "dev", http(method, "/votes"));
    return std::get<Target>(found).endpoint->function_arn;
  };
  EXPECT_EQ(function("POST"), "arn:aws:lambda:us-east-1:000000000000:function:post");
  EXPECT_EQ(function("DELETE"), "arn:aws:lambda:us-east-1:000000000000:function:any");
}

TEST_F(ApiTest, UnknownRoutesMethodsStagesAndApis) {
  const std::string api = deploy({{"/votes", {{"post", proxy("f")}}}});
  const auto reply_of = [&](const std::string& id, const std::string& stage, const char* method,
                            const char* path) {
    return std::get<HttpReply>(service_.route(context_.scope, id, stage, http(method, path)));
  };
  for (const auto& missing :
       {reply_of(api, "dev", "POST", "/other"), reply_of(api, "dev", "GET", "/votes")}) {
    EXPECT_EQ(missing.status, 403);
    EXPECT_EQ(missing.body, "{\"message\":\"Missing Authentication Token\"}");
    EXPECT_EQ(header(missing, "x-amzn-ErrorType"), "MissingAuthenticationTokenException");
  }
  for (const auto& forbidden :
       {reply_of(api, "prod", "POST", "/votes"), reply_of("zzzzzzzzzz", "dev", "POST", "/votes")}) {
    EXPECT_EQ(forbidden.status, 403);
    EXPECT_EQ(forbidden.body, "{\"message\":\"Forbidden\"}");
  }
}

TEST_F(ApiTest, ATooLargeBodyIs413) {
  const std::string api = deploy({{"/votes", {{"post", proxy("f")}}}});
  HttpCall call = http("POST", "/votes");
  call.body.assign(limits::max_payload_bytes, 'x');
  EXPECT_EQ(routed(api, call), "/votes");
  call.body += 'x';
  const auto found = service_.route(context_.scope, api, "dev", call);
  EXPECT_EQ(std::get<HttpReply>(found).status, 413);
  EXPECT_EQ(std::get<HttpReply>(found).body, "HTTP content length exceeded 10485760 bytes.");
}

TEST_F(ApiTest, OnlyPostInvokesAFunction) {
  Json method = proxy("f");
  method["x-amazon-apigateway-integration"]["httpMethod"] = "GET";
  const std::string api = deploy({{"/votes", {{"get", method}}}});
  EXPECT_EQ(routed(api, http("GET", "/votes")), "500");
}

TEST_F(ApiTest, CorsIsAnsweredByTheMock) {
  const Json cors = {
      {"consumes", {"application/json"}},
      {"responses",
       {{"200", {{"headers", {{"Access-Control-Allow-Origin", {{"type", "string"}}}}}}}}},
      {"x-amazon-apigateway-integration",
       {{"type", "mock"},
        {"requestTemplates", {{"application/json", "{\n  \"statusCode\" : 200\n}\n"}}},
        {"responses",
         {{"default",
           {{"statusCode", "200"},
            {"responseParameters",
             {{"method.response.header.Access-Control-Allow-Headers", "'Content-Type'"},
              {"method.response.header.Access-Control-Allow-Methods", "'OPTIONS,POST'"},
              {"method.response.header.Access-Control-Allow-Origin", "'*'"},
              {"method.response.header.Access-Control-Max-Age", "'600'"}}},
            {"responseTemplates", {{"application/json", "{}\n"}}}}}}}}}};
  const std::string api = deploy({{"/votes", {{"options", cors}, {"post", proxy("f")}}}});
  const auto found = service_.route(context_.scope, api, "dev", http("OPTIONS", "/votes"));
  const auto& reply = std::get<HttpReply>(found);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{}\n");
  EXPECT_EQ(header(reply, "Content-Type"), "application/json");
  EXPECT_EQ(header(reply, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(header(reply, "Access-Control-Allow-Headers"), "Content-Type");
  EXPECT_EQ(header(reply, "Access-Control-Allow-Methods"), "OPTIONS,POST");
  EXPECT_EQ(header(reply, "Access-Control-Max-Age"), "600");
  EXPECT_EQ(header(reply, "x-amzn-RequestId"), "b4cab704-6c8c-4cf6-8f04-82e8e4afd9a5");
  EXPECT_EQ(header(reply, "X-Amzn-Trace-Id"), "");
}

TEST_F(ApiTest, AMockChoosesItsResponseByStatus) {
  const auto mock = [](const char* chosen, const char* behavior) -> Json {
    return {{"get",
             {{"x-amazon-apigateway-integration",
               {{"type", "mock"},
                {"passthroughBehavior", behavior},
                {"requestTemplates", {{"application/json", chosen}}},
                {"responses",
                 {{"4\\d\\d", {{"statusCode", "418"}}}, {"200", {{"statusCode", "200"}}}}}}}}}};
  };
  const std::string api = deploy({{"/ok", mock("{statusCode: 200}", "when_no_match")},
                                  {"/bad", mock("{\"statusCode\": 404}", "never")},
                                  {"/none", mock("{\"statusCode\": 500}", "never")},
                                  {"/empty", mock("{}", "never")}});
  EXPECT_EQ(routed(api, http("GET", "/ok")), "200");
  EXPECT_EQ(routed(api, http("GET", "/bad")), "418");
  EXPECT_EQ(routed(api, http("GET", "/none")), "500");
  EXPECT_EQ(routed(api, http("GET", "/empty")), "500");
  HttpCall text = http("GET", "/bad");
  text.headers = {{"Content-Type", "text/plain"}};
  EXPECT_EQ(routed(api, text), "415");
}

TEST_F(ApiTest, CallsAreAnsweredFromTheDeployedSnapshot) {
  const std::string api = deploy({{"/votes", {{"post", proxy("f")}}}});
  call("PutRestApi", {{"restApiId", api},
                      {"mode", "overwrite"},
                      {"body", document({{"/other", {{"post", proxy("f")}}}})}});
  EXPECT_EQ(routed(api, http("POST", "/votes")), "/votes");
  EXPECT_EQ(routed(api, http("POST", "/other")), "403");
  call("CreateDeployment", {{"restApiId", api}, {"stageName", "dev"}});
  EXPECT_EQ(routed(api, http("POST", "/votes")), "403");
  EXPECT_EQ(routed(api, http("POST", "/other")), "/other");
}

TEST_F(ApiTest, FindsTheOneApiWithAStage) {
  const std::string first = deploy({{"/votes", {{"post", proxy("f")}}}});
  EXPECT_EQ(service_.api_with_stage(context_.scope, "dev"), first);
  EXPECT_EQ(service_.api_with_stage(context_.scope, "prod"), std::nullopt);
  EXPECT_EQ(service_.scope_of_api(first), context_.scope);
  deploy({{"/votes", {{"post", proxy("f")}}}});
  EXPECT_EQ(service_.api_with_stage(context_.scope, "dev"), std::nullopt);
  core::Scope elsewhere;
  elsewhere.region = "eu-west-1";
  EXPECT_EQ(service_.api_with_stage(elsewhere, "dev"), std::nullopt);
}

TEST_F(ApiTest, ARestartAnswersAsBefore) {
  const std::string api = deploy({{"/votes/{id}", {{"post", proxy("f")}}}});
  core_.finish_turn();
  const Service restarted(core_.runtime);
  EXPECT_EQ(restarted.api_with_stage(context_.scope, "dev"), api);
  const auto found = restarted.route(context_.scope, api, "dev", http("POST", "/votes/7"));
  EXPECT_EQ(std::get<Target>(found).path_parameters.at(0).second, "7");
}

}  // namespace
}  // namespace votemu::apigateway
