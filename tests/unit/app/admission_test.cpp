#include "app/admission.h"

#include "core/json.h"
#include "tests/support/signing.h"
#include "tests/unit/app/app_fixture.h"

namespace votemu::app {
namespace {

using core::parse_json;
using test::SigningKey;
using wire::HttpRequest;

class AdmissionTest : public AppTest {
 protected:
  explicit AdmissionTest(authorization::Mode mode) : AppTest(mode) { deploy_voting_stack(); }
  AdmissionTest() : AdmissionTest(authorization::Mode::enforce) {}

  static HttpRequest scan() {
    return {"POST",
            "/",
            {{"Host", "localhost:4566"}, {"X-Amz-Target", "DynamoDB_20120810.Scan"}},
            R"({"TableName":"voting-service-table"})",
            "127.0.0.1"};
  }

  wire::HttpResponse send_signed(HttpRequest request, const SigningKey& key = {},
                                 std::string_view service = "dynamodb") {
    return send(test::signed_request(std::move(request), key, service, clock.now_ms()));
  }

  static std::string type_of(const wire::HttpResponse& response) {
    const auto type = parse_json(response.body)["__type"].get<std::string>();
    return type.substr(type.find('#') + 1);
  }

  SigningKey guest() {
    const auto pools =
        parse_json(send_signed({"POST",
                                "/",
                                {{"Host", "localhost"},
                                 {"X-Amz-Target", "AWSCognitoIdentityService.ListIdentityPools"}},
                                R"({"MaxResults":1})",
                                ""},
                               {}, "cognito-identity")
                       .body);
    const auto pool = pools["IdentityPools"][0]["IdentityPoolId"].get<std::string>();
    const auto id = parse_json(
        call("AWSCognitoIdentityService.GetId", R"({"IdentityPoolId":")" + pool + "\"}").body);
    const auto answer = parse_json(
        call("AWSCognitoIdentityService.GetCredentialsForIdentity", id.dump()).body)["Credentials"];
    return {answer["AccessKeyId"].get<std::string>(), answer["SecretKey"].get<std::string>(),
            answer["SessionToken"].get<std::string>()};
  }

