#include "wire/cors.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

HttpRequest preflight() {
  return {"OPTIONS",
          "/",
          {{"Origin", "http://page"}, {"access-control-request-method", "POST"}},
          "",
          ""};
}

TEST(Cors, KnowsAPreflight) {
  EXPECT_TRUE(is_preflight(preflight()));
  auto request = preflight();
  request.method = "POST";
  EXPECT_FALSE(is_preflight(request));
  EXPECT_FALSE(is_preflight({"OPTIONS", "/", {{"Origin", "http://page"}}, "", ""}));
}

TEST(Cors, AnswersAPreflightWithWhatSdksSend) {
  const auto response = preflight_response(preflight());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Access-Control-Allow-Origin"), "http://page");
  for (const auto* method : {"GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}) {
    EXPECT_TRUE(response.headers.has_token("Access-Control-Allow-Methods", method)) << method;
  }
  for (const auto* name : {"Authorization", "Content-Type", "X-Amz-Target", "X-Amz-Date",
                           "X-Amz-Security-Token", "X-Amz-User-Agent", "amz-sdk-request"}) {
    EXPECT_TRUE(response.headers.has_token("Access-Control-Allow-Headers", name)) << name;
  }
  EXPECT_FALSE(response.headers.find("Access-Control-Allow-Private-Network"));
}

TEST(Cors, AllowsWhateverElseAPageIsAboutToSend) {
  auto request = preflight();
  request.headers.add("Access-Control-Request-Headers", "x-amz-mqtt5-user-properties,x-own");
  const auto response = preflight_response(request);
  for (const auto* name : {"authorization", "x-amz-mqtt5-user-properties", "x-own"}) {
    EXPECT_TRUE(response.headers.has_token("Access-Control-Allow-Headers", name)) << name;
  }
}

TEST(Cors, AllowsAPrivateNetworkWhenAsked) {
  auto request = preflight();
  request.headers.add("Access-Control-Request-Private-Network", "true");
  EXPECT_EQ(preflight_response(request).headers.get("Access-Control-Allow-Private-Network"),
            "true");
}

TEST(Cors, KeepsCachesFromGivingOnePagesAnswerToAnother) {
  HttpResponse response;
  allow_cross_origin({"GET", "/bucket/key", {}, "", ""}, response);
  EXPECT_EQ(response.headers.get("Vary"), "Origin");
  EXPECT_FALSE(response.headers.find("Access-Control-Allow-Origin"));
}

TEST(Cors, MarksAnAnswerOnlyForAPageOfAnotherOrigin) {
  HttpResponse response;
  allow_cross_origin({"POST", "/", {}, "", ""}, response);
  EXPECT_TRUE(response.headers.empty());
  allow_cross_origin({"POST", "/", {{"Origin", "null"}}, "", ""}, response);
  EXPECT_EQ(response.headers.get("Access-Control-Allow-Origin"), "null");
  EXPECT_EQ(response.headers.get("Vary"), "Origin");
  EXPECT_TRUE(response.headers.has_token("Access-Control-Expose-Headers", "x-amzn-requestid"));
}

}  // namespace
}  // namespace votemu::wire
