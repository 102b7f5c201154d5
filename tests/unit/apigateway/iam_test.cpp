#include "tests/unit/apigateway/apigateway_fixture.h"

namespace votemu::apigateway {
namespace {

using core::Json;

// An API with a method that asks IAM.
class IamTest : public ApiTest {
 protected:
  static Json paths() {
    Json signed_method = proxy("f");
    signed_method["x-amazon-apigateway-auth"] = {{"type", "AWS_IAM"}};
    return {{"/votes/{id}", {{"get", signed_method}, {"post", proxy("f")}}}};
  }

  Routed route(const HttpCall& call) { return service_.route(context_.scope, api_, "dev", call); }

  HttpCall refusing(HttpCall call, const char* code, const char* message) {
    call.refusal = [this, code, message](const core::Access& access) {
      asked_.push_back(access.action + " " + access.resource);
      return std::optional(core::AwsError(code, message, 403));
    };
    return call;
  }

  std::string api_ = deploy(paths());
  std::vector<std::string> asked_;
};

TEST_F(IamTest, AsksForTheCallAsItWasMade) {
  const auto call = refusing(http("GET", "/votes/7"), "AccessDeniedException", "no \"you\"");
  const auto reply = std::get<HttpReply>(route(call));
  EXPECT_EQ(asked_, std::vector<std::string>{"execute-api:Invoke arn:aws:execute-api:us-east-1:"
                                             "000000000000:" +
                                             api_ + "/dev/GET/votes/7"});
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(header(reply, "x-amzn-ErrorType"), "AccessDeniedException");
  EXPECT_EQ(reply.body, R"({"Message":"no \"you\""})");
}

TEST_F(IamTest, TellsAMissingSignature) {
  const auto call = refusing(http("GET", "/votes/7"), "MissingAuthenticationTokenException",
                             "Missing Authentication Token");
  EXPECT_EQ(std::get<HttpReply>(route(call)).body, R"({"message":"Missing Authentication Token"})");
}

TEST_F(IamTest, AsksNobodyForOtherMethods) {
  const auto call = refusing(http("POST", "/votes/7"), "AccessDeniedException", "");
  EXPECT_TRUE(std::holds_alternative<Target>(route(call)));
  EXPECT_TRUE(std::holds_alternative<Target>(route(http("GET", "/votes/7"))));
  EXPECT_TRUE(asked_.empty());
}

TEST_F(IamTest, TheEventTellsWhoSigned) {
  auto call = http("GET", "/votes/7");
  call.signer = std::make_shared<const Signer>(Signer{"000000000000", "ASIA1", "AROA1:me",
                                                      "arn:aws:sts::1:assumed-role/r/me",
                                                      "us-east-1:id", "us-east-1:pool"});
  const auto event = core::parse_json(proxy_event(std::get<Target>(route(call)), call));
  const Json& identity = event["requestContext"]["identity"];
  EXPECT_EQ(identity["accountId"], "000000000000");
  EXPECT_EQ(identity["caller"], "AROA1:me");
  EXPECT_EQ(identity["userArn"], "arn:aws:sts::1:assumed-role/r/me");
  EXPECT_EQ(identity["cognitoIdentityId"], "us-east-1:id");
  EXPECT_EQ(identity["cognitoAuthenticationType"], "unauthenticated");

  call.method = "POST";
  const auto open = core::parse_json(proxy_event(std::get<Target>(route(call)), call));
  EXPECT_EQ(open["requestContext"]["identity"]["userArn"], nullptr);
}

TEST_F(IamTest, IsWhatADocumentsSecurityMayAskFor) {
  Json document = {
      {"swagger", "2.0"},
      {"info", {{"title", "t"}, {"version", "1"}}},
      {"securityDefinitions",
       {{"sigv4", {{"type", "apiKey"}, {"x-amazon-apigateway-authtype", "awsSigv4"}}}}},
      {"security", Json::array({{{"sigv4", Json::array()}}})},
      {"paths", {{"/a", {{"get", proxy("f")}}}}}};
  const auto id = call("ImportRestApi", {{"body", document}})["id"];
  const auto resources = call("GetResources", {{"restApiId", id}, {"embed", {"methods"}}});
  for (const Json& resource : resources["item"]) {
    if (resource["path"] != "/a") continue;
    EXPECT_EQ(resource["resourceMethods"]["GET"]["authorizationType"], "AWS_IAM");
  }
}

}  // namespace
}  // namespace votemu::apigateway
