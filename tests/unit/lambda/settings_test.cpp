// What else a function is asked about and set to: versions, retries, who may invoke it.
#include <algorithm>

#include "tests/unit/lambda/lambda_fixture.h"

namespace votemu::lambda {
namespace {

using core::Json;

TEST_F(LambdaTest, AFunctionHasTheOneVersion) {
  create("f", "echo");
  const Json versions = call("ListVersionsByFunction", {{"FunctionName", "f"}})["Versions"];
  ASSERT_EQ(versions.size(), 1U);
  EXPECT_EQ(versions[0]["FunctionArn"], "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST");
  EXPECT_EQ(call("ListAliases", {{"FunctionName", "f"}}), (Json{{"Aliases", Json::array()}}));
  EXPECT_EQ(error_of("ListAliases", {{"FunctionName", "g"}}).substr(0, 25),
            "ResourceNotFoundException");
}

TEST_F(LambdaTest, AccountSettingsCountWhatIsThere) {
  create("f", "echo");
  call("PutFunctionConcurrency", {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 100}});
  const Json settings = call("GetAccountSettings", Json::object());
  EXPECT_EQ(settings["AccountLimit"]["UnreservedConcurrentExecutions"], 900);
  EXPECT_EQ(settings["AccountUsage"], (Json{{"TotalCodeSize", 6}, {"FunctionCount", 1}}));
}

TEST_F(LambdaTest, AnEventIsTriedAsOftenAsItsConfigurationSays) {
  create("f", "refuse");
  EXPECT_EQ(error_of("GetFunctionEventInvokeConfig", {{"FunctionName", "f"}}),
            "ResourceNotFoundException 404: The function "
            "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST doesn't have an "
            "EventInvokeConfig");
  const Json config =
      call("PutFunctionEventInvokeConfig", {{"FunctionName", "f"}, {"MaximumRetryAttempts", 1}});
  EXPECT_EQ(config["MaximumRetryAttempts"], 1);
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.advance(600'000);
  const auto starts = std::count_if(lines_.begin(), lines_.end(), [](const std::string& line) {
    return line.starts_with("START");
  });
  EXPECT_EQ(starts, 2);
}

TEST_F(LambdaTest, AnEventThatGrewTooOldIsNotTriedAgain) {
  create("f", "refuse");
  call("PutFunctionEventInvokeConfig", {{"FunctionName", "f"}, {"MaximumEventAgeInSeconds", 100}});
  invoke({{"FunctionName", "f"}, {"InvocationType", "Event"}});
  core_.advance(600'000);
  const auto starts = std::count_if(lines_.begin(), lines_.end(), [](const std::string& line) {
    return line.starts_with("START");
  });
  EXPECT_EQ(starts, 2);
}

TEST_F(LambdaTest, APolicyLetsInWhomItNames) {
  const std::string source = "arn:aws:execute-api:us-east-1:000000000000:api/dev/POST/votes";
  const auto allowed = [&](std::string_view service, std::string_view arn) {
    return service_->may_invoke(context_.scope, "f", service, arn);
  };
  create("f", "echo");
  EXPECT_FALSE(allowed("apigateway.amazonaws.com", source));
  call("AddPermission", {{"FunctionName", "f"},
                         {"StatementId", "s"},
                         {"Action", "lambda:InvokeFunction"},
                         {"Principal", "apigateway.amazonaws.com"},
                         {"SourceArn", "arn:aws:execute-api:us-east-1:000000000000:api/*/POST/*"}});
  EXPECT_TRUE(allowed("apigateway.amazonaws.com", source));
  EXPECT_FALSE(allowed("sns.amazonaws.com", source));
  EXPECT_FALSE(allowed("apigateway.amazonaws.com",
                       "arn:aws:execute-api:us-east-1:000000000000:api/dev/GET/votes"));
  call("RemovePermission", {{"FunctionName", "f"}, {"StatementId", "s"}});
  EXPECT_FALSE(allowed("apigateway.amazonaws.com", source));
}

TEST_F(LambdaTest, AFilterThatWasTakenAwayIsNotAnswered) {
  create("f", "echo");
  const Json pattern = {{"Pattern", R"({"body":["x"]})"}};
  const Json made =
      call("CreateEventSourceMapping", {{"FunctionName", "f"},
                                        {"EventSourceArn", "arn:aws:sqs:us-east-1:000000000000:q"},
                                        {"FilterCriteria", {{"Filters", Json::array({pattern})}}}});
  EXPECT_TRUE(made.contains("FilterCriteria"));
  const Json updated =
      call("UpdateEventSourceMapping",
           {{"UUID", made["UUID"]}, {"FilterCriteria", {{"Filters", Json::array()}}}});
  EXPECT_FALSE(updated.contains("FilterCriteria"));
}

}  // namespace
}  // namespace votemu::lambda
