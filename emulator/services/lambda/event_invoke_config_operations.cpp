// PutFunctionEventInvokeConfig, UpdateFunctionEventInvokeConfig, GetFunctionEventInvokeConfig,
// DeleteFunctionEventInvokeConfig, ListFunctionEventInvokeConfigs: how Event invocations are tried
// again. Destinations are kept and answered; nothing is sent to them.
#include "core/calendar.h"
#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;
using core::RequestContext;

constexpr const char* row_member = "EventInvokeConfig";

Json described(const Function& function, const Json& config) {
  Json description = config;
  description["FunctionArn"] = function.arn + ":$LATEST";
  return description;
}

Json new_config(const State& state) {
  return {{"LastModified", core::epoch_seconds(state.runtime.clock.now_ms())},
          {"DestinationConfig", {{"OnSuccess", Json::object()}, {"OnFailure", Json::object()}}}};
}

void apply(const Json& request, Json& config) {
  if (const auto retries =
          ranged_member(request, "MaximumRetryAttempts", 0, limits::async_retries)) {
    config["MaximumRetryAttempts"] = *retries;
  }
  if (const auto age = ranged_member(request, "MaximumEventAgeInSeconds", limits::min_event_age_s,
                                     limits::max_event_age_s)) {
    config["MaximumEventAgeInSeconds"] = *age;
  }
  if (const Json* destinations = core::object_member(request, "DestinationConfig")) {
    config["DestinationConfig"].update(*destinations);
  }
}

core::AwsError no_config(const Function& function) {
  return not_found("The function " + function.arn + ":$LATEST doesn't have an EventInvokeConfig");
}

Json keep(State& state, const Function& function, const Json& request, Json config) {
  apply(request, config);
  Json row = function.row;
  row[row_member] = config;
  const FunctionPtr kept = state.functions.put(function.scope, function.name, std::move(row));
  return described(*kept, config);
}

Json put_config(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  return keep(state, *function, request, new_config(state));
}

Json update_config(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const Json* config = core::find_member(function->row, row_member);
  if (!config) throw no_config(*function);
  Json updated = *config;
  updated["LastModified"] = new_config(state)["LastModified"];
  return keep(state, *function, request, std::move(updated));
}

Json get_config(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const Json* config = core::find_member(function->row, row_member);
  if (!config) throw no_config(*function);
  return described(*function, *config);
}

Json list_configs(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  Json configs = Json::array();
  if (const Json* config = core::find_member(function->row, row_member)) {
    configs.push_back(described(*function, *config));
  }
  return {{"FunctionEventInvokeConfigs", std::move(configs)}};
}

Json delete_config(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  if (!function->row.contains(row_member)) throw no_config(*function);
  Json row = function->row;
  row.erase(row_member);
  state.functions.put(function->scope, function->name, std::move(row));
  return Json::object();
}

}  // namespace

void add_event_invoke_config_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "PutFunctionEventInvokeConfig", put_config);
  add_operation(table, state, "UpdateFunctionEventInvokeConfig", update_config);
  add_operation(table, state, "GetFunctionEventInvokeConfig", get_config);
  add_operation(table, state, "ListFunctionEventInvokeConfigs", list_configs);
  add_operation(table, state, "DeleteFunctionEventInvokeConfig", delete_config);
}

}  // namespace votemu::lambda
