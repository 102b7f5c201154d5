#include "services/dynamodb/tables.h"

#include "core/aws_error.h"

namespace votemu::dynamodb {
namespace {

core::Key row_key(const core::Scope& scope, const std::string& name) {
  return core::Key(core::Table::dynamodb_table, scope).text(name);
}

}  // namespace

Tables::Tables(core::Store& store) : store_(store) {
  reread();
}

void Tables::reread() {
  tables_.clear();
  for (auto row = store_.scan(core::Key(core::Table::dynamodb_table)); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    core::Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    auto definition = definition_from_json(core::parse_own_json(row.value()));
    auto name = definition.name;
    tables_[scope].emplace(std::move(name), Table(scope, std::move(definition)));
  }
}

Table* Tables::find(const core::Scope& scope, std::string_view name) {
  const auto tables = tables_.find(scope);
  if (tables == tables_.end()) return nullptr;
  const auto table = tables->second.find(name);
  return table == tables->second.end() ? nullptr : &table->second;
}

Table& Tables::require(const core::Scope& scope, std::string_view name) {
  if (auto* table = find(scope, name)) return *table;
  throw core::AwsError("ResourceNotFoundException", "Requested resource not found");
}

Table& Tables::require_named(const core::Scope& scope, std::string_view name) {
  if (auto* table = find(scope, name)) return *table;
  throw core::AwsError("ResourceNotFoundException",
                       "Requested resource not found: Table: " + std::string(name) + " not found");
}

const std::map<std::string, Table, std::less<>>& Tables::of(const core::Scope& scope) {
  return tables_[scope];
}

Table& Tables::add(const core::Scope& scope, TableDefinition definition) {
  auto name = definition.name;
  auto& table =
      tables_[scope].emplace(std::move(name), Table(scope, std::move(definition))).first->second;
  table.totals.emplace();
  save(table);
  return table;
}

void Tables::save(const Table& table) {
  store_.put(row_key(table.scope, table.definition.name),
             core::dump_json(definition_to_json(table.definition)));
}

void Tables::remove(const Table& table) {
  store_.erase_prefix(table.item_prefix);
  for (const auto& index : table.definition.local_indexes) {
    store_.erase_prefix(table.index_prefix(index));
  }
  store_.erase(row_key(table.scope, table.definition.name));
  auto& tables = tables_[table.scope];
  tables.erase(tables.find(table.definition.name));
}

}  // namespace votemu::dynamodb
