// ImportRestApi, PutRestApi: an API from a Swagger 2.0 or OpenAPI 3 document with API Gateway's
// extensions.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
#include <algorithm>
#include <array>

#include "core/members.h"
#include "services/apigateway/api_rows.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/members.h"
#include "services/apigateway/method_settings.h"
#include "services/apigateway/operations.h"
#include "services/apigateway/resource_tree.h"

namespace votemu::apigateway {
namespace {

using core::Json;
using core::RequestContext;

constexpr const char* any_method = "x-amazon-apigateway-any-method";

Json parse_document(const std::string& text) {
  try {
    return core::parse_json(text);
  } catch (const core::AwsError&) {
    throw bad_request("Invalid OpenAPI input.");
  }
}

// The body: a document, or its JSON text.
Json document_member(const Json& request) {
  const Json* body = core::find_member(request, "body");
  Json document = body ? *body : Json();
  if (document.is_string()) document = parse_document(document.get_ref<const std::string&>());
  if (!document.is_object() || !(document.contains("swagger") || document.contains("openapi"))) {
    throw bad_request("Invalid OpenAPI input.");
  }
  return document;
}

// The method's name in an API, or "" for what is no method ("parameters", say).
std::string method_name(const std::string& key) {
  static constexpr std::array<std::string_view, 7> names = {"delete", "get",  "head", "options",
                                                            "patch",  "post", "put"};
  if (key == any_method) return "ANY";
  std::string name = key;
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  if (std::find(names.begin(), names.end(), name) == names.end()) return "";
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(c - 'a' + 'A'); });
  return name;
}

Json method_responses(const Json& operation) {
  Json responses = Json::object();
  const Json* given = core::object_member(operation, "responses");
  if (!given) return responses;
  for (const auto& [status, response] : given->items()) {
    if (status.empty() || status[0] < '1' || status[0] > '5') continue;  // "default"
    check_status_code(status);
    Json described = {{"statusCode", status}};
    if (const Json* headers = core::object_member(response, "headers")) {
      for (const auto& [name, unused] : headers->items()) {
        described["responseParameters"]["method.response.header." + name] = false;
      }
    }
    responses[status] = std::move(described);
  }
  return responses;
}

Json imported_integration(const Json& given, const std::string& resource_id) {
  Json integration = new_integration(given, "httpMethod", resource_id);
  if (const Json* responses = core::object_member(given, "responses")) {
    for (const auto& [pattern, response] : responses->items()) {
      const std::string status = core::string_member(response, "statusCode").value_or("200");
      Json described = new_integration_response(response, status);
      if (pattern != "default") described["selectionPattern"] = pattern;
      integration["integrationResponses"][status] = std::move(described);
    }
  }
  return integration;
}

