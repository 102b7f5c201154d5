#include "services/dynamodb/database.h"

#include <algorithm>

#include "core/aws_error.h"
#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/item_codec.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb {
namespace {

void add_components(core::Key& key, const KeySchema& keys, const abi::Item& item) {
  key.text(key_component(item.find(keys.hash.name)->second));
  if (keys.range) key.text(key_component(item.find(keys.range->name)->second));
}

int depth_of(const abi::AttributeValue& value) {
  int deepest = 0;
  if (const auto* map = value.get_if<abi::AttributeMap>()) {
    for (const auto& [name, element] : *map) deepest = std::max(deepest, depth_of(element));
    return deepest + 1;
  }
  if (const auto* list = value.get_if<abi::AttributeList>()) {
    for (const auto& element : *list) deepest = std::max(deepest, depth_of(element));
    return deepest + 1;
  }
  return 0;
}

void check_indexes(const Table& table, const abi::Item& item) {
  for (const auto& index : table.definition.local_indexes) check_index_keys(index, item);
}

}  // namespace

Database::Database(core::Runtime& in_runtime)
    : runtime(in_runtime), tables(in_runtime.store), streams(in_runtime) {
  join_streams();
}

void Database::reread() {
  tables.reread();
  streams.reread();
  join_streams();
}

void Database::join_streams() {
  tables.for_each([&](Table& table) {
    if (!table.definition.stream_view) return;
    table.stream = streams.find(table.arn() + "/stream/" + table.definition.stream_label);
  });
}

core::Key item_row(const Table& table, const abi::Item& key) {
  core::Key row = table.item_prefix;
  add_components(row, table.definition.keys, key);
  return row;
}

std::optional<core::Key> index_row(const Table& table, const IndexDefinition& index,
                                   const abi::Item& item) {
  if (!item.contains(index.keys.hash.name)) return std::nullopt;
  if (index.keys.range && !item.contains(index.keys.range->name)) return std::nullopt;
  core::Key row = table.index_prefix(index);
  add_components(row, index.keys, item);
  add_components(row, table.definition.keys, item);
  return row;
}

std::optional<abi::Item> Database::get(const core::Key& row) const {
  const auto bytes = runtime.store.get(row);
  if (!bytes) return std::nullopt;
  return decode_item(*bytes);
}

void Database::apply_change(Table& table, const core::Key& row, const Change& change) {
  const auto* old_item = change.old_item;
  const auto* new_item = change.new_item;
  if (old_item == nullptr && new_item == nullptr) return;
  if (old_item != nullptr && new_item != nullptr && *old_item == *new_item) return;
  write_item(row, new_item);
  write_indexes(table, old_item, new_item);
  if (table.totals) {
    const auto size = [](const abi::Item* item) {
      return item == nullptr ? 0 : static_cast<std::int64_t>(item_size(*item));
    };
    table.totals->items += (new_item != nullptr ? 1 : 0) - (old_item != nullptr ? 1 : 0);
    table.totals->bytes += size(new_item) - size(old_item);
  }
  if (table.stream != nullptr) streams.append(*table.stream, change);
}

void Database::write_item(const core::Key& row, const abi::Item* item) {
  if (item != nullptr) {
    runtime.store.put(row, encode_item(*item));
  } else {
    runtime.store.erase(row);
  }
}

void Database::write_indexes(const Table& table, const abi::Item* old_item,
                             const abi::Item* new_item) {
  for (const auto& index : table.definition.local_indexes) {
    const auto old_row = old_item ? index_row(table, index, *old_item) : std::nullopt;
    const auto new_row = new_item ? index_row(table, index, *new_item) : std::nullopt;
    if (old_row && (!new_row || old_row->bytes() != new_row->bytes()))
      runtime.store.erase(*old_row);
    if (new_row) runtime.store.put(*new_row, encode_item(*new_item));
  }
}

void Database::count(Table& table) const {
  if (table.totals) return;
  Totals totals;
  for (auto row = runtime.store.scan(table.item_prefix); row.valid(); row.next()) {
    ++totals.items;
    totals.bytes += static_cast<std::int64_t>(item_size(decode_item(row.value())));
  }
  table.totals = totals;
}

void check_item(const Table& table, const abi::Item& item) {
  check_item_keys(table.definition.keys, item);
  check_indexes(table, item);
  if (item_size(item) > limits::max_item_bytes) {
    throw core::validation_error("Item size has exceeded the maximum allowed size");
  }
}

void check_updated_item(const Table& table, const abi::Item& item) {
  check_indexes(table, item);
  if (item_size(item) > limits::max_item_bytes) {
    throw core::validation_error("Item size to update has exceeded the maximum allowed size");
  }
  for (const auto& [name, value] : item) {
    if (depth_of(value) <= abi::max_attribute_depth) continue;
    throw core::validation_error(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels "
        "beyond supported limit");
  }
}

}  // namespace votemu::dynamodb
