// API Gateway on a core in memory, an API in front of a function, and how tests call both.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "core/aws_error.h"
#include "services/apigateway/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::apigateway {

class ApiTest : public ::testing::Test {
 protected:
  core::Json call(const char* operation, const core::Json& request) {
    return core::call(core_.store, operations_, operation, context_, request);
  }
  std::string error_of(const char* operation, const core::Json& request) {
    try {
      call(operation, request);
    } catch (const core::AwsError& error) {
      return error.code() + " " + std::to_string(error.http_status()) + ": " + error.message();
    }
    return "no error";
  }

  static std::string invocation_uri(const std::string& function) {
    return "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
           "arn:aws:lambda:us-east-1:000000000000:function:" +
           function + "/invocations";
  }
  static core::Json proxy(const std::string& function) {
    return {{"x-amazon-apigateway-integration",
             {{"type", "aws_proxy"}, {"httpMethod", "POST"}, {"uri", invocation_uri(function)}}}};
  }
  static core::Json document(const core::Json& paths) {
    return {
        {"swagger", "2.0"}, {"info", {{"title", "votes"}, {"version", "1.0"}}}, {"paths", paths}};
  }

  // Imports and deploys to stage "dev"; returns the API's id.
  std::string deploy(const core::Json& paths) {
    const std::string id =
        call("ImportRestApi", {{"body", document(paths)}})["id"].get<std::string>();
    call("CreateDeployment", {{"restApiId", id}, {"stageName", "dev"}});
    return id;
  }

  static HttpCall http(const std::string& method, const std::string& path) {
    HttpCall call;
    call.method = method;
    call.path = path;
    call.source_ip = "203.0.113.9";
    call.domain_name = "abc123.execute-api.us-east-1.amazonaws.com";
    call.request_id = "b4cab704-6c8c-4cf6-8f04-82e8e4afd9a5";
    call.now_ms = 1'747'899'569'874;
    call.tls = true;
    return call;
  }

  // The resource that answers and the parameters it got, or the status of a reply.
  std::string routed(const std::string& api, const HttpCall& call) {
    const auto found = service_.route(context_.scope, api, "dev", call);
    if (const auto* reply = std::get_if<HttpReply>(&found)) return std::to_string(reply->status);
    const auto& target = std::get<Target>(found);
    std::string text = target.endpoint->resource_path;
    for (const auto& [name, value] : target.path_parameters) text += " " + name + "=" + value;
    return text;
  }

  static std::string header(const HttpReply& reply, const std::string& name) {
    std::string values;
    for (const auto& [key, value] : reply.headers) {
      if (key == name) values += (values.empty() ? "" : ", ") + value;
    }
    return values;
  }

  test::TestRuntime core_;
  Service service_{core_.runtime};
  core::OperationTable operations_ = service_.operations();
  core::RequestContext context_;
};

}  // namespace votemu::apigateway
