// PutIntegration, GetIntegration, UpdateIntegration, DeleteIntegration, and the same of its
// responses.
#include <algorithm>
#include <array>

#include "core/ids.h"
#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/members.h"
#include "services/apigateway/method_settings.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/patching.h"

namespace votemu::apigateway {

using core::Json;
using core::RequestContext;

namespace {

// "arn:aws:apigateway:REGION:SERVICE:path/…" or "…:action/…".
void check_aws_uri(const std::string& uri, const std::string& type) {
  const auto arn = core::Arn::parse(uri);
  if (!arn) throw bad_request("Invalid ARN specified in the request");
  if (!arn->resource.starts_with("path/") && !arn->resource.starts_with("action/")) {
    throw bad_request("AWS ARN for integration must contain path or action");
  }
  const bool firehose = arn->account == "firehose" && arn->resource.starts_with("action/");
  if (type == "AWS_PROXY" && !firehose && function_arn_of(uri).empty()) {
    throw bad_request(
        "Integrations of type 'AWS_PROXY' currently only supports Lambda function "
        "and Firehose stream invocations.");
  }
}

void check_endpoint(const std::string& type, const std::string& uri, const std::string& method) {
  static constexpr std::array<std::string_view, 5> types = {"AWS", "AWS_PROXY", "HTTP",
                                                            "HTTP_PROXY", "MOCK"};
  if (std::find(types.begin(), types.end(), type) == types.end()) {
    throw bad_request(
        "Enumeration value for Integration Type must be non-empty. Valid values are "
        "[HTTP, AWS, MOCK, HTTP_PROXY, AWS_PROXY]");
  }
  if (type == "MOCK") return;
  if (method.empty()) {
    throw bad_request("Enumeration value for HttpMethod must be non-empty");
  }
  if (type.starts_with("AWS")) {
    check_aws_uri(uri, type);
  } else if (!uri.starts_with("http://") && !uri.starts_with("https://")) {
    throw bad_request("Invalid HTTP endpoint specified for URI");
  }
}

void check_timeout(std::int64_t timeout_ms) {
  if (timeout_ms < limits::min_timeout_ms || timeout_ms > limits::default_timeout_ms) {
    throw bad_request("Timeout should be between 50 ms and 29000 ms");
  }
}

}  // namespace

void check_integration(const Json& integration) {
  check_endpoint(core::string_member(integration, "type").value_or(""),
                 core::string_member(integration, "uri").value_or(""),
                 core::string_member(integration, "httpMethod").value_or(""));
  check_timeout(
      core::integer_member(integration, "timeoutInMillis").value_or(limits::default_timeout_ms));
}

Json new_integration(const Json& given, const char* method_member, const std::string& resource_id) {
  std::string type = required_string(given, "type");
  std::transform(type.begin(), type.end(), type.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  const std::string method = core::string_member(given, method_member).value_or("");
  check_endpoint(type, core::string_member(given, "uri").value_or(""), method);
  const std::int64_t timeout =
      core::integer_member(given, "timeoutInMillis").value_or(limits::default_timeout_ms);
  check_timeout(timeout);
  core::object_member(given, "requestTemplates");
  core::object_member(given, "requestParameters");

  Json integration = {{"type", type},
                      {"passthroughBehavior", "WHEN_NO_MATCH"},
                      {"timeoutInMillis", timeout},
                      {"cacheNamespace", resource_id},
                      {"cacheKeyParameters", Json::array()}};
  if (!method.empty()) integration["httpMethod"] = method;
  copy_members(
      given,
      {"uri", "connectionType", "connectionId", "credentials", "requestParameters",
       "requestTemplates", "cacheNamespace", "cacheKeyParameters", "contentHandling", "tlsConfig"},
      integration);
  if (auto behavior = core::string_member(given, "passthroughBehavior")) {
    std::transform(behavior->begin(), behavior->end(), behavior->begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    integration["passthroughBehavior"] = *behavior;
  }
  return integration;
}

Json new_integration_response(const Json& given, const std::string& status) {
  check_status_code(status);
  core::object_member(given, "responseParameters");
  core::object_member(given, "responseTemplates");
  core::string_member(given, "selectionPattern");
  Json response = {{"statusCode", status}};
  copy_members(given,
               {"selectionPattern", "responseParameters", "responseTemplates", "contentHandling"},
               response);
  return response;
}

namespace {

Json put_integration(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& method = method_in(row, request);
  Json integration =
      new_integration(request, "integrationHttpMethod", required_string(request, "resourceId"));
  method["methodIntegration"] = integration;
  state.apis.put(context.scope, std::move(row));
  return integration;
}

Json get_integration(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  return integration_in(row, request);
}

Json delete_integration(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  integration_in(row, request);
  method_in(row, request).erase("methodIntegration");
  state.apis.put(context.scope, std::move(row));
  return Json::object();
}

Json put_integration_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& integration = integration_in(row, request);
  const std::string status = required_string(request, "statusCode");
  Json response = new_integration_response(request, status);
  integration["integrationResponses"][status] = response;
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json get_integration_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  return integration_response_in(row, request);
}

Json delete_integration_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  integration_response_in(row, request);
  integration_in(row, request)["integrationResponses"].erase(
      required_string(request, "statusCode"));
  state.apis.put(context.scope, std::move(row));
  return Json::object();
}

using Kind = PatchRule::Kind;

constexpr std::array<PatchRule, 14> integration_rules = {{
    {"/uri"},
    {"/httpMethod"},
    {"/credentials"},
    {"/passthroughBehavior"},
    {"/contentHandling"},
    {"/connectionType"},
    {"/connectionId"},
    {"/cacheNamespace"},
    {"/timeoutInMillis", Kind::integer},
    {"/tlsConfig/insecureSkipVerification", Kind::boolean},
    {"/cacheKeyParameters", Kind::text_list},
    {"/requestParameters", Kind::text_map},
    {"/requestTemplates", Kind::text_map},
    {"/type"},
}};

constexpr std::array<PatchRule, 4> integration_response_rules = {{
    {"/selectionPattern"},
    {"/contentHandling"},
    {"/responseParameters", Kind::text_map},
    {"/responseTemplates", Kind::text_map},
}};

Json update_integration(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& integration = integration_in(row, request);
  apply_patches(request, integration_rules, integration);
  check_integration(integration);
  const Json response = integration;
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json update_integration_response(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  Json& updated = integration_response_in(row, request);
  apply_patches(request, integration_response_rules, updated);
  const Json response = updated;
  state.apis.put(context.scope, std::move(row));
  return response;
}

}  // namespace

void add_integration_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "PutIntegration", put_integration);
  add_operation(table, state, "GetIntegration", get_integration);
  add_operation(table, state, "DeleteIntegration", delete_integration);
  add_operation(table, state, "PutIntegrationResponse", put_integration_response);
  add_operation(table, state, "GetIntegrationResponse", get_integration_response);
  add_operation(table, state, "DeleteIntegrationResponse", delete_integration_response);
  add_operation(table, state, "UpdateIntegration", update_integration);
  add_operation(table, state, "UpdateIntegrationResponse", update_integration_response);
}

}  // namespace votemu::apigateway
