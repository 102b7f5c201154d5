#include "cloudformation/sam/swagger.h"

#include <algorithm>
#include <set>

#include "cloudformation/sam/build.h"

namespace votemu::cloudformation::sam {
namespace {

constexpr auto any_method = "x-amazon-apigateway-any-method";
constexpr auto integration = "x-amazon-apigateway-integration";

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

// 'GET,OPTIONS' with the quotes that make it a static value.
std::string methods_of(const Json& path) {
  std::set<std::string> methods{"OPTIONS"};
  if (path.contains(any_method)) {
    methods = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};
  } else {
    for (const auto& [method, definition] : path.items()) methods.insert(upper(method));
  }
  std::string text;
  for (const auto& method : methods) text += (text.empty() ? "" : ",") + method;
  return "'" + text + "'";
}

// A mock integration whose one response carries the headers.
Json preflight_method(const Json& path, const Cors& cors) {
  Json values = Json::object();
  Json types = Json::object();
  const auto add = [&](const std::string& header, const Json& value, const char* type) {
    if (value.is_null()) return;
    values["method.response.header.Access-Control-" + header] = value;
    types["Access-Control-" + header] = {{"type", type}};
  };
  const Json methods = cors.allow_methods.is_null() ? Json(methods_of(path)) : cors.allow_methods;
  add("Allow-Origin", cors.allow_origin, "string");
  add("Allow-Headers", cors.allow_headers, "string");
  add("Allow-Methods", methods, "string");
  add("Max-Age", cors.max_age, "integer");
  add("Allow-Credentials", cors.allow_credentials ? Json("'true'") : Json(), "string");

  Json mock_response{{"statusCode", "200"},
                     {"responseParameters", std::move(values)},
                     {"responseTemplates", {{"application/json", "{}\n"}}}};
  Json mock{{"type", "mock"},
            {"requestTemplates", {{"application/json", "{\n  \"statusCode\" : 200\n}\n"}}},
            {"responses", {{"default", std::move(mock_response)}}}};
  Json response{{"description", "Default response for CORS method"}, {"headers", std::move(types)}};
  return Json{{"summary", "CORS support"},
              {"consumes", Json::array({"application/json"})},
              {"produces", Json::array({"application/json"})},
              {integration, std::move(mock)},
              {"responses", {{"200", std::move(response)}}}};
}

std::string without_trailing_slash(const std::string& path) {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

Json only_if(const std::string& condition, Json value) {
  return Json{{"Fn::If", Json::array({condition, std::move(value), ref("AWS::NoValue")})}};
}

}  // namespace

Json empty_swagger() {
  return Json{{"swagger", "2.0"},
              {"info", {{"version", "1.0"}, {"title", ref("AWS::StackName")}}},
              {"paths", Json::object()}};
}

std::string swagger_method(const std::string& method) {
  std::string lower = method;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower == "any" ? any_method : lower;
}

Json function_method(const std::string& function_id) {
  Json call{{"type", "aws_proxy"},
            {"httpMethod", "POST"},
            {"uri", sub("arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${" +
                        function_id + ".Arn}/invocations")}};
  return Json{{integration, std::move(call)}, {"responses", Json::object()}};
}

void add_cors(Json& swagger, const Cors& cors) {
  std::set<std::string> done;  // API Gateway takes /a and /a/ for the same path
  for (auto& [name, path] : swagger["paths"].items()) {
    if (!path.is_object() || is_intrinsic(path)) continue;
    if (!done.insert(without_trailing_slash(name)).second || path.contains("options")) continue;
    path["options"] = preflight_method(path, cors);
  }
}

void apply_conditions(Json& swagger, const MethodConditions& conditions) {
  for (const auto& [name, methods] : conditions) {
    Json& path = swagger["paths"][name];
    std::set<std::string> names;
    bool all_conditional = true;
    for (auto& [method, definition] : path.items()) {
      const auto condition = methods.find(method);
      if (condition != methods.end()) {
        names.insert(condition->second);
        definition = only_if(condition->second, definition);
      } else if (method != "options") {
        all_conditional = false;
      }
    }
    if (all_conditional && names.size() == 1) path = only_if(*names.begin(), path);
  }
}

}  // namespace votemu::cloudformation::sam
