// ListVersionsByFunction, ListAliases, and what tools read of a function besides: nothing here has
// versions, aliases, a URL, provisioned concurrency or code signing.
#include "services/lambda/operations.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;
using core::RequestContext;

Json list_versions_by_function(State& state, const RequestContext& context, const Json& request) {
  Json latest = state.functions.existing(context.scope, request)->configuration();
  latest["FunctionArn"] = latest["FunctionArn"].get<std::string>() + ":$LATEST";
  for (const auto member : {"State", "LastUpdateStatus"}) latest.erase(member);
  return {{"Versions", Json::array({std::move(latest)})}};
}

// A list that is empty for every function there is.
template <const char* member>
Json list_nothing(State& state, const RequestContext& context, const Json& request) {
  state.functions.existing(context.scope, request);
  return {{member, Json::array()}};
}

constexpr char aliases[] = "Aliases";
constexpr char url_configs[] = "FunctionUrlConfigs";
constexpr char provisioned_configs[] = "ProvisionedConcurrencyConfigs";

Json get_alias(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  throw not_found("Cannot find alias arn: " + function->arn + ":" +
                  required_string(request, "Name"));
}

Json get_function_url_config(State& state, const RequestContext& context, const Json& request) {
  state.functions.existing(context.scope, request);
  throw not_found("The resource you requested does not exist.");
}

Json get_provisioned_concurrency_config(State& state, const RequestContext& context,
                                        const Json& request) {
  state.functions.existing(context.scope, request);
  throw core::AwsError("ProvisionedConcurrencyConfigNotFoundException",
                       "No Provisioned Concurrency Config found for this function", 404);
}

Json get_function_code_signing_config(State& state, const RequestContext& context,
                                      const Json& request) {
  state.functions.existing(context.scope, request);
  return Json::object();
}

Json get_runtime_management_config(State& state, const RequestContext& context,
                                   const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  return {{"UpdateRuntimeOn", "Auto"}, {"FunctionArn", function->arn}};
}

Json get_function_recursion_config(State& state, const RequestContext& context,
                                   const Json& request) {
  state.functions.existing(context.scope, request);
  return {{"RecursiveLoop", "Terminate"}};
}

}  // namespace

void add_version_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "ListVersionsByFunction", list_versions_by_function);
  add_operation(table, state, "ListAliases", list_nothing<aliases>);
  add_operation(table, state, "GetAlias", get_alias);
  add_operation(table, state, "ListFunctionUrlConfigs", list_nothing<url_configs>);
  add_operation(table, state, "GetFunctionUrlConfig", get_function_url_config);
  add_operation(table, state, "ListProvisionedConcurrencyConfigs",
                list_nothing<provisioned_configs>);
  add_operation(table, state, "GetProvisionedConcurrencyConfig",
                get_provisioned_concurrency_config);
  add_operation(table, state, "GetFunctionCodeSigningConfig", get_function_code_signing_config);
  add_operation(table, state, "GetRuntimeManagementConfig", get_runtime_management_config);
  add_operation(table, state, "GetFunctionRecursionConfig", get_function_recursion_config);
}

}  // namespace votemu::lambda
