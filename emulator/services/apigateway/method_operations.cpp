// PutMethod, GetMethod, UpdateMethod, DeleteMethod, and the same of its responses.
#include <algorithm>
#include <array>

#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/members.h"
#include "services/apigateway/method_settings.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/patching.h"

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

void check_authorization(const Json& method) {
  static constexpr std::array<std::string_view, 4> types = {"NONE", "AWS_IAM", "CUSTOM",
                                                            "COGNITO_USER_POOLS"};
  const std::string type = core::string_member(method, "authorizationType").value_or("");
  if (std::find(types.begin(), types.end(), type) == types.end()) {
    throw bad_request(
        "Invalid authorization type specified. Valid options are NONE, AWS_IAM, "
        "CUSTOM, COGNITO_USER_POOLS");
  }
  const bool needs_authorizer = type == "CUSTOM" || type == "COGNITO_USER_POOLS";
  if (needs_authorizer && !core::string_member(method, "authorizerId")) {
    throw bad_request(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or "
        "COGNITO_USER_POOLS requires a valid authorizer.");
  }
}

namespace {

Json put_method(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& methods = resource_in(row, request)["resourceMethods"];
  const std::string name = required_string(request, "httpMethod");
  check_http_method(name);
  required_string(request, "authorizationType");
  check_authorization(request);
  if (methods.contains(name)) throw conflict("Method already exists for this resource");

  Json method = {
      {"httpMethod", name},
      {"authorizationType", request["authorizationType"]},
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
  return method_response_in(row, request);
}

Json delete_method_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  method_response_in(row, request);
  method_in(row, request)["methodResponses"].erase(required_string(request, "statusCode"));
  state.apis.put(context.scope, std::move(row));
  return Json::object();
}

using Kind = PatchRule::Kind;

constexpr std::array<PatchRule, 8> method_rules = {{
    {"/authorizationType"},
    {"/authorizerId"},
    {"/operationName"},
    {"/requestValidatorId"},
    {"/apiKeyRequired", Kind::boolean},
    {"/authorizationScopes", Kind::text_list},
    {"/requestParameters", Kind::boolean_map},
    {"/requestModels", Kind::text_map},
}};

constexpr std::array<PatchRule, 2> method_response_rules = {{
    {"/responseParameters", Kind::boolean_map},
    {"/responseModels", Kind::text_map},
}};

Json update_method(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& method = method_in(row, request);
  apply_patches(request, method_rules, method);
  check_authorization(method);
  const Json response = method;
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json update_method_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& updated = method_response_in(row, request);
  apply_patches(request, method_response_rules, updated);
  const Json response = updated;
  state.apis.put(context.scope, std::move(row));
  return response;
}

}  // namespace

void add_method_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "PutMethod", put_method);
  add_operation(table, state, "GetMethod", get_method);
  add_operation(table, state, "DeleteMethod", delete_method);
  add_operation(table, state, "PutMethodResponse", put_method_response);
  add_operation(table, state, "GetMethodResponse", get_method_response);
  add_operation(table, state, "DeleteMethodResponse", delete_method_response);
  add_operation(table, state, "UpdateMethod", update_method);
  add_operation(table, state, "UpdateMethodResponse", update_method_response);
}

}  // namespace votemu::apigateway
