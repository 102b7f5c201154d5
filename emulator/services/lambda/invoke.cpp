// Invoke: RequestResponse, Event and DryRun.
#include "services/lambda/invoke.h"

#include "core/members.h"
#include "core/wakeup.h"
#include "handlers/abi/base64.h"
#include "services/lambda/invocation.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {

using core::Json;
using core::RequestContext;

abi::Task<InvokeResult> invoke_function(State& state, core::Scope scope, std::string name,
                                        std::string payload, std::string request_id) {
  check_payload_size(payload, "RequestResponse", limits::max_payload_bytes);
  FunctionPtr function = state.functions.find_by_arn(scope, name);
  if (!function) function = state.functions.existing(parse_function_name(scope, name));
  const std::int64_t timeout_ms = function->timeout_s * 1000;
  Invocation invocation(state, std::move(function), std::move(payload), std::move(request_id));
  invocation.start();
  if (!invocation.done()) {
    core::Wakeup wakeup(state.runtime.turn);
    const core::Timer alarm = state.runtime.timers.after(timeout_ms, [&wakeup] { wakeup.wake(); });
    invocation.wake_when_done(&wakeup);
    co_await wakeup;
    invocation.wake_when_done(nullptr);
  }
  co_return invocation.finish();
}

void check_payload_size(const std::string& payload, const std::string& type, std::size_t most) {
  if (payload.size() <= most) return;
  throw core::AwsError("RequestEntityTooLargeException",
                       std::to_string(payload.size()) + " byte payload is too large for the " +
                           type + " invocation type (limit " + std::to_string(most) + " bytes)",
                       413);
}

namespace {

std::string choice_member(const Json& request, std::string_view member, std::string_view absent,
                          std::initializer_list<std::string_view> choices,
                          std::string_view choices_text) {
  std::string value = core::string_member(request, member).value_or(std::string(absent));
  for (const auto choice : choices) {
    if (value == choice) return value;
  }
  throw constraint_error(value, member,
                         "Member must satisfy enum value set: " + std::string(choices_text));
}

// nlohmann's reader takes a NUL for the text's end.
bool is_json(std::string_view text) {
  return text.find('\0') == text.npos && Json::accept(text);
}

std::string payload_member(const Json& request, const std::string& type) {
  std::string payload = core::string_member(request, "Payload").value_or("");
  check_payload_size(payload, type,
                     type == "Event" ? limits::max_async_payload_bytes : limits::max_payload_bytes);
  if (payload.empty()) return "{}";
  if (!is_json(payload)) {
    throw core::AwsError("InvalidRequestContentException",
                         "Could not parse request body into json: Could not parse payload into "
                         "json: the payload is not a JSON value");
  }
  return payload;
}

abi::Task<Json> invoke(State& state, const RequestContext& context, Json request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const std::string type =
      choice_member(request, "InvocationType", "RequestResponse",
                    {"RequestResponse", "Event", "DryRun"}, "[Event, RequestResponse, DryRun]");
  const std::string log_type =
      choice_member(request, "LogType", "None", {"None", "Tail"}, "[None, Tail]");
  std::string payload = payload_member(request, type);

  Json response = Json::object();
  if (type == "DryRun") {
    response["StatusCode"] = 204;
    co_return response;
  }
  if (type == "Event") {
    state.async.add(function->scope, function->name, payload);
    response["StatusCode"] = 202;
    response["Payload"] = "";
    co_return response;
  }
  auto task = invoke_function(state, function->scope, function->name, std::move(payload),
                              state.runtime.random.uuid());
  InvokeResult result = co_await std::move(task);
  response["StatusCode"] = 200;
  response["ExecutedVersion"] = "$LATEST";
  response["Payload"] = std::move(result.payload);
  if (!result.function_error.empty()) response["FunctionError"] = result.function_error;
  if (log_type == "Tail") response["LogResult"] = abi::base64_encode(result.log_tail);
  co_return response;
}

}  // namespace

void add_invoke_operation(core::OperationTable& table, State& state) {
  table["Invoke"] = core::WaitingOperation([&state](const RequestContext& context, Json request) {
    return invoke(state, context, std::move(request));
  });
}

}  // namespace votemu::lambda
