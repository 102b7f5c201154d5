#include "tests/unit/apigateway/apigateway_fixture.h"

namespace votemu::apigateway {
namespace {

using core::Json;

class ControlTest : public ApiTest {
 protected:
  // An API with /votes and its POST, built call by call.
  void SetUp() override {
    const Json created = call("CreateRestApi", {{"name", "votes"}});
    api_ = created["id"].get<std::string>();
    root_ = created["rootResourceId"].get<std::string>();
    votes_ = call("CreateResource", with({{"parentId", root_}, {"pathPart", "votes"}}))["id"]
                 .get<std::string>();
    call("PutMethod", on_votes({{"authorizationType", "NONE"}}));
  }
  Json with(Json more) const {
    more["restApiId"] = api_;
    return more;
  }
  Json on_votes(Json more) const {
    more["resourceId"] = votes_;
    more["httpMethod"] = "POST";
    return with(std::move(more));
  }
  void integrate() {
    call("PutIntegration", on_votes({{"type", "AWS_PROXY"},
                                     {"integrationHttpMethod", "POST"},
                                     {"uri", invocation_uri("f")}}));
  }
  std::string integration_error(const std::string& uri) {
    return error_of(
        "PutIntegration",
        on_votes({{"type", "AWS_PROXY"}, {"integrationHttpMethod", "POST"}, {"uri", uri}}));
  }

