#include "app/dispatch.h"

#include <optional>
#include <utility>
#include <variant>

#include "app/api_call.h"
#include "app/caller.h"
#include "app/function_code.h"
#include "app/mqtt_endpoint.h"
#include "wire/aws_json.h"
#include "wire/aws_query.h"
#include "wire/cors.h"
#include "wire/query_services.h"
#include "wire/rest_json.h"
#include "wire/rest_xml.h"
#include "wire/s3_address.h"

namespace votemu::app {
namespace {

using wire::HttpRequest;
using wire::HttpResponse;

// DynamoDB's request ids are of another form than the other services'.
std::string request_id_for(core::Random& random, std::string_view service) {
  if (service == "s3") return random.upper_alphanumeric(16);
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

net::UpgradeAnswer Dispatch::answer_upgrade(const HttpRequest& request) {
  auto subprotocol = mqtt_subprotocol(request);
  if (!subprotocol) return HttpResponse{404, {{"Content-Type", "text/plain"}}, "No WebSocket here"};
  if (admission_.refuse_mqtt(request)) {
    const core::AwsError error("ForbiddenException", "Forbidden", 403);
    return wire::encode_rest_json_error("iotdata", error, runtime_.random.uuid());
  }
  return std::move(*subprotocol);
}

std::unique_ptr<net::WebSocketPeer> Dispatch::open_websocket(const HttpRequest& request,
                                                             net::WebSocket& socket) {
  auto caller = admission_.caller_of(request);
  iot::ClientInfo client{caller.scope, request.source_ip};
  if (caller.session) client.principal = caller.session->assumed_role_id;
  client.authorizer = services_.authorization.authorizer_for(std::move(caller));
  return open_mqtt(services_.iot, std::move(client), socket);
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

HttpResponse Dispatch::refuse_large(const HttpRequest& request) {
  const auto credential = wire::credential_of(request);
  const auto kind = wire::classify(request, credential.service);
  if (!std::holds_alternative<wire::S3Call>(kind)) return Application::refuse_large(request);
  const core::AwsError error("EntityTooLarge",
                             "Your proposed upload exceeds the maximum allowed size", 400);
  auto response = wire::encode_s3_error(request, error, request_id_for(runtime_.random, "s3"));
  wire::allow_cross_origin(request, response);
  return response;
}

core::RequestContext Dispatch::context_of(const HttpRequest& request,
                                          const wire::Credential& credential,
                                          std::string_view service) {
  core::RequestContext context;
  context.scope = scope_of_caller(request, credential, services_.session_credentials);
  context.request_id = request_id_for(runtime_.random, service);
  context.access_key = credential.access_key;
  context.session_token = wire::session_token_of(request);
  context.secure = request.secure;
  context.source_ip = request.source_ip;
  context.user_agent = request.headers.get("User-Agent");
  const auto host = request.headers.get("Host");
  if (!host.empty()) context.host = host;
  return context;
}

Dispatch::Response Dispatch::answer(const HttpRequest& request) {
  const auto credential = wire::credential_of(request);
  auto kind = wire::classify(request, credential.service);
  const auto* json = std::get_if<wire::JsonCall>(&kind);
  const auto* s3 = std::get_if<wire::S3Call>(&kind);
  const auto context = context_of(request, credential, json ? json->service : s3 ? "s3" : "");
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
  } else if (s3) {
    auto answering = answer_s3(request, *s3, context);
    response = co_await std::move(answering);
  } else if (auto code = function_code(services_.lambda, request)) {
    response = std::move(*code);
  } else {
    response = control_.answer(request);
  }
  wire::allow_cross_origin(request, response);
  co_return response;
}

Dispatch::Response Dispatch::answer_json(const HttpRequest& request, const wire::JsonCall& call,
                                         const core::RequestContext& context) {
  try {
    const Call asked{request, wire::Protocol::json, call.service, call.operation};
    auto running = run(asked, context, wire::decode_aws_json(request.body));
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
    const Call asked{request, wire::Protocol::query, service.name, operation.name};
    auto running = run(asked, context, std::move(members));
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
    const Call asked{request, wire::Protocol::rest_json, route.service, route.operation};
    auto running = run(asked, context, wire::decode_rest_json(*match, request));
    auto result = co_await std::move(running);
    co_return wire::encode_rest_json(route, std::move(result), context.request_id);
  } catch (const core::AwsError& error) {
    co_return wire::encode_rest_json_error(call.service, error, context.request_id);
  }
}

// An object is sent piece by piece, every other answer is whole.
Dispatch::Response Dispatch::answer_s3(const HttpRequest& request, const wire::S3Call& call,
                                       const core::RequestContext& context) {
  try {
    auto decoded = wire::decode_s3(request, call);
    const auto& route = *decoded.route;
    const Call asked{request, wire::Protocol::s3, "s3", route.operation};
    if (route.operation == "GetObject") {
      admission_.admit(request, asked.protocol, asked.service, asked.operation, decoded.members);
      auto opened = services_.s3.open(context, decoded.members);
      auto response = wire::encode_s3(route, opened.answer, context.request_id);
      response.rest = std::move(opened.body);
      co_return response;
    }
    auto running = run(asked, context, std::move(decoded.members));
    const auto result = co_await std::move(running);
    co_return wire::encode_s3(route, result, context.request_id);
  } catch (const core::AwsError& error) {
    co_return wire::encode_s3_error(request, error, context.request_id);
  }
}

// Without an API's id the path's first segment is the stage of the one API that has it; else the
// path may be the page's or, of a client that did not sign, a bucket's.
Dispatch::Response Dispatch::answer_api(const HttpRequest& request, wire::ExecuteApiCall call,
                                        const core::RequestContext& context) {
  if (call.api_id.empty()) {
    const auto api_id = services_.apigateway.api_with_stage(context.scope, call.stage);
    if (!api_id) {
      if (auto page = control_.page(request)) co_return std::move(*page);
      if (services_.s3.has_bucket(context.scope, call.stage)) {
        const auto object = wire::s3_call_by_path(request.path());
        auto answering = answer_s3(request, object, context);
        auto response = co_await std::move(answering);
        co_return response;
      }
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
  auto http_call = api_call(request, call.path, context);
  http_call.now_ms = runtime_.clock.now_ms();
  if (!context.access_key.empty()) {
    http_call.signer = signer_of(context, admission_.caller_of(request));
  }
  http_call.refusal = [this, &request](const core::Access& access) {
    return admission_.refuse_call(request, access);
  };
  auto calling = services_.api_integration.call(std::move(scope), std::move(call.api_id),
                                                std::move(call.stage), std::move(http_call));
  auto reply = co_await std::move(calling);
  HttpResponse response{reply.status, {}, std::move(reply.body)};
  for (auto& [name, value] : reply.headers) response.headers.add(std::move(name), std::move(value));
  co_return response;
}

abi::Task<core::Json> Dispatch::run(const Call& call, const core::RequestContext& context,
                                    core::Json members) {
  const auto* found = operations_.find(call.service, call.operation);
  if (!found) throw wire::unknown_operation();
  admission_.admit(call.request, call.protocol, call.service, call.operation, members);
  if (const auto* immediate = std::get_if<core::ImmediateOperation>(found)) {
    co_return runtime_.store.atomically([&] { return (*immediate)(context, members); });
  }
  auto waiting = std::get<core::WaitingOperation>(*found)(context, std::move(members));
  auto result = co_await std::move(waiting);
  co_return result;
}

}  // namespace votemu::app
