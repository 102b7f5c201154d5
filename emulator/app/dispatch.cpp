#include "app/dispatch.h"

#include <optional>
#include <utility>
#include <variant>

#include "app/api_call.h"
#include "app/caller.h"
#include "app/function_code.h"
#include "app/mqtt_endpoint.h"
#include "wire/aws_json.h"
#include "wire/cors.h"
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

}  // namespace

net::UpgradeAnswer Dispatch::answer_upgrade(const HttpRequest& request) {
  if (auto refusal = origin_policy_.refuse_host(request)) return std::move(*refusal);
  auto subprotocol = mqtt_subprotocol(request);
  if (!subprotocol) return HttpResponse{404, {{"Content-Type", "text/plain"}}, "No WebSocket here"};
  if (auto refusal = origin_policy_.refuse_page(request, true)) return std::move(*refusal);
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

net::Answer Dispatch::handle(const HttpRequest& request) {
  try {
    if (auto refusal = origin_policy_.refuse_host(request)) return std::move(*refusal);
    return answer(request);
  } catch (const std::exception& error) {
    return fail(request, error);
  }
}

HttpResponse Dispatch::fail(const HttpRequest& request, const std::exception& error) {
  runtime_.log.error(request.method + " " + std::string(request.path()) + ": " + error.what());
  return wire::encode_rest_json_error("", internal_failure(), runtime_.random.uuid());
}

HttpResponse Dispatch::refuse_large(const HttpRequest& request) {
  if (auto refusal = origin_policy_.refuse_host(request)) return std::move(*refusal);
  const auto credential = wire::credential_of(request);
  const auto kind = wire::classify(request, credential.service);
  if (!std::holds_alternative<wire::S3Call>(kind)) return Application::refuse_large(request);
  if (auto refusal = origin_policy_.refuse_page(request, false)) return std::move(*refusal);
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
  context.scope =
      scope_of_caller(credential, session_of(request, credential, services_.session_credentials));
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

net::Answer Dispatch::answer(const HttpRequest& request) {
  const auto credential = wire::credential_of(request);
  auto kind = wire::classify(request, credential.service);
  const auto* json = std::get_if<wire::JsonCall>(&kind);
  const bool s3 = std::holds_alternative<wire::S3Call>(kind);
  auto context = context_of(request, credential, json ? json->service : s3 ? "s3" : "");
  if (auto* api = std::get_if<wire::ExecuteApiCall>(&kind)) {
    return answer_api(request, std::move(*api), std::move(context));
  }
  if (std::holds_alternative<wire::ControlCall>(kind)) {
    if (auto page = control_.page(request)) return std::move(*page);
  }
  const bool acts_by_url = std::holds_alternative<wire::QueryCall>(kind);
  if (auto refusal = origin_policy_.refuse_page(request, acts_by_url)) return std::move(*refusal);
  if (wire::is_preflight(request)) return wire::preflight_response(request);
  if (json != nullptr) {
    const auto* found = operations_.find(json->service, json->operation);
    const auto* text = found ? std::get_if<core::TextOperation>(found) : nullptr;
    if (text != nullptr) return answer_text(request, *json, *text, context);
  }
  if (auto call = aws_call(request, kind)) {
    return answer_aws(request, std::move(call), std::move(context));
  }
  auto code = function_code(services_.lambda, request);
  HttpResponse response = code ? std::move(*code) : control_.answer(request);
  wire::allow_cross_origin(request, response);
  return response;
}

net::Answer Dispatch::answer_aws(const HttpRequest& request, std::unique_ptr<AwsCall> call,
                                 core::RequestContext&& context) {
  HttpResponse response;
  try {
    auto [protocol, service, operation, members] = call->read();
    const bool streams = protocol == wire::Protocol::s3 && operation == "GetObject";
    const auto* found = operations_.find(service, operation);
    if (!found && !streams) throw wire::unknown_operation();
    admission_.admit(request, protocol, service, operation, members);
    if (streams) {
      response = get_object(*call, context, members);
    } else if (const auto* waiting = std::get_if<core::WaitingOperation>(found)) {
      return wait(request, std::move(call), std::move(context), *waiting, std::move(members));
    } else if (const auto* waiting_text = std::get_if<core::WaitingTextOperation>(found)) {
      return wait(request, std::move(call), std::move(context), waiting_text->run,
                  std::move(members));
    } else if (const auto* text = std::get_if<core::TextOperation>(found)) {
      auto result = runtime_.store.atomically(
          [&, &asked = members] { return text->run(context, core::dump_json(asked)); });
      response = call->answer_text(std::move(result), context.request_id);
    } else {
      const auto& run = std::get<core::ImmediateOperation>(*found);
      auto result = runtime_.store.atomically(
          [&run, &context, &asked = members] { return run(context, asked); });
      response = call->answer(std::move(result), context.request_id);
    }
  } catch (const core::AwsError& error) {
    response = call->refuse(error, context.request_id);
  }
  wire::allow_cross_origin(request, response);
  return response;
}

net::Answer Dispatch::answer_text(const HttpRequest& request, const wire::JsonCall& call,
                                  const core::TextOperation& operation,
                                  const core::RequestContext& context) {
  HttpResponse response;
  try {
    if (admission_.asks()) {
      admission_.admit(request, wire::Protocol::json, call.service, call.operation,
                       wire::decode_aws_json(request.body));
    }
    auto answer = runtime_.store.atomically([&] { return operation.run(context, request.body); });
    response = wire::encode_aws_json_text(call.service, std::move(answer), context.request_id);
  } catch (const core::AwsError& error) {
    response = wire::encode_aws_json_error(call.service, error, context.request_id);
  }
  wire::allow_cross_origin(request, response);
  return response;
}

template <class Operation>
Dispatch::Waiting Dispatch::wait(const HttpRequest& request, std::unique_ptr<AwsCall> call,
                                 core::RequestContext context, const Operation& operation,
                                 core::Json members) {
  HttpResponse response;
  try {
    auto waiting = operation(context, std::move(members));
    auto result = co_await std::move(waiting);
    if constexpr (std::is_same_v<decltype(result), std::string>) {
      response = call->answer_text(std::move(result), context.request_id);
    } else {
      response = call->answer(std::move(result), context.request_id);
    }
  } catch (const core::AwsError& error) {
    response = call->refuse(error, context.request_id);
  } catch (const std::exception& error) {
    co_return fail(request, error);
  }
  wire::allow_cross_origin(request, response);
  co_return response;
}

// An object is sent piece by piece, every other answer is whole.
HttpResponse Dispatch::get_object(const AwsCall& call, const core::RequestContext& context,
                                  const core::Json& members) {
  auto opened = services_.s3.open(context, members);
  auto response = call.answer(std::move(opened.answer), context.request_id);
  response.rest = std::move(opened.body);
  return response;
}

// Without an API's id the path's first segment is the stage of the one API that has it; else the
// path may be the page's or, of a client that did not sign, a bucket's.
net::Answer Dispatch::answer_api(const HttpRequest& request, wire::ExecuteApiCall call,
                                 core::RequestContext&& context) {
  if (call.api_id.empty()) {
    const auto api_id = services_.apigateway.api_with_stage(context.scope, call.stage);
    if (!api_id) {
      if (auto page = control_.page(request)) return std::move(*page);
      if (auto refusal = origin_policy_.refuse_page(request, false)) return std::move(*refusal);
      if (services_.s3.has_bucket(context.scope, call.stage)) {
        auto object = aws_call(request, wire::s3_call_by_path(request.path()));
        return answer_aws(request, std::move(object), std::move(context));
      }
      return wire::is_preflight(request) ? wire::preflight_response(request)
                                         : forbidden(context.request_id);
    }
    call.api_id = *api_id;
  }
  const auto scope = services_.apigateway.scope_of_api(call.api_id);
  if (!scope) return forbidden(context.request_id);
  auto http_call = api_call(request, call.path, context);
  http_call.now_ms = runtime_.clock.now_ms();
  if (!context.access_key.empty()) {
    http_call.signer = std::make_shared<const apigateway::Signer>(
        signer_of(context, admission_.caller_of(request)));
  }
  http_call.refusal = [this, &request](const core::Access& access) {
    return admission_.refuse_call(request, access);
  };
  return invoke_api(request, services_.api_integration.call(*scope, call.api_id, call.stage,
                                                            std::move(http_call)));
}

// Apart from what calls the API, so that little is kept while it waits.
Dispatch::Waiting Dispatch::invoke_api(const HttpRequest& request,
                                       abi::Task<apigateway::HttpReply> calling) {
  try {
    auto reply = co_await std::move(calling);
    HttpResponse response{reply.status, {}, std::move(reply.body)};
    for (const auto& [name, value] : reply.headers) response.headers.add(name, value);
    co_return response;
  } catch (const std::exception& error) {
    co_return fail(request, error);
  }
}

}  // namespace votemu::app
