#include "services/lambda/functions.h"

#include "core/keys.h"
#include "core/members.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

core::Key row_key(const core::Scope& scope, std::string_view name) {
  return std::move(core::Key(core::Table::lambda_function, scope).text(name));
}

}  // namespace

Functions::Functions(core::Runtime& runtime, std::vector<abi::NamedHandler> handlers,
                     ClientsFactory make_clients)
    : store_(runtime.store), make_clients_(std::move(make_clients)) {
  for (const auto& handler : handlers) handlers_.emplace(handler.name, handler.handler);
  const core::Key table(core::Table::lambda_function);
  for (auto row = store_.scan(table); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    core::Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    load(scope, key.text(), core::parse_own_json(row.value()));
  }
}

const Functions::InScope& Functions::in_scope(const core::Scope& scope) const {
  const auto found = functions_.find(scope);
  return found == functions_.end() ? none_ : found->second;
}

FunctionPtr Functions::find(const core::Scope& scope, std::string_view name) const {
  const InScope& functions = in_scope(scope);
  const auto found = functions.find(name);
  return found == functions.end() ? nullptr : found->second;
}

FunctionPtr Functions::find_by_arn(const core::Scope& scope, std::string_view arn) const {
  const auto found = by_arn_.find(arn);
  if (found == by_arn_.end() || found->second->scope.region != scope.region) return nullptr;
  return found->second;
}

FunctionPtr Functions::existing(const FunctionName& name) const {
  FunctionPtr function = find(name.scope, name.name);
  if (!function || !(name.qualifier.empty() || name.qualifier == "$LATEST")) {
    throw not_found("Function not found: " + name.qualified_arn());
  }
  return function;
}

FunctionPtr Functions::existing(const core::Scope& scope, const core::Json& request) const {
  FunctionName name = parse_function_name(scope, required_string(request, "FunctionName"));
  const auto qualifier = core::string_member(request, "Qualifier");
  if (qualifier && !qualifier->empty()) {
    if (!name.qualifier.empty() && name.qualifier != *qualifier) {
      throw invalid_parameter(
          "The derived qualifier from the function name does not match the "
          "specified qualifier.");
    }
    name.qualifier = *qualifier;
  }
  return existing(name);
}

FunctionPtr Functions::put(const core::Scope& scope, std::string_view name, core::Json row) {
  store_.put(row_key(scope, name), core::dump_json(row));
  return load(scope, name, std::move(row));
}

FunctionPtr Functions::load(const core::Scope& scope, std::string_view name, core::Json row) {
  auto function =
      std::make_shared<Function>(make_function(scope, std::string(name), std::move(row)));
  const auto handler = handlers_.find(function->handler_name);
  if (handler != handlers_.end()) function->handler = handler->second;
  function->clients = make_clients_(scope, function->name, function->role);
  FunctionPtr& slot = functions_[scope][function->name];
  if (!slot) ++count_;
  function->activity = slot ? slot->activity : std::make_shared<Activity>();
  slot = std::move(function);
  by_arn_[slot->arn] = slot;
  return slot;
}

void Functions::erase(const core::Scope& scope, std::string_view name) {
  store_.erase(row_key(scope, name));
  auto& functions = functions_[scope];
  const auto found = functions.find(name);
  if (found == functions.end()) return;
  by_arn_.erase(found->second->arn);
  functions.erase(found);
  --count_;
}

}  // namespace votemu::lambda
