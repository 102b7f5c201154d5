// GetAccountSettings.
#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"

namespace votemu::lambda {
namespace {

using core::Json;
using core::RequestContext;

Json get_account_settings(State& state, const RequestContext& context, const Json&) {
  std::int64_t unreserved = limits::account_concurrency;
  std::int64_t code_size = 0;
  const auto& functions = state.functions.in_scope(context.scope);
  for (const auto& [name, function] : functions) {
    unreserved -= function->reserved_concurrency.value_or(0);
    code_size += core::integer_member(function->configuration(), "CodeSize").value_or(0);
  }
  return {{"AccountLimit",
           {{"TotalCodeSize", limits::max_total_code_bytes},
            {"CodeSizeUnzipped", limits::max_fetched_code_bytes},
            {"CodeSizeZipped", limits::max_code_bytes},
            {"ConcurrentExecutions", limits::account_concurrency},
            {"UnreservedConcurrentExecutions", unreserved}}},
          {"AccountUsage", {{"TotalCodeSize", code_size}, {"FunctionCount", functions.size()}}}};
}

}  // namespace

void add_account_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "GetAccountSettings", get_account_settings);
}

}  // namespace votemu::lambda