  std::string api_, root_, votes_;
};

TEST_F(ControlTest, DescribesAnApi) {
  const Json seen = call("GetRestApi", with({}));
  EXPECT_EQ(api_.size(), 10U);
  EXPECT_EQ(votes_.size(), 6U);
  EXPECT_EQ(seen, Json({{"id", api_},
                        {"name", "votes"},
                        {"createdDate", core_.clock.now_ms() / 1000},
                        {"apiKeySource", "HEADER"},
                        {"disableExecuteApiEndpoint", false},
                        {"endpointConfiguration", {{"types", {"EDGE"}}, {"ipAddressType", "ipv4"}}},
                        {"tags", Json::object()},
                        {"rootResourceId", root_}}));
  EXPECT_EQ(call("GetRestApis", Json::object())["item"].size(), 1U);
  EXPECT_EQ(error_of("GetRestApi", {{"restApiId", "nope"}}),
            "NotFoundException 404: Invalid API identifier specified 000000000000:nope");
}

TEST_F(ControlTest, UpdatesAndDeletesAnApi) {
  const Json patches = Json::array({{{"op", "replace"}, {"path", "/name"}, {"value", "new"}}});
  EXPECT_EQ(call("UpdateRestApi", with({{"patchOperations", patches}}))["name"], "new");
  call("DeleteRestApi", with({}));
  EXPECT_EQ(service_.scope_of_api(api_), std::nullopt);
  EXPECT_EQ(error_of("DeleteRestApi", with({})).substr(0, 17), "NotFoundException");
}

TEST_F(ControlTest, ListsResourcesWithAndWithoutMethods) {
  const Json plain = call("GetResources", with({}));
  ASSERT_EQ(plain["item"].size(), 2U);
  const Json votes = call("GetResource", with({{"resourceId", votes_}}));
  EXPECT_EQ(votes, Json({{"id", votes_},
                         {"parentId", root_},
                         {"pathPart", "votes"},
                         {"path", "/votes"},
                         {"resourceMethods", {{"POST", Json::object()}}}}));
  const Json full = call("GetResource", with({{"resourceId", votes_}, {"embed", {"methods"}}}));
  EXPECT_EQ(full["resourceMethods"]["POST"]["authorizationType"], "NONE");
}

TEST_F(ControlTest, RefusesResources) {
  const auto refusal = [&](const std::string& parent, const char* part) {
    return error_of("CreateResource", with({{"parentId", parent}, {"pathPart", part}}));
  };
  EXPECT_EQ(refusal(root_, "votes"),
            "ConflictException 409: Another resource with the same parent already has this name: "
            "votes");
  EXPECT_EQ(refusal("nope", "a"), "NotFoundException 404: Invalid Resource identifier specified");
  EXPECT_EQ(refusal(root_, "a/b"),
            "BadRequestException 400: Resource's path part only allow a-zA-Z0-9._-: or a valid "
            "greedy path variable and curly braces at the beginning and the end.");
  const std::string id =
      call("CreateResource", with({{"parentId", votes_}, {"pathPart", "{proxy+}"}}))["id"]
          .get<std::string>();
  EXPECT_EQ(refusal(id, "a"),
            "BadRequestException 400: Cannot create a child of a resource with a greedy path "
            "variable: {proxy+}");
  EXPECT_EQ(refusal(votes_, "{rest+}"),
            "BadRequestException 400: A sibling ({proxy+}) of this resource already has a variable "
            "path part -- only one is allowed");
}

TEST_F(ControlTest, DeletingAResourceTakesWhatIsBelow) {
  call("CreateResource", with({{"parentId", votes_}, {"pathPart", "{id}"}}));
  call("DeleteResource", with({{"resourceId", votes_}}));
  EXPECT_EQ(call("GetResources", with({}))["item"].size(), 1U);
  EXPECT_EQ(error_of("DeleteResource", with({{"resourceId", root_}})).substr(0, 19),
            "BadRequestException");
}

TEST_F(ControlTest, MethodsAndTheirResponses) {
  EXPECT_EQ(
      call("GetMethod", on_votes({})),
      Json({{"httpMethod", "POST"}, {"authorizationType", "NONE"}, {"apiKeyRequired", false}}));
  EXPECT_EQ(error_of("PutMethod", on_votes({{"authorizationType", "NONE"}})),
            "ConflictException 409: Method already exists for this resource");
  EXPECT_EQ(call("PutMethodResponse", on_votes({{"statusCode", "200"}})),
            Json({{"statusCode", "200"}}));
  EXPECT_EQ(call("GetMethod", on_votes({}))["methodResponses"]["200"]["statusCode"], "200");
  call("DeleteMethod", on_votes({}));
  EXPECT_EQ(error_of("GetMethod", on_votes({})),
            "NotFoundException 404: Invalid Method identifier specified");
}

TEST_F(ControlTest, IntegrationsAreAsAwsAnswersThem) {
  const Json put = call("PutIntegration", on_votes({{"type", "AWS_PROXY"},
                                                    {"integrationHttpMethod", "POST"},
                                                    {"uri", invocation_uri("f")}}));
  EXPECT_EQ(put, Json({{"cacheKeyParameters", Json::array()},
                       {"cacheNamespace", votes_},
                       {"httpMethod", "POST"},
                       {"passthroughBehavior", "WHEN_NO_MATCH"},
                       {"timeoutInMillis", 29000},
                       {"type", "AWS_PROXY"},
                       {"uri", invocation_uri("f")}}));
  EXPECT_EQ(call("PutIntegrationResponse", on_votes({{"statusCode", "200"}})),
            Json({{"statusCode", "200"}}));
  EXPECT_EQ(call("GetIntegration", on_votes({}))["integrationResponses"]["200"]["statusCode"],
            "200");
  call("DeleteIntegration", on_votes({}));
  EXPECT_EQ(error_of("GetIntegration", on_votes({})),
            "NotFoundException 404: Invalid Integration identifier specified");
}

TEST_F(ControlTest, RefusesIntegrationsThatLeadNowhere) {
  const std::string function = "arn:aws:lambda:us-east-1:000000000000:function:f";
  EXPECT_EQ(integration_error(function),
            "BadRequestException 400: AWS ARN for integration must contain path or action");
  EXPECT_EQ(integration_error("arn:aws:apigateway:us-east-1:lambda:test/2015-03-31/functions/" +
                              function + "/invocations"),
            "BadRequestException 400: AWS ARN for integration must contain path or action");
  EXPECT_EQ(integration_error("bad:lambda:path"),
            "BadRequestException 400: Invalid ARN specified in the request");
  const std::string only =
      "BadRequestException 400: Integrations of type 'AWS_PROXY' currently only supports Lambda "
      "function and Firehose stream invocations.";
  EXPECT_EQ(integration_error("arn:aws:apigateway:us-east-1:firehose:path/x"), only);
  EXPECT_EQ(integration_error("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/x"),
            only);
}

TEST_F(ControlTest, DeploysToStages) {
  EXPECT_EQ(error_of("CreateDeployment", with({})),
            "BadRequestException 400: No integration defined for method");
  integrate();
  const std::string first = call("CreateDeployment", with({}))["id"].get<std::string>();
  EXPECT_EQ(first.size(), 6U);
  const Json stage = call("CreateStage", with({{"stageName", "s1"}, {"deploymentId", first}}));
  const std::int64_t now = core_.clock.now_ms() / 1000;
  EXPECT_EQ(stage, Json({{"cacheClusterEnabled", false},
                         {"cacheClusterStatus", "NOT_AVAILABLE"},
                         {"createdDate", now},
                         {"deploymentId", first},
                         {"lastUpdatedDate", now},
                         {"methodSettings", Json::object()},
                         {"stageName", "s1"},
                         {"tracingEnabled", false}}));
  EXPECT_EQ(error_of("CreateStage", with({{"stageName", "s1"}, {"deploymentId", first}})),
            "ConflictException 409: Stage already exists");
  EXPECT_EQ(error_of("DeleteDeployment", with({{"deploymentId", first}})),
            "BadRequestException 400: Active stages pointing to this deployment must be moved or "
            "deleted");

  const std::string second = call("CreateDeployment", with({}))["id"].get<std::string>();
  const Json move =
      Json::array({{{"op", "replace"}, {"path", "/deploymentId"}, {"value", second}}});
  EXPECT_EQ(
      call("UpdateStage", with({{"stageName", "s1"}, {"patchOperations", move}}))["deploymentId"],
      second);
  call("DeleteDeployment", with({{"deploymentId", first}}));
  EXPECT_EQ(call("GetDeployments", with({}))["item"],
            Json::array({{{"id", second}, {"createdDate", now}}}));
  EXPECT_EQ(call("GetStages", with({}))["item"].size(), 1U);
  call("DeleteStage", with({{"stageName", "s1"}}));
  EXPECT_EQ(error_of("GetStage", with({{"stageName", "s1"}})),
            "NotFoundException 404: Invalid stage identifier specified");
  EXPECT_EQ(error_of("GetDeployment", with({{"deploymentId", "nope"}})),
            "NotFoundException 404: Invalid Deployment identifier specified");
}

TEST_F(ControlTest, StagesKeepVariablesAndMethodSettings) {
  integrate();
  call("CreateDeployment", with({{"stageName", "s1"}, {"variables", {{"a", "1"}}}}));
  const auto update = [&](const char* op, const char* path, const char* value) -> Json {
    return with(
        {{"stageName", "s1"},
         {"patchOperations", Json::array({{{"op", op}, {"path", path}, {"value", value}}})}});
  };
  call("UpdateStage", update("replace", "/variables/b", "2"));
  const Json stage =
      call("UpdateStage", update("replace", "/~1test/GET/throttling/burstLimit", "124"));
  EXPECT_EQ(stage["variables"], Json({{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(stage["methodSettings"]["test/GET"],
            Json({{"cacheDataEncrypted", false},
                  {"cacheTtlInSeconds", 300},
                  {"cachingEnabled", true},
                  {"dataTraceEnabled", false},
                  {"metricsEnabled", false},
                  {"requireAuthorizationForCacheControl", true},
                  {"throttlingBurstLimit", 124},
                  {"throttlingRateLimit", 10000.0},
                  {"unauthorizedCacheControlHeaderStrategy", "SUCCEED_WITH_RESPONSE_HEADER"}}));
  EXPECT_EQ(error_of("UpdateStage", update("remove", "/*/*", "")),
            "BadRequestException 400: Cannot remove method setting */* because there is no method "
            "setting for this method ");
  EXPECT_EQ(error_of("UpdateStage", update("replace", "/documentation_version", "x")).substr(0, 95),
            "BadRequestException 400: Invalid method setting path: /documentation_version. Must be "
            "one of: [");
}

TEST_F(ControlTest, KeepsABoundedNumberOfDeployments) {
  integrate();
  const Json first = call("CreateDeployment", with({{"stageName", "dev"}}));
  call("CreateStage", with({{"stageName", "old"}, {"deploymentId", first["id"]}}));
  for (int i = 0; i < 30; ++i) call("CreateDeployment", with({{"stageName", "dev"}}));
  EXPECT_EQ(call("GetDeployments", with({}))["item"].size(), 20U);
  EXPECT_EQ(call("GetStage", with({{"stageName", "old"}}))["deploymentId"], first["id"]);
}

TEST_F(ControlTest, ImportsDocuments) {
  Json body = document({{"/a/{id}", {{"get", proxy("f")}, {"parameters", Json::array()}}}});
  body["x-amazon-apigateway-binary-media-types"] = {"image/png"};
  const Json api = call("ImportRestApi", {{"body", body}});
  EXPECT_EQ(api["name"], "votes");
  EXPECT_EQ(api["version"], "1.0");
  EXPECT_EQ(api["binaryMediaTypes"], Json::array({"image/png"}));
  EXPECT_EQ(call("GetResources", {{"restApiId", api["id"]}})["item"].size(), 3U);

  const Json merged = {{"restApiId", api["id"]},
                       {"mode", "merge"},
                       {"body", document({{"/a/b", {{"get", proxy("f")}}}})}};
  call("PutRestApi", merged);
  EXPECT_EQ(call("GetResources", {{"restApiId", api["id"]}})["item"].size(), 4U);
}

TEST_F(ControlTest, RefusesWhatIsNoDocument) {
  for (const Json& body :
       {Json(nullptr), Json::array(), Json::object(), Json(7), Json({{"swagger", "2.0"}}),
        document({{"votes", Json::object()}}), document({{"/votes", 7}}),
        document({{"/vo tes", {{"get", proxy("f")}}}}), document(Json(7))}) {
    const std::string error = error_of("ImportRestApi", {{"body", body}});
    EXPECT_TRUE(error.starts_with("BadRequestException") ||
                error.starts_with("SerializationException"))
        << body << error;
  }
  EXPECT_EQ(call("GetRestApis", Json::object())["item"].size(), 1U);
}

TEST_F(ControlTest, DescribesTheAccount) {
  EXPECT_EQ(call("GetAccount", Json::object())["throttleSettings"]["burstLimit"], 5000);
}

}  // namespace
}  // namespace votemu::apigateway
