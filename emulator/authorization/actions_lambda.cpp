// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
#include "authorization/actions.h"
#include "core/aws_error.h"
#include "services/lambda/function_name.h"

namespace votemu::authorization {
namespace {

constexpr std::string_view lambda_principal = "lambda.amazonaws.com";

// Whatever form the name has, with the qualifier where there is one.
std::string function_of(const Call& call) {
  try {
    auto name = lambda::parse_function_name(call.scope, call.text("FunctionName"));
    const std::string qualifier = call.text("Qualifier");
    if (!qualifier.empty()) name.qualifier = qualifier;
    return name.qualified_arn();
  } catch (const core::AwsError&) {
    return "*";
  }
}

std::string mapping_of(const Call& call) {
  return call.arn("lambda", "event-source-mapping:" + call.text("UUID"));
}

AccessRule asks_to_map(std::string action, ResourceRule resource) {
  return [action = std::move(action), resource = std::move(resource)](const Call& call) {
    core::Access access{action, resource(call)};
    if (!call.text("FunctionName").empty()) {
      access.context.push_back({"lambda:FunctionArn", {function_of(call)}});
    }
    return Accesses{std::move(access)};
  };
}

// The function is given its role to use.
AccessRule asks_and_passes_role(const std::string& action) {
  return [action](const Call& call) {
    Accesses accesses{{action, function_of(call)}};
    add_pass_role(accesses, call.text("Role"), lambda_principal);
    return accesses;
  };
}

}  // namespace

AccessTable lambda_access() {
  AccessTable table;
  for (const std::string operation : {"AddPermission",
                                      "DeleteFunction",
                                      "DeleteFunctionConcurrency",
                                      "DeleteFunctionEventInvokeConfig",
                                      "GetAlias",
                                      "GetFunction",
                                      "GetFunctionCodeSigningConfig",
                                      "GetFunctionConcurrency",
                                      "GetFunctionConfiguration",
                                      "GetFunctionEventInvokeConfig",
                                      "GetFunctionRecursionConfig",
                                      "GetFunctionUrlConfig",
                                      "GetPolicy",
                                      "GetProvisionedConcurrencyConfig",
                                      "GetRuntimeManagementConfig",
                                      "ListAliases",
                                      "ListFunctionEventInvokeConfigs",
                                      "ListFunctionUrlConfigs",
                                      "ListProvisionedConcurrencyConfigs",
                                      "ListVersionsByFunction",
                                      "PutFunctionConcurrency",
                                      "PutFunctionEventInvokeConfig",
                                      "RemovePermission",
                                      "UpdateFunctionCode",
                                      "UpdateFunctionEventInvokeConfig"}) {
    table[operation] = asks("lambda:" + operation, function_of);
  }
  table["Invoke"] = asks("lambda:InvokeFunction", function_of);
  table["CreateFunction"] = asks_and_passes_role("lambda:CreateFunction");
  table["UpdateFunctionConfiguration"] = asks_and_passes_role("lambda:UpdateFunctionConfiguration");
  for (const std::string operation : {"ListTags", "TagResource", "UntagResource"}) {
    table[operation] = asks("lambda:" + operation, arn_in("Resource"));
  }
  const auto anything = [](const Call&) { return std::string("*"); };
  for (const std::string operation : {"CreateEventSourceMapping", "ListEventSourceMappings"}) {
    table[operation] = asks_to_map("lambda:" + operation, anything);
  }
  for (const std::string operation :
       {"DeleteEventSourceMapping", "GetEventSourceMapping", "UpdateEventSourceMapping"}) {
    table[operation] = asks_to_map("lambda:" + operation, mapping_of);
  }
  table["ListFunctions"] = asks("lambda:ListFunctions");
  table["GetAccountSettings"] = asks("lambda:GetAccountSettings");
  return table;
}

}  // namespace votemu::authorization
