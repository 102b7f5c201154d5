#include "services/apigateway/method_test.h"

#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/members.h"
#include "services/apigateway/query.h"
#include "services/apigateway/request_path.h"
#include "services/apigateway/routing.h"

namespace votemu::apigateway {
namespace {

using core::Json;

constexpr const char* test_stage = "test-invoke-stage";

HttpHeaders headers_member(const Json& request) {
  HttpHeaders headers;
  if (const Json* multi = core::object_member(request, "multiValueHeaders")) {
    for (const auto& [name, values] : multi->items()) {
      if (!values.is_array()) throw bad_request("Invalid multiValueHeaders specified");
      for (const Json& value : values) {
        if (value.is_string()) headers.emplace_back(name, value.get<std::string>());
      }
    }
    if (!headers.empty()) return headers;
  }
  if (const Json* single = core::object_member(request, "headers")) {
    for (const auto& [name, unused] : single->items()) {
      headers.emplace_back(name, core::string_member(*single, name).value_or(""));
    }
  }
  return headers;
}

Pairs variables_member(const Json& request) {
  Pairs variables;
  if (const Json* given = core::object_member(request, "stageVariables")) {
    for (const auto& [name, unused] : given->items()) {
      variables.emplace_back(name, core::string_member(*given, name).value_or(""));
    }
  }
  return variables;
}

HttpCall call_of(const core::RequestContext& context, const Json& request,
                 const std::string& resource, core::Runtime& runtime) {
  const std::string target = core::string_member(request, "pathWithQueryString").value_or("");
  const auto question = target.find('?');
  HttpCall call;
  call.method = required_string(request, "httpMethod");
  call.path = target.empty() ? resource : resource_path(target.substr(0, question));
  if (question != std::string::npos) call.raw_query = target.substr(question + 1);
  call.headers = headers_member(request);
  call.body = core::string_member(request, "body").value_or("");
  call.source_ip = "test-invoke-source-ip";
  call.domain_name = "testPrefix.testDomainName";
  call.request_id = runtime.random.uuid();
  call.now_ms = runtime.clock.now_ms();
  call.tester = std::make_shared<const Tester>(
      Tester{context.scope.account, context.access_key, context.user_agent});
  return call;
}

std::vector<std::string> binary_types_of(const Json& api) {
  std::vector<std::string> types;
  if (const Json* given = core::find_member(api, "binaryMediaTypes")) {
    for (const Json& type : *given) types.push_back(type.get<std::string>());
  }
  return types;
}

}  // namespace

MethodTest method_test(const Json& api, const core::RequestContext& context, const Json& request,
                       core::Runtime& runtime) {
  Json row = api;
  const Json& resource = resource_in(row, request);
  const std::string path = resource["path"].get<std::string>();
  Stage stage(context.scope, row["id"].get<std::string>(), test_stage);
  stage.variables = variables_member(request);
  stage.binary_media_types = binary_types_of(row);
  const Routes routes(Json{{"resource", resource}},
                      std::make_shared<const Stage>(std::move(stage)));
  HttpCall call = call_of(context, request, path, runtime);
  // A path that is not this resource's is as good as none: it has no parameters.
  auto match = routes.match(call.path);
  const PathParameters parameters = match && call.path != path ? match->parameters : Pairs();
  if (!match) match = routes.match(path);
  const Integration* integration = match ? integration_for(*match->resource, call.method) : nullptr;
  if (!integration) throw not_found("Invalid Method identifier specified");

  MethodTest test;
  test.resource_path = path;
  test.path_parameters = parameters;
  test.routed = routed(*integration, parameters, call);
  test.call = std::move(call);
  return test;
}

}  // namespace votemu::apigateway
