#include "cloudformation/change_set.h"

#include "core/keys.h"

namespace votemu::cloudformation {
namespace {

core::Key prefix_of(const core::Scope& scope) {
  return core::Key(core::Table::cloudformation_change_set, scope);
}

std::string key_of(const core::Scope& scope, const ChangeSet& change_set) {
  return prefix_of(scope).text(change_set.stack_id).text(change_set.name).bytes();
}

Json to_json(const ChangeSet& set) {
  return Json{{"Name", set.name},
              {"Id", set.id},
              {"StackName", set.stack_name},
              {"StackId", set.stack_id},
              {"Creates", set.creates},
              {"Description", set.description},
              {"OnStackFailure", set.on_stack_failure},
              {"ClientToken", set.client_token},
              {"Status", set.status},
              {"StatusReason", set.status_reason},
              {"ExecutionStatus", set.execution_status},
              {"Created", set.created_ms},
              {"Template", set.source.template_text},
              {"Parameters", set.source.parameters},
              {"ParameterValues", set.parameter_values},
              {"Secrets", set.secret_parameters},
              {"Tags", set.settings.tags},
              {"Capabilities", set.settings.capabilities},
              {"NotificationArns", set.settings.notification_arns},
              {"RoleArn", set.settings.role_arn},
              {"Changes", set.changes}};
}

ChangeSet from_json(const Json& row) {
  ChangeSet set;
  row.at("Name").get_to(set.name);
  row.at("Id").get_to(set.id);
  row.at("StackName").get_to(set.stack_name);
  row.at("StackId").get_to(set.stack_id);
  row.at("Creates").get_to(set.creates);
  row.at("Description").get_to(set.description);
  row.at("OnStackFailure").get_to(set.on_stack_failure);
  row.at("ClientToken").get_to(set.client_token);
  row.at("Status").get_to(set.status);
  row.at("StatusReason").get_to(set.status_reason);
  row.at("ExecutionStatus").get_to(set.execution_status);
  row.at("Created").get_to(set.created_ms);
  row.at("Template").get_to(set.source.template_text);
  row.at("Parameters").get_to(set.source.parameters);
  row.at("ParameterValues").get_to(set.parameter_values);
  row.at("Secrets").get_to(set.secret_parameters);
  row.at("Tags").get_to(set.settings.tags);
  row.at("Capabilities").get_to(set.settings.capabilities);
  row.at("NotificationArns").get_to(set.settings.notification_arns);
  row.at("RoleArn").get_to(set.settings.role_arn);
  set.changes = row.at("Changes");
  return set;
}

ChangeSet parse(std::string_view row) {
  try {
    return from_json(core::parse_own_json(row));
  } catch (const Json::exception&) {
    throw core::StoreError("store: the row of a change set is corrupt");
  }
}

}  // namespace

std::optional<ChangeSet> load_change_set(const core::Store& store, const core::Scope& scope,
                                         std::string_view stack_id, std::string_view name_or_id) {
  if (name_or_id.starts_with("arn:")) {
    auto found = find_change_set(store, scope, name_or_id);
    return found && found->stack_id == stack_id ? found : std::nullopt;
  }
  const auto row = store.get(prefix_of(scope).text(stack_id).text(name_or_id));
  if (!row) return std::nullopt;
  return parse(*row);
}

// "arn:aws:cloudformation:REGION:ACCOUNT:changeSet/NAME/UUID"
std::optional<ChangeSet> find_change_set(const core::Store& store, const core::Scope& scope,
                                         std::string_view id) {
  const auto begin = id.find('/');
  const auto end = id.rfind('/');
  if (begin == std::string_view::npos || end == begin) return std::nullopt;
  const auto name = id.substr(begin + 1, end - begin - 1);
  for (auto row = store.scan(prefix_of(scope)); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    key.text();
    key.text();
    key.text();
    if (key.text() != name) continue;
    auto found = parse(row.value());
    if (found.id == id) return found;
  }
  return std::nullopt;
}

void save_change_set(core::Store& store, const core::Scope& scope, const ChangeSet& change_set) {
  store.put(key_of(scope, change_set), core::dump_json(to_json(change_set)));
}

void erase_change_set(core::Store& store, const core::Scope& scope, const ChangeSet& change_set) {
  store.erase(key_of(scope, change_set));
}

void erase_change_sets(core::Store& store, const core::Scope& scope, std::string_view stack_id) {
  store.erase_prefix(prefix_of(scope).text(stack_id));
}

std::vector<ChangeSet> change_sets_of(const core::Store& store, const core::Scope& scope,
                                      std::string_view stack_id) {
  std::vector<ChangeSet> sets;
  const auto prefix = prefix_of(scope).text(stack_id);
  for (auto row = store.scan(prefix); row.valid(); row.next()) sets.push_back(parse(row.value()));
  return sets;
}

}  // namespace votemu::cloudformation
