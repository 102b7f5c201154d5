// PutFunctionConcurrency, GetFunctionConcurrency, DeleteFunctionConcurrency.
#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;
using core::RequestContext;

std::int64_t reserved_by_others(State& state, const Function& function) {
  std::int64_t reserved = 0;
  for (const auto& [name, other] : state.functions.in_scope(function.scope)) {
    if (name != function.name) reserved += other->reserved_concurrency.value_or(0);
  }
  return reserved;
}

Json put_function_concurrency(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const auto reserved = ranged_member(request, "ReservedConcurrentExecutions", 0, INT32_MAX);
  if (!reserved) throw missing_member("ReservedConcurrentExecutions");
  if (limits::account_concurrency - reserved_by_others(state, *function) - *reserved <
      limits::least_unreserved_concurrency) {
    throw invalid_parameter(
        "Specified ReservedConcurrentExecutions for function decreases account's "
        "UnreservedConcurrentExecution below its minimum value of [100].");
  }
  Json row = function->row;
  row["ReservedConcurrentExecutions"] = *reserved;
  state.functions.put(function->scope, function->name, std::move(row));
  return {{"ReservedConcurrentExecutions", *reserved}};
}

Json get_function_concurrency(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  Json response = Json::object();
  if (function->reserved_concurrency) {
    response["ReservedConcurrentExecutions"] = *function->reserved_concurrency;
  }
  return response;
}

Json delete_function_concurrency(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  Json row = function->row;
  row.erase("ReservedConcurrentExecutions");
  state.functions.put(function->scope, function->name, std::move(row));
  return Json::object();
}

}  // namespace

void add_concurrency_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "PutFunctionConcurrency", put_function_concurrency);
  add_operation(table, state, "GetFunctionConcurrency", get_function_concurrency);
  add_operation(table, state, "DeleteFunctionConcurrency", delete_function_concurrency);
}

}  // namespace votemu::lambda
