// UpdateFunctionConfiguration, UpdateFunctionCode.
#include "core/members.h"
#include "services/lambda/changed_row.h"
#include "services/lambda/code.h"
#include "services/lambda/configuration.h"
#include "services/lambda/operations.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {

using core::Json;
using core::RequestContext;

void check_revision(const Json& request, const Function& function) {
  const auto revision = core::string_member(request, "RevisionId");
  if (!revision || function.configuration().value("RevisionId", Json("")) == *revision) return;
  throw core::AwsError("PreconditionFailedException",
                       "The Revision Id provided does not match the latest Revision Id. Call the "
                       "GetFunction/GetAlias API to retrieve the latest Revision Id",
                       412);
}

namespace {

Json update_answer(Json configuration) {
  configuration["LastUpdateStatus"] = "InProgress";
  configuration["LastUpdateStatusReason"] = "The function is being created.";
  configuration["LastUpdateStatusReasonCode"] = "Creating";
  return configuration;
}

Json update_function_configuration(State& state, const RequestContext& context,
                                   const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  check_revision(request, *function);
  Json row = function->row;
  apply_configuration(request, row["Configuration"]);

  stamp(state, row["Configuration"]);
  return update_answer(
      state.functions.put(function->scope, function->name, std::move(row))->configuration());
}

Json update_function_code(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  check_revision(request, *function);
  const bool dry_run = core::boolean_member(request, "DryRun").value_or(false);
  Json row = function->row;
  apply_architectures(request, row["Configuration"]);
  const Code code = given_code(state, context, request);
  describe_code(code, row["Configuration"]);
  if (dry_run) return update_answer(row["Configuration"]);

  keep_code(state, function->scope, function->name, code, row);
  stamp(state, row["Configuration"]);
  return update_answer(
      state.functions.put(function->scope, function->name, std::move(row))->configuration());
}

}  // namespace

void add_update_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "UpdateFunctionConfiguration", update_function_configuration);
  add_operation(table, state, "UpdateFunctionCode", update_function_code);
}

}  // namespace votemu::lambda