  bool is_accepted(const HttpRequest& upgrade) {
    return std::holds_alternative<std::string>(cloud.dispatch().answer_upgrade(upgrade));
  }
};

TEST_F(AdmissionTest, TheAccountsOwnKeyDoesEverything) {
  EXPECT_EQ(send_signed(scan()).status, 200);
}

TEST_F(AdmissionTest, ItsIdIsItsKeyToo) {
  const auto response = send_signed(scan(), {"123456789012", "test"});
  EXPECT_EQ(type_of(response), "ResourceNotFoundException") << "another account's tables";
}

TEST_F(AdmissionTest, AWrongSecretAnUnknownKeyAndNoSignatureAreRefused) {
  EXPECT_EQ(type_of(send_signed(scan(), {"test", "wrong"})), "InvalidSignatureException");
  EXPECT_EQ(type_of(send_signed(scan(), {"AKIAIOSFODNN7EXAMPLE", "test"})),
            "UnrecognizedClientException");
  EXPECT_EQ(type_of(send(scan())), "MissingAuthenticationTokenException");
}

TEST_F(AdmissionTest, ASignatureEndsAfterFiveMinutes) {
  const auto request = test::signed_request(scan(), {}, "dynamodb", clock.now_ms());
  advance(301'000);
  const auto response = send(request);
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(type_of(response), "InvalidSignatureException");
  EXPECT_NE(response.body.find("Signature expired: "), std::string::npos);
}

TEST_F(AdmissionTest, AnOperationThatIsRefusedHasChangedNothing) {
  HttpRequest request{"POST",
                      "/",
                      {{"Host", "localhost"}, {"X-Amz-Target", "AmazonSQS.CreateQueue"}},
                      R"({"QueueName":"q"})",
                      ""};
  const auto refused = send(request);
  EXPECT_EQ(refused.status, 403);
  request.headers.set("X-Amz-Target", "AmazonSQS.GetQueueUrl");
  EXPECT_EQ(type_of(send_signed(request, {}, "sqs")), "QueueDoesNotExist");
}

TEST_F(AdmissionTest, AGuestDoesWhatItsRoleAllows) {
  const auto key = guest();
  const auto response = send_signed(scan(), key);
  EXPECT_EQ(type_of(response), "AccessDeniedException");
  EXPECT_NE(
      response.body.find("is not authorized to perform: dynamodb:Scan on resource: "
                         "arn:aws:dynamodb:us-east-1:000000000000:table/voting-service-table"),
      std::string::npos)
      << response.body;
}

TEST_F(AdmissionTest, TheVotingStackWorks) {
  EXPECT_EQ(post("/dev/votes", R"({"id":"dog"})").status, 200);
  const auto votes = parse_json(get("/dev/votes").body);
  ASSERT_EQ(votes.size(), 1U);
  EXPECT_EQ(votes[0]["votes"], 1);
}

TEST_F(AdmissionTest, AGuestsSignedUrlOpensAWebSocket) {
  EXPECT_TRUE(is_accepted(test::signed_mqtt_request(guest(), clock.now_ms())));
}

TEST_F(AdmissionTest, ATamperedOrExpiredUrlDoesNot) {
  const auto good = test::signed_mqtt_request(guest(), clock.now_ms());
  auto tampered = good;
  tampered.target.insert(tampered.target.find("X-Amz-Date=") + 11, "1");
  const auto refusal = std::get<wire::HttpResponse>(cloud.dispatch().answer_upgrade(tampered));
  EXPECT_EQ(refusal.status, 403);
  EXPECT_EQ(parse_json(refusal.body)["message"], "Forbidden");

  const HttpRequest unsigned_url{"GET", "/mqtt", {{"Host", "localhost"}}, "", ""};
  EXPECT_FALSE(is_accepted(unsigned_url));

  advance(301'000);
  EXPECT_FALSE(is_accepted(good));
}

TEST_F(AdmissionTest, CredentialsThatHaveExpiredAreToldApart) {
  const auto key = guest();
  advance(3'600'000);
  EXPECT_EQ(type_of(send_signed(scan(), key)), "ExpiredTokenException");
  EXPECT_FALSE(is_accepted(test::signed_mqtt_request(key, clock.now_ms())));
}

TEST_F(AdmissionTest, ASessionTokenOfAnotherKeyIsNone) {
  auto key = guest();
  key.access_key.back() = key.access_key.back() == 'A' ? 'B' : 'A';
  EXPECT_EQ(type_of(send_signed(scan(), key)), "UnrecognizedClientException");
}

TEST_F(AdmissionTest, AnMqttUrlIsSignedForMqtt) {
  auto request = test::signed_mqtt_request({}, clock.now_ms());
  EXPECT_TRUE(is_accepted(request));
  const HttpRequest get{"GET", "/mqtt", {{"Host", "localhost"}}, "", ""};
  EXPECT_FALSE(is_accepted(test::signed_request(get, {}, "iotdata", clock.now_ms())));
}

TEST_F(AdmissionTest, WhoeverIsNamedBesideTheSignatureIsNobody) {
  const auto key = guest();
  const std::string root = "test/20250522/us-east-1/dynamodb/aws4_request";
  for (const std::string name : {"Credential=", "XCredential="}) {
    auto request = test::signed_request(scan(), key, "dynamodb", clock.now_ms());
    std::string authorization(request.headers.get("Authorization"));
    authorization.insert(authorization.find("Credential="), name + root + ", ");
    request.headers.set("Authorization", authorization);
    EXPECT_EQ(send(request).status, 400) << name;
  }
  for (const std::string field :
       {"AWSAccessKeyId=test", "XX-Amz-Credential=test%2Fd%2Fr%2Fs%2Ft"}) {
    const auto request = test::signed_mqtt_request(key, clock.now_ms(), "/mqtt?" + field);
    EXPECT_EQ(wire::credential_of(request).access_key, key.access_key) << field;
  }
}

TEST_F(AdmissionTest, ASignatureIsForOneService) {
  const auto refused = send_signed(scan(), {}, "sqs");
  EXPECT_EQ(type_of(refused), "InvalidSignatureException");
  EXPECT_NE(refused.body.find("Credential should be scoped to correct service: 'dynamodb'."),
            std::string::npos);
  const HttpRequest endpoint{"GET", "/endpoint", {{"Host", "localhost"}}, "", ""};
  EXPECT_EQ(send_signed(endpoint, {}, "iot").status, 200);
  EXPECT_EQ(send_signed(endpoint, {}, "execute-api").status, 200);
}

TEST_F(AdmissionTest, AMethodWithAwsIamAsksForASignature) {
  const auto document = R"({"swagger":"2.0","info":{"title":"t","version":"1"},"paths":{"/a":{
      "get":{"x-amazon-apigateway-auth":{"type":"AWS_IAM"},
             "responses":{"200":{"description":""}},
             "x-amazon-apigateway-integration":{"type":"mock",
                 "requestTemplates":{"application/json":"{\"statusCode\":200}"},
                 "responses":{"default":{"statusCode":"200"}}}}}}})";
  const auto api =
      parse_json(
          send_signed({"POST", "/restapis?mode=import", {{"Host", "localhost"}}, document, ""}, {},
                      "apigateway")
              .body)["id"]
          .get<std::string>();
  send_signed({"POST",
               "/restapis/" + api + "/deployments",
               {{"Host", "localhost"}},
               R"({"stageName":"signed"})",
               ""},
              {}, "apigateway");
  const HttpRequest get_a{"GET", "/signed/a", {{"Host", "localhost"}}, "", ""};
  EXPECT_EQ(send(get_a).body, R"({"message":"Missing Authentication Token"})");
  EXPECT_EQ(send_signed(get_a, {}, "execute-api").status, 200);
  const auto denied = send_signed(get_a, guest(), "execute-api");
  EXPECT_EQ(denied.status, 403);
  EXPECT_NE(denied.body.find("is not authorized to perform: execute-api:Invoke on resource: "
                             "arn:aws:execute-api:us-east-1:000000000000:" +
                             api + "/signed/GET/a"),
            std::string::npos)
      << denied.body;
}

class WarningTest : public AdmissionTest {
 protected:
  WarningTest() : AdmissionTest(authorization::Mode::warn) {}
};

TEST_F(WarningTest, EverythingIsLetThrough) {
  EXPECT_EQ(send(scan()).status, 200);
  EXPECT_EQ(send_signed(scan(), {"test", "wrong"}).status, 200);
  EXPECT_EQ(send_signed(scan(), guest()).status, 200);
  EXPECT_TRUE(is_accepted({"GET", "/mqtt", {{"Host", "localhost"}}, "", ""}));
}

}  // namespace
}  // namespace votemu::app
