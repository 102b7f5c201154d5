// Every table of every scope, in memory and in the store.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/store.h"
#include "services/dynamodb/table.h"

namespace votemu::dynamodb {

class Tables {
 public:
  explicit Tables(core::Store& store);

  // After rows were taken back. No table that was found before is there any more.
  void reread();

  Table* find(const core::Scope& scope, std::string_view name);
  // ResourceNotFoundException as the data plane words it.
  Table& require(const core::Scope& scope, std::string_view name);
  // ResourceNotFoundException as the control plane words it.
  Table& require_named(const core::Scope& scope, std::string_view name);

  // By name.
  const std::map<std::string, Table, std::less<>>& of(const core::Scope& scope);

  Table& add(const core::Scope& scope, TableDefinition definition);
  // Writes a changed definition.
  void save(const Table& table);
  // With all its items.
  void remove(const Table& table);

  template <class Visit>
  void for_each(Visit visit) {
    for (auto& [scope, tables] : tables_) {
      for (auto& [name, table] : tables) visit(table);
    }
  }

 private:
  core::Store& store_;
  std::map<core::Scope, std::map<std::string, Table, std::less<>>> tables_;
};

}  // namespace votemu::dynamodb
