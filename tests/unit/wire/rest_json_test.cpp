#include "wire/rest_json.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

using core::AwsError;
using core::Json;

HttpRequest request(std::string_view method, const std::string& target, std::string body = "",
                    Headers headers = {}) {
  return {std::string(method), target, std::move(headers), std::move(body), "127.0.0.1"};
}

RestMatch match(std::string_view service, const HttpRequest& request) {
  const auto found = match_rest_route(service, request);
  if (!found) throw std::logic_error("no route for " + request.target);
  return *found;
}

Json members(std::string_view service, const HttpRequest& request) {
  return decode_rest_json(match(service, request), request);
}

// The pattern with a value for each of its members, named like the member.
std::string example_path(const RestRoute& route) {
  std::string path;
  for (const char c : route.pattern) {
    if (c != '{' && c != '}' && c != '+') path.push_back(c);
  }
  return route.marker.empty() ? path : path + "?" + std::string(route.marker);
}

TEST(RestRoutes, MatchThemselvesAndNameTheirPathMembers) {
  for (const auto& route : rest_routes()) {
    const auto found = match_rest_route(route.service, request(route.method, example_path(route)));
    ASSERT_TRUE(found) << route.operation;
    EXPECT_EQ(found->route, &route)
        << route.operation << " is taken for " << found->route->operation;
    for (const auto& [name, value] : found->path_members.items()) EXPECT_EQ(value, name);
  }
}

TEST(RestRoutes, TellImportRestApiFromCreateRestApi) {
  EXPECT_EQ(
      match("apigateway", request("POST", "/restapis?mode=import&parameters=x")).route->operation,
      "ImportRestApi");
  EXPECT_EQ(match("apigateway", request("POST", "/restapis")).route->operation, "CreateRestApi");
  EXPECT_EQ(match("apigateway", request("PUT", "/restapis/abc?mode=merge")).route->operation,
            "PutRestApi");
}

TEST(RestRoutes, AreNotFoundForAnythingElse) {
  const auto none = [](std::string_view service, std::string_view method, const std::string& path) {
    return !match_rest_route(service, request(method, path));
  };
  EXPECT_TRUE(none("lambda", "GET", "/"));
  EXPECT_TRUE(none("lambda", "GET", ""));
  EXPECT_TRUE(none("lambda", "PATCH", "/2015-03-31/functions"));
  EXPECT_TRUE(none("lambda", "GET", "/2015-03-31/functions/f/unknown"));
  EXPECT_TRUE(none("lambda", "GET", "/2015-03-31/functions//policy"));
  EXPECT_TRUE(none("lambda", "GET", "/restapis"));
  EXPECT_TRUE(none("unknown", "GET", "/restapis"));
  EXPECT_TRUE(none("apigateway", "GET", "/restapis//"));
  EXPECT_TRUE(none("iotdata", "POST", "/topics"));
  EXPECT_TRUE(none("iotdata", "POST", "/topics/"));
  EXPECT_FALSE(none("lambda", "GET", "/2015-03-31/functions/"));
}

TEST(RestRequest, HasMembersInItsPath) {
  EXPECT_EQ(members("lambda", request("GET", "/2015-03-31/functions/a%3Ab%2Fc")),
            Json({{"FunctionName", "a:b/c"}}));
  EXPECT_EQ(members("lambda", request("DELETE", "/2015-03-31/functions/f/policy/s")),
            Json({{"FunctionName", "f"}, {"StatementId", "s"}}));
  EXPECT_EQ(members("iotdata", request("POST", "/topics/a/b%2Fc/", "x"))["topic"], "a/b/c/");
}

TEST(RestRequest, HasTypedMembersInItsQuery) {
  EXPECT_EQ(
      members("lambda", request("GET", "/2015-03-31/functions?MaxItems=10&Marker=a+b%26&x=1")),
      Json({{"MaxItems", 10}, {"Marker", "a b&"}}));
  EXPECT_EQ(
      members("iotdata", request("POST", "/topics/t?qos=1&retain=true&&contentType=", "x")),
      Json({{"topic", "t"}, {"qos", 1}, {"retain", true}, {"contentType", ""}, {"payload", "x"}}));
  EXPECT_EQ(members("lambda", request("DELETE", "/2017-03-31/tags/arn?tagKeys=a&tagKeys=b")),
            Json({{"Resource", "arn"}, {"TagKeys", {"a", "b"}}}));
}

TEST(RestRequest, IsRefusedForANumberThatIsNone) {
  for (const auto* text : {"x", "", "1x", "99999999999999999999"}) {
    const auto bad = request("GET", "/2015-03-31/functions?MaxItems=" + std::string(text));
    EXPECT_THROW(members("lambda", bad), AwsError) << text;
  }
}

TEST(RestRequest, HasMembersInItsHeaders) {
  const auto invoke =
      request("POST", "/2015-03-31/functions/f/invocations?Qualifier=1", "\xff{}",
              {{"x-amz-invocation-type", "Event"}, {"X-Amz-Log-Type", "Tail"}, {"X-Other", "x"}});
  EXPECT_EQ(members("lambda", invoke), Json({{"FunctionName", "f"},
                                             {"Qualifier", "1"},
                                             {"InvocationType", "Event"},
                                             {"LogType", "Tail"},
                                             {"Payload", "\xff{}"}}));
}

