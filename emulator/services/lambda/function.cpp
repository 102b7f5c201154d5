#include "services/lambda/function.h"

#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/resource_policy.h"

namespace votemu::lambda {

Function make_function(core::Scope scope, std::string name, core::Json row) {
  Function function;
  function.scope = std::move(scope);
  function.name = std::move(name);
  function.row = std::move(row);

  const core::Json& configuration = function.configuration();
  const auto text = [&](std::string_view member) {
    return core::string_member(configuration, member).value_or("");
  };
  function.arn = text("FunctionArn");
  function.role = text("Role");
  function.handler_name = text("Handler");
  function.timeout_s =
      core::integer_member(configuration, "Timeout").value_or(limits::default_timeout_s);
  function.memory_mb =
      core::integer_member(configuration, "MemorySize").value_or(limits::min_memory_mb);
  function.reserved_concurrency =
      core::integer_member(function.row, "ReservedConcurrentExecutions");
  const core::Json events = function.row.value("EventInvokeConfig", core::Json::object());
  function.event_retries =
      core::integer_member(events, "MaximumRetryAttempts").value_or(limits::async_retries);
  function.max_event_age_s =
      core::integer_member(events, "MaximumEventAgeInSeconds").value_or(limits::max_event_age_s);
  function.grants = grants_of(function.row);
  function.log_group = "/aws/lambda/" + function.name;
  if (const auto* logging = core::find_member(configuration, "LoggingConfig")) {
    function.log_group = core::string_member(*logging, "LogGroup").value_or(function.log_group);
  }

  auto& environment = function.environment;
  if (const auto* given = core::find_member(configuration, "Environment")) {
    if (const auto* variables = core::find_member(*given, "Variables")) {
      for (const auto& [key, value] : variables->items()) {
        if (value.is_string()) environment[key] = value.get<std::string>();
      }
    }
  }
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
  environment["AWS_REGION"] = function.scope.region;
  environment["AWS_DEFAULT_REGION"] = function.scope.region;
  environment["AWS_LAMBDA_FUNCTION_NAME"] = function.name;
  environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
  environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = std::to_string(function.memory_mb);
  environment["AWS_LAMBDA_LOG_GROUP_NAME"] = function.log_group;
  environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
  environment["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + text("Runtime");
  environment["_HANDLER"] = function.handler_name;
  environment["LAMBDA_TASK_ROOT"] = "/var/task";
  environment.try_emplace("TZ", ":UTC");
  return function;
}

}  // namespace votemu::lambda
