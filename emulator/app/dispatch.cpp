#include "app/dispatch.h"

#include <optional>
#include <utility>
#include <variant>

#include "app/mqtt_endpoint.h"
#include "wire/aws_json.h"
#include "wire/aws_query.h"
#include "wire/cors.h"
#include "wire/query_services.h"
#include "wire/rest_json.h"

namespace votemu::app {
namespace {

using wire::HttpRequest;
using wire::HttpResponse;

// DynamoDB's request ids are of another form than the other services'.
std::string request_id_for(core::Random& random, std::string_view service) {
  return service.ends_with("dynamodb") ? random.upper_alphanumeric(52) : random.uuid();
}

core::AwsError internal_failure() {
  return core::AwsError("InternalFailure",
                        "The request processing has failed because of an unknown error, exception "
                        "or failure.",
                        500);
}

HttpResponse forbidden(const std::string& request_id) {
  HttpResponse response{403, {}, R"({"message":"Forbidden"})"};
  response.headers.add("Content-Type", "application/json");
  response.headers.add("x-amzn-RequestId", request_id);
  response.headers.add("x-amzn-ErrorType", "ForbiddenException");
  return response;
}

apigateway::HttpCall api_call(const HttpRequest& request, const wire::ExecuteApiCall& call,
                              const core::RequestContext& context, std::int64_t now_ms) {
  apigateway::HttpCall out;
  out.method = request.method;
  out.path = call.path;
  out.raw_query = request.query();
  out.headers = request.headers.fields();
  out.body = request.body;
  out.source_ip = request.source_ip;
  out.domain_name = context.host;
  out.request_id = context.request_id;
  out.now_ms = now_ms;
  return out;
}

// A Query call's parameters may stand in the URL, in the body or in both.
std::string form_of(const HttpRequest& request) {
  std::string form(request.query());
  if (!form.empty() && !request.body.empty()) form.push_back('&');
  return form + request.body;
}

// A call to a queue's own URL need not repeat it among the parameters.
void name_queue_of_path(const HttpRequest& request, core::Json& members) {
  if (members.contains("QueueUrl") || request.path().size() <= 1) return;
  members["QueueUrl"] = std::string(request.path());
}

}  // namespace

std::optional<std::string> Dispatch::websocket_subprotocol(const HttpRequest& request) {
  return mqtt_subprotocol(request);
}

std::unique_ptr<net::WebSocketPeer> Dispatch::open_websocket(const HttpRequest& request,
                                                             net::WebSocket& socket) {
  return open_mqtt(services_.iot, request, socket);
}

abi::Task<HttpResponse> Dispatch::handle(HttpRequest request) {
  HttpResponse response;
  try {
    auto answering = answer(request);
    response = co_await std::move(answering);
  } catch (const std::exception& error) {
    runtime_.log.error(request.method + " " + std::string(request.path()) + ": " + error.what());
    response = wire::encode_rest_json_error("", internal_failure(), runtime_.random.uuid());
  }
  co_return response;
}

core::RequestContext Dispatch::context_of(const HttpRequest& request,
                                          const wire::Credential& credential,
                                          std::string_view service) {
  core::RequestContext context;
  context.scope = wire::scope_of(credential);
  context.request_id = request_id_for(runtime_.random, service);
  context.access_key = credential.access_key;
  context.source_ip = request.source_ip;
  const auto host = request.headers.get("Host");
  if (!host.empty()) context.host = host;
  return context;
}

Dispatch::Response Dispatch::answer(const HttpRequest& request) {
  const auto credential = wire::credential_of(request);
  auto kind = wire::classify(request, credential.service);
  const auto* json = std::get_if<wire::JsonCall>(&kind);
  const auto context = context_of(request, credential, json ? json->service : std::string());
  if (auto* api = std::get_if<wire::ExecuteApiCall>(&kind)) {
    auto answering = answer_api(request, std::move(*api), context);
    auto response = co_await std::move(answering);
    co_return response;
  }
  HttpResponse response;
  if (wire::is_preflight(request)) co_return wire::preflight_response(request);
  if (json) {
    auto answering = answer_json(request, *json, context);
    response = co_await std::move(answering);
  } else if (const auto* query = std::get_if<wire::QueryCall>(&kind)) {
    auto answering = answer_query(request, *query, context);
    response = co_await std::move(answering);
  } else if (const auto* rest = std::get_if<wire::RestCall>(&kind)) {
    auto answering = answer_rest(request, *rest, context);
    response = co_await std::move(answering);
  } else {
    response = control_.answer(request);
  }
  wire::allow_cross_origin(request, response);
  co_return response;
}

Dispatch::Response Dispatch::answer_json(const HttpRequest& request, const wire::JsonCall& call,
                                         const core::RequestContext& context) {
  try {
    auto running = run(call.service, call.operation, context, wire::decode_aws_json(request.body));
    const auto result = co_await std::move(running);
    co_return wire::encode_aws_json(call.service, result, context.request_id);
  } catch (const core::AwsError& error) {
    co_return wire::encode_aws_json_error(call.service, error, context.request_id);
  }
}

Dispatch::Response Dispatch::answer_query(const HttpRequest& request, const wire::QueryCall& call,
                                          const core::RequestContext& context) {
  const auto* known = wire::find_query_service(call.service);
  const auto& service = known ? *known : wire::sqs_query_service();
  HttpResponse response;
  response.headers.add("Content-Type", "text/xml");
  response.headers.add("x-amzn-RequestId", context.request_id);
  try {
    if (!known) throw wire::unknown_operation();
    const auto parameters = wire::parse_form(form_of(request));
    const auto& operation = wire::query_operation(service, parameters);
    auto members = wire::query_request(operation, parameters);
    if (service.name == "sqs") name_queue_of_path(request, members);
    auto running = run(service.name, operation.name, context, std::move(members));
    const auto result = co_await std::move(running);
    response.body = wire::query_response(service, operation, result, context.request_id);
  } catch (const core::AwsError& error) {
    response.status = error.http_status();
    response.body = wire::query_error(service, error, context.request_id);
  }
  co_return response;
}

Dispatch::Response Dispatch::answer_rest(const HttpRequest& request, const wire::RestCall& call,
                                         const core::RequestContext& context) {
  try {
    const auto match = wire::match_rest_route(call.service, request);
    if (!match) throw core::AwsError("UnknownOperationException", "", 404);
    const auto& route = *match->route;
    auto running =
        run(route.service, route.operation, context, wire::decode_rest_json(*match, request));
    auto result = co_await std::move(running);
    co_return wire::encode_rest_json(route, std::move(result), context.request_id);
  } catch (const core::AwsError& error) {
    co_return wire::encode_rest_json_error(call.service, error, context.request_id);
  }
}

// Without an API's id the path's first segment is the stage of the one API that has it; else the
// path may be the page's.
Dispatch::Response Dispatch::answer_api(const HttpRequest& request, wire::ExecuteApiCall call,
                                        const core::RequestContext& context) {
  if (call.api_id.empty()) {
    const auto api_id = services_.apigateway.api_with_stage(context.scope, call.stage);
    if (!api_id) {
      if (auto page = control_.page(request)) co_return std::move(*page);
      co_return wire::is_preflight(request) ? wire::preflight_response(request)
                                            : forbidden(context.request_id);
    }
    call.api_id = *api_id;
  }
  const auto scope = services_.apigateway.scope_of_api(call.api_id);
  if (!scope) co_return forbidden(context.request_id);
  auto invoking = invoke_api(request, std::move(call), *scope, context);
  auto response = co_await std::move(invoking);
  co_return response;
}

Dispatch::Response Dispatch::invoke_api(const HttpRequest& request, wire::ExecuteApiCall call,
                                        core::Scope scope, const core::RequestContext& context) {
  auto http_call = api_call(request, call, context, runtime_.clock.now_ms());
  auto calling = services_.api_integration.call(std::move(scope), std::move(call.api_id),
                                                std::move(call.stage), std::move(http_call));
  auto reply = co_await std::move(calling);
  HttpResponse response{reply.status, {}, std::move(reply.body)};
  for (auto& [name, value] : reply.headers) response.headers.add(std::move(name), std::move(value));
  co_return response;
}

abi::Task<core::Json> Dispatch::run(std::string_view service, std::string_view operation,
                                    const core::RequestContext& context, core::Json request) {
  const auto* found = operations_.find(service, operation);
  if (!found) throw wire::unknown_operation();
  if (const auto* immediate = std::get_if<core::ImmediateOperation>(found)) {
    co_return runtime_.store.atomically([&] { return (*immediate)(context, request); });
  }
  auto waiting = std::get<core::WaitingOperation>(*found)(context, std::move(request));
  auto result = co_await std::move(waiting);
  co_return result;
}

}  // namespace votemu::app