TEST(RestRequest, DecodesAHeaderThatCarriesBase64) {
  const auto publish = [](const std::string& properties) {
    return request("POST", "/topics/t", "x", {{"x-amz-mqtt5-user-properties", properties}});
  };
  EXPECT_EQ(members("iotdata", publish("W3siYSI6ImIifV0="))["userProperties"], R"([{"a":"b"}])");
  EXPECT_THROW(members("iotdata", publish("!")), AwsError);
}

TEST(RestRequest, HasMembersInItsBody) {
  EXPECT_EQ(members("lambda", request("POST", "/2015-03-31/functions", R"({"FunctionName":"f"})")),
            Json({{"FunctionName", "f"}}));
  EXPECT_EQ(members("apigateway", request("PUT", "/restapis/a?mode=merge", R"({"swagger":"2.0"})")),
            Json({{"restApiId", "a"}, {"mode", "merge"}, {"body", {{"swagger", "2.0"}}}}));
  for (const auto* body : {"[]", "null", "1", "{"}) {
    EXPECT_THROW(members("lambda", request("POST", "/2015-03-31/functions", body)), AwsError)
        << body;
  }
}

TEST(RestRequest, PrefersThePathAndTheQueryToTheBody) {
  EXPECT_EQ(
      members("lambda", request("PUT", "/2015-03-31/functions/f/code", R"({"FunctionName":"g"})")),
      Json({{"FunctionName", "f"}}));
  const auto untag = request("DELETE", "/2017-03-31/tags/arn?tagKeys=a", R"({"TagKeys":"x"})");
  EXPECT_EQ(members("lambda", untag)["TagKeys"], Json({"a"}));
}

TEST(RestRequest, RenamesABodyMemberThatThePathHasToo) {
  const auto put = request("PUT", "/restapis/a/resources/r/methods/GET/integration",
                           R"({"type":"AWS_PROXY","httpMethod":"POST"})");
  const auto decoded = members("apigateway", put);
  EXPECT_EQ(decoded["httpMethod"], "GET");
  EXPECT_EQ(decoded["integrationHttpMethod"], "POST");
}

const RestRoute& route_of(std::string_view operation) {
  for (const auto& route : rest_routes()) {
    if (route.operation == operation) return route;
  }
  throw std::logic_error("no such operation");
}

TEST(RestResponse, HasItsMembersInTheBody) {
  const auto response =
      encode_rest_json(route_of("CreateFunction"), {{"FunctionName", "f"}}, "request-1");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, R"({"FunctionName":"f"})");
  EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(response.headers.get("x-amzn-RequestId"), "request-1");
  EXPECT_EQ(encode_rest_json(route_of("GetFunction"), nullptr, "r").body, "{}");
}

TEST(RestResponse, HasNoBodyWith204) {
  const auto response = encode_rest_json(route_of("DeleteFunction"), Json::object(), "r");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
}

TEST(RestResponse, HasMembersInHeadersStatusAndPayload) {
  const auto response = encode_rest_json(route_of("Invoke"),
                                         {{"StatusCode", 200},
                                          {"FunctionError", "Unhandled"},
                                          {"ExecutedVersion", "$LATEST"},
                                          {"Payload", "{\"a\":1}"}},
                                         "r");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("X-Amz-Function-Error"), "Unhandled");
  EXPECT_EQ(response.headers.get("X-Amz-Executed-Version"), "$LATEST");
  EXPECT_FALSE(response.headers.find("X-Amz-Log-Result"));
  EXPECT_EQ(response.body, "{\"a\":1}");
  const auto accepted = encode_rest_json(route_of("Invoke"), {{"StatusCode", 202}}, "r");
  EXPECT_EQ(accepted.status, 202);
  EXPECT_EQ(accepted.body, "");
}

TEST(RestError, IsWrittenAsItsServiceDoes) {
  const AwsError error("ResourceNotFoundException", "no such thing", 404);
  const auto lambda = encode_rest_json_error("lambda", error, "request-1");
  EXPECT_EQ(lambda.status, 404);
  EXPECT_EQ(Json::parse(lambda.body), Json({{"Type", "User"}, {"Message", "no such thing"}}));
  EXPECT_EQ(lambda.headers.get("x-amzn-ErrorType"), "ResourceNotFoundException");
  const AwsError conflict("ResourceConflictException", "already there", 409);
  EXPECT_EQ(Json::parse(encode_rest_json_error("lambda", conflict, "r").body),
            Json({{"Type", "User"}, {"message", "already there"}}));
  EXPECT_EQ(lambda.headers.get("x-amzn-RequestId"), "request-1");
  EXPECT_EQ(Json::parse(encode_rest_json_error("apigateway", error, "r").body),
            Json({{"message", "no such thing"}}));
  EXPECT_EQ(Json::parse(encode_rest_json_error("iotdata", error, "request-1").body),
            Json({{"message", "no such thing"}, {"traceId", "request-1"}}));
  const AwsError fault("ServiceException", "x", 500, R"({"retryAfterSeconds":"1"})");
  EXPECT_EQ(Json::parse(encode_rest_json_error("lambda", fault, "r").body),
            Json({{"Type", "Service"}, {"Message", "x"}, {"retryAfterSeconds", "1"}}));
}

}  // namespace
}  // namespace votemu::wire
