// What the Update… operations change, and what they refuse; tags; the account.
#include "tests/unit/apigateway/apigateway_fixture.h"

namespace votemu::apigateway {
namespace {

using core::Json;

class PatchTest : public ApiTest {
 protected:
  PatchTest() {
    const Json api = call("CreateRestApi", {{"name", "votes"}});
    api_ = api["id"].get<std::string>();
    root_ = api["rootResourceId"].get<std::string>();
    votes_ = resource(root_, "votes");
    method_ = {{"restApiId", api_}, {"resourceId", votes_}, {"httpMethod", "GET"}};
    call("PutMethod", with({{"authorizationType", "NONE"}}));
    call("PutMethodResponse", with({{"statusCode", "200"}}));
    call("PutIntegration", with({{"type", "MOCK"}}));
    call("PutIntegrationResponse", with({{"statusCode", "200"}}));
  }

  std::string resource(const std::string& parent, const std::string& part) {
    return call("CreateResource",
                {{"restApiId", api_}, {"parentId", parent}, {"pathPart", part}})["id"]
        .get<std::string>();
  }
  Json with(Json members) const {
    members.update(method_);
    return members;
  }
  Json patched(const char* op, const char* path, const char* value) const {
    const Json patch = {{"op", op}, {"path", path}, {"value", value}};
    return with({{"statusCode", "200"}, {"patchOperations", Json::array({patch})}});
  }
  Json path_of(const std::string& id) {
    return call("GetResource", {{"restApiId", api_}, {"resourceId", id}})["path"];
  }

