#include "services/lambda/service.h"

#include "core/aws_error.h"
#include "services/lambda/invoke.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"
#include "services/lambda/resource_policy.h"
#include "services/lambda/state.h"

namespace votemu::lambda {

Service::Service(core::Runtime& runtime, std::vector<abi::NamedHandler> handlers,
                 ClientsFactory clients, LogSink log)
    : state_(std::make_unique<State>(runtime, std::move(handlers), std::move(clients),
                                     std::move(log))) {}

Service::~Service() = default;

core::OperationTable Service::operations() {
  core::OperationTable table;
  add_function_operations(table, *state_);
  add_update_operations(table, *state_);
  add_permission_operations(table, *state_);
  add_concurrency_operations(table, *state_);
  add_tag_operations(table, *state_);
  add_mapping_operations(table, *state_);
  add_invoke_operation(table, *state_);
  add_event_invoke_config_operations(table, *state_);
  add_version_operations(table, *state_);
  add_account_operations(table, *state_);
  return table;
}

abi::Task<InvokeResult> Service::invoke(core::Scope scope, std::string function_name,
                                        std::string payload) {
  return invoke_function(*state_, std::move(scope), std::move(function_name), std::move(payload),
                         state_->runtime.random.uuid());
}

std::vector<EventSourceMapping> Service::event_source_mappings() const {
  return state_->mappings.all();
}

void Service::on_mappings_changed(std::function<void()> listener) {
  state_->mappings.on_changed(std::move(listener));
}

void Service::set_last_processing_result(const std::string& uuid, std::string_view text) {
  state_->mappings.set_last_result(uuid, text);
}

void Service::check_event_sources_with(EventSourceCheck check) {
  state_->check_event_source = std::move(check);
}

void Service::fetch_objects_with(ObjectFetch fetch) {
  state_->fetch_object = std::move(fetch);
}

std::string Service::code(const core::Scope& scope, std::string_view function_name) const {
  return state_->code.get(scope, function_name);
}

std::string Service::policy(const core::Scope& scope, std::string_view function_name) const {
  const FunctionPtr function = state_->functions.find(scope, function_name);
  if (!function) return "";
  const core::Json statements = policy_statements(*function);
  return statements.empty() ? "" : policy_text(statements);
}

bool Service::may_invoke(const core::Scope& scope, std::string_view function_name,
                         std::string_view service, std::string_view source_arn) const {
  try {
    FunctionPtr function = state_->functions.find_by_arn(scope, function_name);
    if (!function) {
      const FunctionName name = parse_function_name(scope, function_name);
      function = state_->functions.find(name.scope, name.name);
    }
    return function && allows(*function, service, scope.account, source_arn);
  } catch (const core::AwsError&) {
    return false;  // a name that no function can have
  }
}

}  // namespace votemu::lambda
