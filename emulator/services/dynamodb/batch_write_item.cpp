// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
#include <set>

#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

struct Write {
  Table* table;
  abi::Item key;
  core::Key row;
  std::optional<abi::Item> item;  // nothing: the item goes
};

Write decode_write(Table& table, const Json& request) {
  const auto* put = core::object_member(request, "PutRequest");
  const auto* erase = core::object_member(request, "DeleteRequest");
  if ((put == nullptr) == (erase == nullptr)) {
    throw core::validation_error(
        put != nullptr
            ? "Supplied AttributeValue has more than one datatypes set, must contain exactly one "
              "of "
              "the supported datatypes"
            : "Supplied AttributeValue is empty, must contain exactly one of the supported "
              "datatypes");
  }
  const auto& keys = table.definition.keys;
  if (erase != nullptr) {
    auto key = attributes_member(*erase, "Key");
    check_key(keys, key);
    auto row = item_row(table, key);
    return {&table, std::move(key), std::move(row), std::nullopt};
  }
  auto item = attributes_member(*put, "Item");
  // AWS words a bad key of a batch's item as it words a bad key.
  for (const auto* attribute : {&keys.hash, keys.range ? &*keys.range : &keys.hash}) {
    const auto found = item.find(attribute->name);
    if (found == item.end() || !has_key_type(found->second, attribute->type)) {
      throw core::validation_error("The provided key element does not match the schema");
    }
  }
  check_item(table, item);
  auto key = key_of(keys, item);
  auto row = item_row(table, key);
  return {&table, std::move(key), std::move(row), std::move(item)};
}

std::vector<Write> decode(Database& database, const RequestContext& context, const Json& request) {
  const auto* tables = core::object_member(request, "RequestItems");
  if (tables == nullptr) throw null_member("requestItems");
  if (tables->empty()) {
    throw constraint_error("{}", "requestItems",
                           "Member must have length greater than or equal to 1");
  }
  std::vector<Write> writes;
  std::set<std::string> rows;
  for (const auto& [name, of_table] : tables->items()) {
    const auto table_name = table_name_of({{"TableName", name}});
    const auto* list = core::array_member(*tables, name);
    if (list == nullptr || list->empty()) {
      throw constraint_error("[]", "requestItems." + name + ".member",
                             "Member must have length greater than or equal to 1");
    }
    if (writes.size() + list->size() > limits::max_batch_write_requests) {
      throw core::validation_error("Too many items requested for the BatchWriteItem call");
    }
    auto& table = database.tables.require(context.scope, table_name);
    for (const auto& one : *list) {
      writes.push_back(decode_write(table, one));
      if (!rows.insert(writes.back().row.bytes()).second) {
        throw core::validation_error("Provided list of item keys contains duplicates");
      }
    }
  }
  return writes;
}

}  // namespace

// 25 items of 400 KB are less than the 16 MB that a batch may have: nothing is ever left
// unprocessed.
Json batch_write_item(Database& database, const RequestContext& context, const Json& request) {
  const auto detail = capacity_detail(request);
  choice_member(request, "ReturnItemCollectionMetrics", {"SIZE", "NONE"}, "NONE");
  const auto writes = decode(database, context, request);

  std::map<std::string, double> units;
  for (const auto& write : writes) {
    const auto old_item = database.get(write.row);
    const auto* old = old_item ? &*old_item : nullptr;
    const auto* item = write.item ? &*write.item : nullptr;
    database.apply_change(*write.table, write.row, {write.key, old, item});
    const auto size = std::max(old_item ? item_size(*old_item) : 0, item ? item_size(*item) : 0);
    units[write.table->definition.name] += write_units(size);
  }

  Json answer = {{"UnprocessedItems", Json::object()}};
  if (detail != CapacityDetail::none) {
    auto& capacities = answer["ConsumedCapacity"] = Json::array();
    for (const auto& [name, used] : units) {
      capacities.push_back(consumed_capacity(detail, name, used));
    }
  }
  return answer;
}

}  // namespace votemu::dynamodb