// Swagger 2 and OpenAPI 3 keep them in different places.
const Json* security_scheme(const Json& document, const std::string& name) {
  const Json* schemes = core::object_member(document, "securityDefinitions");
  if (const Json* components = core::object_member(document, "components");
      components && !schemes) {
    schemes = core::object_member(*components, "securitySchemes");
  }
  return schemes ? core::object_member(*schemes, name) : nullptr;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
bool is_signed(const Json& document, const Json& operation) {
  if (const Json* auth = core::object_member(operation, "x-amazon-apigateway-auth")) {
    return core::string_member(*auth, "type") == "AWS_IAM";
  }
  const Json* required = core::array_member(operation, "security");
  if (!required) required = core::array_member(document, "security");
  if (!required) return false;
  for (const Json& alternative : *required) {
    if (!alternative.is_object()) continue;
    for (const auto& [name, scopes] : alternative.items()) {
      const Json* scheme = security_scheme(document, name);
      if (scheme && core::string_member(*scheme, "x-amazon-apigateway-authtype") == "awsSigv4") {
        return true;
      }
    }
  }
  return false;
}

Json imported_method(const std::string& name, const Json& document, const Json& operation,
                     const std::string& resource_id) {
  const auto* authorization_type = is_signed(document, operation) ? "AWS_IAM" : "NONE";
  Json method = {
      {"httpMethod", name}, {"authorizationType", authorization_type}, {"apiKeyRequired", false}};
  if (const auto id = core::string_member(operation, "operationId")) method["operationName"] = *id;
  Json responses = method_responses(operation);
  if (!responses.empty()) method["methodResponses"] = std::move(responses);
  if (const Json* given = core::object_member(operation, "x-amazon-apigateway-integration")) {
    method["methodIntegration"] = imported_integration(*given, resource_id);
  }
  return method;
}

// The resource of a path, made with its ancestors where it is missing.
Json& resource_at(State& state, Json& api, std::string_view path) {
  std::string id = api["rootResourceId"].get<std::string>();
  while (true) {
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    if (path.empty()) return api["resources"][id];
    const std::string part(path.substr(0, path.find('/')));
    path.remove_prefix(part.size());
    const Json& resources = api["resources"];
    const auto found = std::find_if(resources.begin(), resources.end(), [&](const Json& resource) {
      return resource.value("parentId", Json()) == id && resource["pathPart"] == part;
    });
    const Json& next = found != resources.end() ? *found : add_resource(state, api, id, part);
    id = next["id"].get<std::string>();
  }
}

void import_paths(State& state, const Json& document, Json& api) {
  const Json* paths = core::object_member(document, "paths");
  if (!paths) return;
  for (const auto& [path, operations] : paths->items()) {
    if (!path.starts_with('/')) throw bad_request("Invalid OpenAPI input.");
    if (!operations.is_object()) throw bad_request("Invalid OpenAPI input.");
    Json& resource = resource_at(state, api, path);
    const std::string id = resource["id"].get<std::string>();
    for (const auto& [key, operation] : operations.items()) {
      const std::string name = method_name(key);
      if (name.empty()) continue;
      resource["resourceMethods"][name] = imported_method(name, document, operation, id);
    }
  }
}

void import_description(const Json& document, Json& api) {
  if (const Json* info = core::object_member(document, "info")) {
    if (const auto title = core::string_member(*info, "title")) api["name"] = *title;
    for (const auto member : {"description", "version"}) {
      if (const auto text = core::string_member(*info, member)) api[member] = *text;
    }
  }
  if (const Json* types = core::array_member(document, "x-amazon-apigateway-binary-media-types")) {
    Json texts = Json::array();
    for (const Json& type : *types) {
      if (type.is_string()) texts.push_back(type);
    }
    api["binaryMediaTypes"] = std::move(texts);
  }
}

void import_document(State& state, const Json& document, Json& api) {
  import_description(document, api);
  import_paths(state, document, api);
}

Json import_rest_api(State& state, const RequestContext& context, const Json& request) {
  const Json document = document_member(request);
  if (state.apis.in_scope(context.scope).size() >= limits::max_apis_per_scope) {
    throw limit_exceeded(
        "Maximum number of APIs for this account has been reached. Please contact "
        "AWS if you need additional APIs.");
  }
  Json row = new_api(state);
  row["name"] = "";
  import_document(state, document, row);
  if (row["name"] == "") throw bad_request("Invalid API name specified");
  const Json response = described_api(row);
  state.apis.put(context.scope, std::move(row));
  return response;
}

Json put_rest_api(State& state, const RequestContext& context, const Json& request) {
  Json row = state.apis.existing(context.scope, request).row;
  const std::string mode = core::string_member(request, "mode").value_or("merge");
  if (mode != "merge" && mode != "overwrite") throw bad_request("Invalid mode specified: " + mode);
  const Json document = document_member(request);
  if (mode == "overwrite") {
    const std::string root_id = row["rootResourceId"].get<std::string>();
    Json root = row["resources"][root_id];
    root["resourceMethods"] = Json::object();
    row["resources"] = {{root_id, std::move(root)}};
    row.erase("binaryMediaTypes");
  }
  import_document(state, document, row);
  const Json response = described_api(row);
  state.apis.put(context.scope, std::move(row));
  return response;
}

}  // namespace

void add_import_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "ImportRestApi", import_rest_api);
  add_operation(table, state, "PutRestApi", put_rest_api);
}

}  // namespace votemu::apigateway
