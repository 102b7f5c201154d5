// Resources and methods of an API that a template spells out, and permissions, on real services.
#include <gtest/gtest.h>

#include "cloudformation/stacks.h"
#include "cloudformation/template_error.h"
#include "core/aws_error.h"
#include "services/apigateway/service.h"
#include "services/lambda/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

class ApiGatewayTypesTest : public ::testing::Test {
 protected:
  static Json method(const Json& integration) {
    return {{"Type", "AWS::ApiGateway::Method"},
            {"Properties",
             {{"RestApiId", {{"Ref", "Api"}}},
              {"ResourceId", {{"Ref", "Votes"}}},
              {"HttpMethod", "GET"},
              {"AuthorizationType", "NONE"},
              {"MethodResponses", {{{"StatusCode", "200"}}}},
              {"Integration", integration}}}};
  }
  static Json mock(const std::string& text) {
    return {{"Type", "MOCK"},
            {"RequestTemplates", {{"application/json", "{\"statusCode\": 200}"}}},
            {"IntegrationResponses",
             {{{"StatusCode", "200"}, {"ResponseTemplates", {{"application/json", text}}}}}}};
  }
  static Json resources(const Json& integration) {
    return {{"Api", {{"Type", "AWS::ApiGateway::RestApi"}, {"Properties", {{"Name", "votes"}}}}},
            {"Votes",
             {{"Type", "AWS::ApiGateway::Resource"},
              {"Properties",
               {{"RestApiId", {{"Ref", "Api"}}},
                {"ParentId", {{"Fn::GetAtt", {"Api", "RootResourceId"}}}},
                {"PathPart", "votes"}}}}},
            {"Get", method(integration)}};
  }

  StackSummary deploy(const Json& wanted) {
    return stacks.deploy(context, {"voting", core::dump_json({{"Resources", wanted}}), "t", {}});
  }
  Json call(const core::OperationTable& service, const char* operation, const Json& request) {
    return core::call(core_.store, service, operation, context, request);
  }
  Json get_method(const StackSummary& summary) {
    return call(apigateway.operations(), "GetMethod",
                {{"restApiId", summary.physical_ids.at("Api")},
                 {"resourceId", summary.physical_ids.at("Votes")},
                 {"httpMethod", "GET"}});
  }
  static std::string body_of(const Json& made) {
    return made["methodIntegration"]["integrationResponses"]["200"]["responseTemplates"]
               ["application/json"]
                   .get<std::string>();
  }
  Services services() {
    Services tables;
    tables.apigateway = apigateway.operations();
    tables.lambda = lambda.operations();
    return tables;
  }

  test::TestRuntime core_;
  core::RequestContext context;
  apigateway::Service apigateway{core_.runtime};
  lambda::Service lambda{core_.runtime, {}, [](auto&&...) { return nullptr; }, [](auto&&...) {}};
  Stacks stacks{core_.runtime, services(), {}};
};

TEST_F(ApiGatewayTypesTest, AMethodComesWithItsIntegrationAndResponses) {
  const Json made = get_method(deploy(resources(mock("one"))));
  EXPECT_EQ(made["methodIntegration"]["type"], "MOCK");
  EXPECT_EQ(made["methodResponses"]["200"]["statusCode"], "200");
  EXPECT_EQ(body_of(made), "one");
}

TEST_F(ApiGatewayTypesTest, AMethodChangesInItsPlace) {
  const auto before = deploy(resources(mock("one")));
  const auto after = deploy(resources(mock("two")));
  EXPECT_EQ(before.physical_ids, after.physical_ids);
  EXPECT_EQ(body_of(get_method(after)), "two");
}

TEST_F(ApiGatewayTypesTest, AMethodThatIsRefusedStaysAsItWas) {
  const auto before = deploy(resources(mock("one")));
  EXPECT_THROW(deploy(resources({{"Type", "NONSENSE"}})), std::exception);
  EXPECT_EQ(body_of(get_method(before)), "one");
}

TEST_F(ApiGatewayTypesTest, APermissionLetsTheApiIn) {
  const Json function = {{"Type", "AWS::Lambda::Function"},
                         {"Properties",
                          {{"FunctionName", "f"},
                           {"Handler", "h"},
                           {"Runtime", "provided.al2023"},
                           {"Role", "arn:aws:iam::000000000000:role/r"},
                           {"Code", {{"ZipFile", "text"}}}}}};
  const Json permission = {{"Type", "AWS::Lambda::Permission"},
                           {"Properties",
                            {{"FunctionName", {{"Ref", "Function"}}},
                             {"Action", "lambda:InvokeFunction"},
                             {"Principal", "apigateway.amazonaws.com"}}}};
  const auto allowed = [this] {
    return lambda.may_invoke(context.scope, "f", "apigateway.amazonaws.com", "arn:aws:x");
  };
  deploy({{"Function", function}, {"Permission", permission}});
  EXPECT_TRUE(allowed());
  EXPECT_TRUE(lambda.code(context.scope, "f").starts_with("PK\3\4"));
  deploy({{"Function", function}});
  EXPECT_FALSE(allowed());
}

}  // namespace
}  // namespace votemu::cloudformation
