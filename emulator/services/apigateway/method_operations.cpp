// PutMethod, GetMethod, DeleteMethod, PutMethodResponse, GetMethodResponse.
#include <algorithm>
#include <array>

#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/members.h"
#include "services/apigateway/method_settings.h"
#include "services/apigateway/operations.h"

namespace votemu::apigateway {

using core::Json;
using core::RequestContext;

void check_http_method(const std::string& method) {
  static constexpr std::array<std::string_view, 8> methods = {"ANY",     "DELETE", "GET",  "HEAD",
                                                              "OPTIONS", "PATCH",  "POST", "PUT"};
  if (std::find(methods.begin(), methods.end(), method) != methods.end()) return;
  throw bad_request(
      "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
}

void check_status_code(const std::string& status) {
  const bool valid =
      status.size() == 3 && status[0] >= '1' && status[0] <= '5' &&
      std::all_of(status.begin(), status.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!valid) throw bad_request("Invalid status code specified: " + status);
}

namespace {

Json put_method(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& methods = resource_in(row, request)["resourceMethods"];
  const std::string name = required_string(request, "httpMethod");
  check_http_method(name);
  const std::string authorization = required_string(request, "authorizationType");
  static constexpr std::array<std::string_view, 4> types = {"NONE", "AWS_IAM", "CUSTOM",
                                                            "COGNITO_USER_POOLS"};
  if (std::find(types.begin(), types.end(), authorization) == types.end()) {
    throw bad_request(
        "Invalid authorization type specified. Valid options are NONE, AWS_IAM, "
        "CUSTOM, COGNITO_USER_POOLS");
  }
  const bool needs_authorizer = authorization == "CUSTOM" || authorization == "COGNITO_USER_POOLS";
  if (needs_authorizer && !core::string_member(request, "authorizerId")) {
    throw bad_request(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or "
        "COGNITO_USER_POOLS requires a valid authorizer.");
  }
  if (methods.contains(name)) throw conflict("Method already exists for this resource");

  Json method = {
      {"httpMethod", name},
      {"authorizationType", authorization},
      {"apiKeyRequired", core::boolean_member(request, "apiKeyRequired").value_or(false)}};
  copy_members(request,
               {"authorizerId", "operationName", "requestParameters", "requestModels",
                "requestValidatorId", "authorizationScopes"},
               method);
  methods[name] = method;
  state.apis.put(context.scope, std::move(row));
  return method;
}

Json get_method(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  return method_in(row, request);
}

Json delete_method(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  method_in(row, request);
  resource_in(row, request)["resourceMethods"].erase(required_string(request, "httpMethod"));
  state.apis.put(context.scope, std::move(row));
  return Json::object();
}

Json put_method_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& method = method_in(row, request);
  const std::string status = required_string(request, "statusCode");
  check_status_code(status);
  if (method.contains("methodResponses") && method["methodResponses"].contains(status)) {
    throw conflict("Response already exists for this resource");
  }
  core::object_member(request, "responseParameters");
  core::object_member(request, "responseModels");
  Json response = {{"statusCode", status}};
  copy_members(request, {"responseParameters", "responseModels"}, response);
  method["methodResponses"][status] = response;
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json get_method_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  const Json& method = method_in(row, request);
  const Json* responses = core::find_member(method, "methodResponses");
  const Json* response =
      responses ? core::find_member(*responses, required_string(request, "statusCode")) : nullptr;
  if (!response) throw not_found("Invalid Response status code specified");
  return *response;
}

}  // namespace

void add_method_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "PutMethod", put_method);
  add_operation(table, state, "GetMethod", get_method);
  add_operation(table, state, "DeleteMethod", delete_method);
  add_operation(table, state, "PutMethodResponse", put_method_response);
  add_operation(table, state, "GetMethodResponse", get_method_response);
}

}  // namespace votemu::apigateway
