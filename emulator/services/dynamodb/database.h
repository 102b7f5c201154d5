// The service's state in one place: what every operation works on.
#pragma once

#include <optional>

#include "core/runtime.h"
#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/expression/cache.h"
#include "services/dynamodb/streams.h"
#include "services/dynamodb/tables.h"

namespace votemu::dynamodb {

class Database {
 public:
  explicit Database(core::Runtime& in_runtime);

  core::Runtime& runtime;
  Tables tables;
  Streams streams;
  expression::Cache expressions;

  // After rows were taken back: tables and streams as the store holds them.
  void reread();

  std::optional<abi::Item> get(const core::Key& row) const;

  // The one way in which an item changes: writes the item, its copies in indexes, the table's
  // totals and the stream's record. nullptr: there was, or is to be, none. Nothing happens when
  // both are equal. The items must have been checked; `row` is where the key has its item.
  void apply_change(Table& table, const core::Key& row, const Change& change);

  // Counts the table once if it is not known; then tells what apply_change keeps.
  void count(Table& table) const;

 private:
  void join_streams();
  void write_item(const core::Key& row, const abi::Item* item);
  void write_indexes(const Table& table, const abi::Item* old_item, const abi::Item* new_item);
};

// Where the item with this key, or any item that has it, is in the store.
core::Key item_row(const Table& table, const abi::Item& key);
// Nothing when the item has not all attributes of the index.
std::optional<core::Key> index_row(const Table& table, const IndexDefinition& index,
                                   const abi::Item& item);

// Before an item is stored: key attributes, those of indexes, size and depth. Throws
// ValidationException.
void check_item(const Table& table, const abi::Item& item);
// The same after an update, which AWS words differently.
void check_updated_item(const Table& table, const abi::Item& item);

}  // namespace votemu::dynamodb