  std::string api_, root_, votes_;
  Json method_;
};

TEST_F(PatchTest, AMethod) {
  EXPECT_EQ(call("UpdateMethod", patched("replace", "/apiKeyRequired", "true"))["apiKeyRequired"],
            true);
  const char* parameter = "/requestParameters/method.request.querystring.a";
  EXPECT_EQ(call("UpdateMethod", patched("add", parameter, "true"))["requestParameters"],
            (Json{{"method.request.querystring.a", true}}));
  EXPECT_FALSE(
      call("UpdateMethod", patched("remove", parameter, "")).contains("requestParameters"));
  EXPECT_EQ(error_of("UpdateMethod", patched("replace", "/authorizationType", "SOME")),
            "BadRequestException 400: Invalid authorization type specified. Valid options are "
            "NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS");
}

TEST_F(PatchTest, AnIntegration) {
  const Json updated =
      call("UpdateIntegration", patched("add", "/requestTemplates/application~1json", "{}"));
  EXPECT_EQ(updated["requestTemplates"], (Json{{"application/json", "{}"}}));
  EXPECT_EQ(error_of("UpdateIntegration", patched("replace", "/timeoutInMillis", "10")),
            "BadRequestException 400: Timeout should be between 50 ms and 29000 ms");
  EXPECT_EQ(
      error_of("UpdateIntegration", patched("replace", "/timeoutInMillis", "long")).substr(0, 47),
      "BadRequestException 400: Invalid patch value  '");
  EXPECT_EQ(call("GetIntegration", method_)["timeoutInMillis"], 29'000);
}

TEST_F(PatchTest, AnIntegrationIsStillAnEndpointsAfterwards) {
  call("PutIntegration", with({{"type", "AWS_PROXY"},
                               {"integrationHttpMethod", "POST"},
                               {"uri", invocation_uri("f")}}));
  EXPECT_EQ(error_of("UpdateIntegration", patched("replace", "/uri", "nowhere")),
            "BadRequestException 400: Invalid ARN specified in the request");
  EXPECT_EQ(
      call("UpdateIntegration", patched("replace", "/uri", invocation_uri("g").c_str()))["uri"],
      invocation_uri("g"));
}

TEST_F(PatchTest, Responses) {
  EXPECT_EQ(call("UpdateMethodResponse",
                 patched("add", "/responseModels/application~1json", "Empty"))["responseModels"],
            (Json{{"application/json", "Empty"}}));
  EXPECT_EQ(call("UpdateIntegrationResponse",
                 patched("replace", "/selectionPattern", "2.."))["selectionPattern"],
            "2..");
  call("DeleteMethodResponse", with({{"statusCode", "200"}}));
  call("DeleteIntegrationResponse", with({{"statusCode", "200"}}));
  for (const char* operation : {"GetMethodResponse", "GetIntegrationResponse",
                                "DeleteMethodResponse", "DeleteIntegrationResponse"}) {
    EXPECT_EQ(error_of(operation, with({{"statusCode", "200"}})),
              "NotFoundException 404: Invalid Response status code specified");
  }
}

TEST_F(PatchTest, AResourceMovesWithItsDescendants) {
  const std::string id = resource(votes_, "{id}");
  const Json rename = {{"op", "replace"}, {"path", "/pathPart"}, {"value", "polls"}};
  call("UpdateResource",
       {{"restApiId", api_}, {"resourceId", votes_}, {"patchOperations", Json::array({rename})}});
  EXPECT_EQ(path_of(votes_), "/polls");
  EXPECT_EQ(path_of(id), "/polls/{id}");

  const std::string other = resource(root_, "other");
  const Json move = {{"op", "replace"}, {"path", "/parentId"}, {"value", other}};
  call("UpdateResource",
       {{"restApiId", api_}, {"resourceId", votes_}, {"patchOperations", Json::array({move})}});
  EXPECT_EQ(path_of(id), "/other/polls/{id}");
}

TEST_F(PatchTest, AResourceDoesNotMoveUnderItself) {
  const std::string id = resource(votes_, "{id}");
  const Json move = {{"op", "replace"}, {"path", "/parentId"}, {"value", id}};
  EXPECT_EQ(error_of("UpdateResource", {{"restApiId", api_},
                                        {"resourceId", votes_},
                                        {"patchOperations", Json::array({move})}}),
            "BadRequestException 400: Resource cannot be moved under itself or its children");
  EXPECT_EQ(path_of(votes_), "/votes");
}

TEST_F(PatchTest, WhatNoRuleHasIsRefused) {
  EXPECT_EQ(error_of("UpdateMethodResponse", patched("replace", "/statusCode", "201")),
            "BadRequestException 400: Invalid patch path  '/statusCode' specified for op "
            "'replace'. Must be one of: [/responseParameters/{name}, /responseModels/{name}]");
  EXPECT_EQ(error_of("UpdateMethod", patched("test", "/operationName", "")),
            "BadRequestException 400: Invalid patch operation specified. Must be "
            "'add'|'remove'|'replace'");
}

TEST_F(PatchTest, TheAccountsRoleSurvivesARestart) {
  const Json role = {{"op", "replace"}, {"path", "/cloudwatchRoleArn"}, {"value", "arn:role"}};
  call("UpdateAccount", {{"patchOperations", Json::array({role})}});
  Service restarted(core_.runtime);
  EXPECT_EQ(core::call(core_.store, restarted.operations(), "GetAccount", context_,
                       Json::object())["cloudwatchRoleArn"],
            "arn:role");
}

TEST_F(PatchTest, ApisAndStagesAreTagged) {
  call("CreateDeployment", {{"restApiId", api_}, {"stageName", "dev"}});
  const std::string api_arn = "arn:aws:apigateway:us-east-1::/restapis/" + api_;
  for (const std::string& arn : {api_arn, api_arn + "/stages/dev"}) {
    call("TagResource", {{"resourceArn", arn}, {"tags", {{"a", "1"}, {"b", "2"}}}});
    call("UntagResource", {{"resourceArn", arn}, {"tagKeys", {"a"}}});
    EXPECT_EQ(call("GetTags", {{"resourceArn", arn}})["tags"], (Json{{"b", "2"}}));
  }
  EXPECT_EQ(error_of("GetTags", {{"resourceArn", api_arn + "/stages/none"}}).substr(0, 17),
            "NotFoundException");
}

TEST_F(PatchTest, ADocumentThatIsNoJsonIsRefused) {
  EXPECT_EQ(error_of("ImportRestApi", {{"body", "{ not json"}}),
            "BadRequestException 400: Invalid OpenAPI input.");
}

}  // namespace
}  // namespace votemu::apigateway
