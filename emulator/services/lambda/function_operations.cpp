// CreateFunction, GetFunction, GetFunctionConfiguration, DeleteFunction, ListFunctions.
#include "core/members.h"
#include "services/lambda/changed_row.h"
#include "services/lambda/code.h"
#include "services/lambda/configuration.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"
#include "services/lambda/tags.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;
using core::RequestContext;

Json default_configuration(const FunctionName& name) {
  const std::string arn = name.arn();
  return {{"FunctionName", name.name},
          {"FunctionArn", arn},
          {"Description", ""},
          {"Timeout", limits::default_timeout_s},
          {"MemorySize", limits::min_memory_mb},
          {"Version", "$LATEST"},
          {"PackageType", "Zip"},
          {"Architectures", Json::array({"x86_64"})},
          {"EphemeralStorage", {{"Size", 512}}},
          {"TracingConfig", {{"Mode", "PassThrough"}}},
          {"SnapStart", {{"ApplyOn", "None"}, {"OptimizationStatus", "Off"}}},
          {"LoggingConfig", {{"LogFormat", "Text"}, {"LogGroup", "/aws/lambda/" + name.name}}},
          {"State", "Active"},
          {"LastUpdateStatus", "Successful"}};
}

void check_package(const Json& request, Json& configuration) {
  const std::string type = core::string_member(request, "PackageType").value_or("Zip");
  if (type != "Zip" && type != "Image") {
    throw constraint_error(type, "packageType", "Member must satisfy enum value set: [Image, Zip]");
  }
  configuration["PackageType"] = type;
  if (type == "Zip" && (!configuration.contains("Handler") || !configuration.contains("Runtime"))) {
    throw invalid_parameter(
        "Runtime and Handler are mandatory parameters for functions created with deployment "
        "packages.");
  }
}

Json create_function(State& state, const RequestContext& context, const Json& request) {
  const FunctionName name =
      parse_function_name(context.scope, required_string(request, "FunctionName"));
  required_string(request, "Role");
  const Json* source = core::object_member(request, "Code");
  if (!source) throw missing_member("Code");
  Json configuration = default_configuration(name);
  apply_configuration(request, configuration);
  check_package(request, configuration);
  apply_architectures(request, configuration);
  Json tags = tags_member(request);
  if (state.functions.find(name.scope, name.name)) {
    throw conflict("Function already exist: " + name.name);
  }
  if (state.functions.count() >= limits::max_functions) {
    throw core::AwsError("CodeStorageExceededException", "Code storage limit exceeded.");
  }
  const Code code = given_code(state, context, *source);
  describe_code(code, configuration);

  stamp(state, configuration);
  Json row = {{"Configuration", std::move(configuration)}, {"Tags", std::move(tags)}};
  keep_code(state, name.scope, name.name, code, row);
  Json response = state.functions.put(name.scope, name.name, std::move(row))->configuration();
  // The function is there at once; what the answer says is what clients' waiters expect of AWS.
  response["State"] = "Pending";
  response["StateReason"] = "The function is being created.";
  response["StateReasonCode"] = "Creating";
  response.erase("LastUpdateStatus");
  return response;
}

// Where the archive can be had (app serves it). AWS's is a presigned address in S3.
std::string code_location(const RequestContext& context, const Function& function) {
  return context.origin() + "/_votemu/lambda/code/" + function.scope.account + "/" +
         function.scope.region + "/" + function.name;
}

Json described_code(const RequestContext& context, const Function& function) {
  if (const auto image = core::string_member(function.row, "ImageUri")) {
    return {{"RepositoryType", "ECR"}, {"ImageUri", *image}, {"ResolvedImageUri", *image}};
  }
  return {{"RepositoryType", "S3"}, {"Location", code_location(context, function)}};
}

Json get_function(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  Json response = {{"Configuration", function->configuration()},
                   {"Code", described_code(context, *function)}};
  if (!function->row["Tags"].empty()) response["Tags"] = function->row["Tags"];
  if (function->reserved_concurrency) {
    response["Concurrency"] = {{"ReservedConcurrentExecutions", *function->reserved_concurrency}};
  }
  return response;
}

Json get_function_configuration(State& state, const RequestContext& context, const Json& request) {
  return state.functions.existing(context.scope, request)->configuration();
}

Json delete_function(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const auto qualifier = core::string_member(request, "Qualifier");
  if (qualifier && *qualifier == "$LATEST") {
    throw invalid_parameter("$LATEST version cannot be deleted without deleting the function.");
  }
  state.code.erase(function->scope, function->name);
  state.functions.erase(function->scope, function->name);
  return Json::object();
}

Json list_functions(State& state, const RequestContext& context, const Json& request) {
  const std::size_t size = page_size(request, limits::listed_functions);
  const std::string after = core::string_member(request, "Marker").value_or("");
  const auto& functions = state.functions.in_scope(context.scope);
  Json page = Json::array();
  auto next = functions.upper_bound(after);
  for (; next != functions.end() && page.size() < size; ++next) {
    Json configuration = next->second->configuration();
    for (const auto member : {"State", "LastUpdateStatus"}) configuration.erase(member);
    page.push_back(std::move(configuration));
  }
  Json response = {{"Functions", std::move(page)}};
  if (next != functions.end()) response["NextMarker"] = std::prev(next)->first;
  return response;
}

}  // namespace

void add_function_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "CreateFunction", create_function);
  add_operation(table, state, "GetFunction", get_function);
  add_operation(table, state, "GetFunctionConfiguration", get_function_configuration);
  add_operation(table, state, "DeleteFunction", delete_function);
  add_operation(table, state, "ListFunctions", list_functions);
}

}  // namespace votemu::lambda
