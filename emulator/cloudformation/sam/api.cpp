#include "cloudformation/sam/api.h"

#include <algorithm>
#include <array>

#include "cloudformation/sam/s3_uri.h"

namespace votemu::cloudformation::sam {
namespace {

constexpr std::array<const char*, 8> api_members{
    "Name",           "Description", "BinaryMediaTypes", "MinimumCompressionSize",
    "FailOnWarnings", "Mode",        "ApiKeySourceType", "Policy"};
constexpr std::array<const char*, 7> stage_members{
    "CacheClusterEnabled", "CacheClusterSize", "Variables",     "MethodSettings",
    "AccessLogSetting",    "CanarySetting",    "TracingEnabled"};
constexpr std::array<const char*, 9> own_members{
    "StageName",      "Cors", "DefinitionBody", "DefinitionUri", "EndpointConfiguration",
    "OpenApiVersion", "Tags", "PropagateTags",  "AlwaysDeploy"};

template <std::size_t N>
bool contains(const std::array<const char*, N>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void refuse_unsupported(const std::string& id, const Json& properties) {
  for (const auto& [name, value] : properties.items()) {
    if (contains(api_members, name) || contains(stage_members, name) ||
        contains(own_members, name)) {
      continue;
    }
    throw invalid(
        id, "property " + name + " is not supported for resource of type " + std::string(api_type),
        {"Properties", name});
  }
}

template <std::size_t N>
void copy_members(const std::array<const char*, N>& names, const Json& from, Json& to) {
  for (const auto* name : names) {
    if (const Json* value = member(from, name)) to[name] = *value;
  }
}

Cors cors_of(const std::string& id, const Json& property) {
  Cors cors;
  if (property.is_string() || is_intrinsic(property)) {
    cors.allow_origin = property;
    return cors;
  }
  if (!property.is_object()) {
    throw invalid(id, "Invalid value for 'Cors' property", {"Properties", "Cors"});
  }
  for (const auto& [name, value] : property.items()) {
    if (name == "AllowOrigin") {
      cors.allow_origin = value;
    } else if (name == "AllowHeaders") {
      cors.allow_headers = value;
    } else if (name == "AllowMethods") {
      cors.allow_methods = value;
    } else if (name == "MaxAge") {
      cors.max_age = value;
    } else if (name == "AllowCredentials") {
      cors.allow_credentials = value == true;
    } else {
      throw invalid(id, "Invalid key '" + name + "' for 'Cors' property.",
                    {"Properties", "Cors", name});
    }
  }
  if (cors.allow_credentials && cors.allow_origin == "'*'") {
    throw invalid(
        id,
        "Unable to add Cors configuration because 'AllowCredentials' can not be true when "
        "'AllowOrigin' is \"'*'\" or not set",
        {"Properties", "Cors"});
  }
  return cors;
}

bool is_swagger(const Json& body) {
  const Json* paths = member(body, "paths");
  return paths != nullptr && paths->is_object() &&
         (body.contains("swagger") || body.contains("openapi"));
}

void add_cors(const std::string& id, Api& api) {
  const Json* property = member(api.properties, "Cors");
  if (property == nullptr) return;
  if (api.is_in_s3) {
    throw invalid(id, "Cors works only with inline Swagger specified in 'DefinitionBody' property.",
                  {"Properties", "Cors"});
  }
  if (!is_swagger(api.body)) {
    throw invalid(id,
                  "Unable to add Cors configuration because 'DefinitionBody' does not contain a "
                  "valid Swagger definition.",
                  {"Properties", "DefinitionBody"});
  }
  add_cors(api.body, cors_of(id, *property));
}

void set_endpoint(const Json& properties, Json& rest_api) {
  const Json* endpoint = member(properties, "EndpointConfiguration");
  if (endpoint == nullptr) return;
  const Json* type = endpoint->is_object() ? member(*endpoint, "Type") : endpoint;
  if (type == nullptr) return;
  rest_api["EndpointConfiguration"] = {{"Types", Json::array({*type})}};
  rest_api["Parameters"] = {{"endpointConfigurationTypes", *type}};
  if (const Json* endpoints = member(*endpoint, "VPCEndpointIds")) {
    rest_api["EndpointConfiguration"]["VpcEndpointIds"] = *endpoints;
  }
}

// Media types may not contain a slash in the API's own property, but must in the document.
Json with_slashes(const Json& media_types) {
  if (!media_types.is_array()) return media_types;
  Json result = Json::array();
  for (const auto& type : media_types) {
    std::string text = type.is_string() ? type.get<std::string>() : "";
    for (auto at = text.find("~1"); at != std::string::npos; at = text.find("~1", at)) {
      text.replace(at, 2, "/");
    }
    result.push_back(type.is_string() ? Json(text) : type);
  }
  return result;
}

void finish_body(const std::string& id, Api& api) {
  add_cors(id, api);
  if (api.is_in_s3) return;
  apply_conditions(api.body, api.conditions);
  if (const Json* types = member(api.properties, "BinaryMediaTypes")) {
    api.body["x-amazon-apigateway-binary-media-types"] = with_slashes(*types);
  }
  const Json* version = member(api.properties, "OpenApiVersion");
  const std::string text = version == nullptr     ? ""
                           : version->is_string() ? version->get<std::string>()
                                                  : core::dump_json(*version);
  if (api.managed && text.starts_with('3')) {
    api.body.erase("swagger");
    api.body["openapi"] = text;
  }
}

Json body_location(const std::string& id, const Json& uri) {
  if (auto location = location_in_s3(uri, {"Bucket", "Key", "Version"})) {
    return std::move(*location);
  }
  throw invalid(id,
                "'DefinitionUri' is not a valid S3 Uri of the form \"s3://bucket/key\" with "
                "optional versionId query parameter.",
                {"Properties", "DefinitionUri"});
}

}  // namespace

Api begin_api(const std::string& id, const Json& resource) {
  Api api;
  api.source = resource;
  api.properties = properties_of(id, resource);
  refuse_unsupported(id, api.properties);
  const Json* stage = member(api.properties, "StageName");
  if (stage == nullptr) {
    throw invalid(id, "Missing required property 'StageName'.", {"Properties"});
  }
  if (*stage == "") throw invalid(id, "StageName cannot be empty.", {"Properties", "StageName"});
  api.stage_name = *stage;
  const Json* body = member(api.properties, "DefinitionBody");
  const Json* uri = member(api.properties, "DefinitionUri");
  if (body != nullptr && uri != nullptr) {
    throw invalid(id, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.",
                  {"Properties", "DefinitionUri"});
  }
  api.is_in_s3 = uri != nullptr;
  api.managed = body == nullptr && uri == nullptr;
  api.body = api.managed ? empty_swagger() : body != nullptr ? *body : body_location(id, *uri);
  if (!api.body.is_object()) {
    throw invalid(id, "DefinitionBody should be a map.", {"Properties", "DefinitionBody"});
  }
  return api;
}

void finish_api(Build& build, const std::string& id, Api api, Renames& renames) {
  finish_body(id, api);
  Json rest_api{{api.is_in_s3 ? "BodyS3Location" : "Body", api.body}};
  copy_members(api_members, api.properties, rest_api);
  set_endpoint(api.properties, rest_api);
  build.add(id, replacing("AWS::ApiGateway::RestApi", std::move(rest_api), api.source), id);

  // CloudFormation only deploys an API again when there is a new deployment resource, hence a
  // logical id that follows what is to be deployed.
  std::string content = core::dump_json(api.body);
  for (const auto& name : api.function_names) content += name;
  const std::string digest = sha1_hex(content);
  const std::string deployment_id = id + "Deployment" + digest.substr(0, 10);
  Json deployment{{"RestApiId", ref(id)}, {"Description", "RestApi deployment id: " + digest}};
  if (!api.properties.contains("OpenApiVersion")) deployment["StageName"] = "Stage";
  build.add(deployment_id,
            generated("AWS::ApiGateway::Deployment", std::move(deployment), api.source), id);

  const std::string stage_id = stage_logical_id(id, api.stage_name);
  Json stage{
      {"RestApiId", ref(id)}, {"DeploymentId", ref(deployment_id)}, {"StageName", api.stage_name}};
  copy_members(stage_members, api.properties, stage);
  if (const Json* tags = member(api.properties, "Tags")) stage["Tags"] = tag_list(*tags, false);
  build.add(stage_id, generated("AWS::ApiGateway::Stage", std::move(stage), api.source), id);
  renames[id + ".Stage"] = stage_id;
  renames[id + ".Deployment"] = deployment_id;
}

}  // namespace votemu::cloudformation::sam
