// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
#include <set>

#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/projected.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

struct TableReads {
  const Table* table;
  const Json* request;  // its KeysAndAttributes
  std::vector<abi::Item> keys;
  std::optional<expression::Projection> projection;
  bool consistent;
};

std::vector<abi::Item> keys_of(const Json& request, const std::string& table_name) {
  const auto member = "requestItems." + table_name + ".member.keys";
  const auto* list = core::array_member(request, "Keys");
  if (list == nullptr) throw null_member(member);
  if (list->empty()) {
    throw constraint_error("[]", member, "Member must have length greater than or equal to 1");
  }
  std::vector<abi::Item> keys;
  for (const auto& key : *list) keys.push_back(abi::attributes_from_json(key));
  return keys;
}

void check_keys(const TableReads& reads) {
  std::set<std::string> rows;
  for (const auto& key : reads.keys) {
    check_key(reads.table->definition.keys, key);
    if (!rows.insert(item_row(*reads.table, key).bytes()).second) {
      throw core::validation_error("Provided list of item keys contains duplicates");
    }
  }
}

std::vector<TableReads> decode(Database& database, const RequestContext& context,
                               const Json& request) {
  const auto* tables = core::object_member(request, "RequestItems");
  if (tables == nullptr) throw null_member("requestItems");
  if (tables->empty()) {
    throw constraint_error("{}", "requestItems",
                           "Member must have length greater than or equal to 1");
  }
  std::vector<TableReads> all;
  std::size_t count = 0;
  for (const auto& [name, of_table] : tables->items()) {
    const auto table_name = table_name_of({{"TableName", name}});
    TableReads reads{nullptr, &of_table, keys_of(of_table, name), std::nullopt, false};
    reads.consistent = core::boolean_member(of_table, "ConsistentRead").value_or(false);
    const auto texts = expression_texts(of_table);
    reads.projection = projection_of(RequestExpressions(database.expressions, texts));
    count += reads.keys.size();
    if (count > limits::max_batch_get_keys) {
      throw core::validation_error("Too many items requested for the BatchGetItem call");
    }
    reads.table = &database.tables.require(context.scope, table_name);
    check_keys(reads);
    all.push_back(std::move(reads));
  }
  return all;
}

}  // namespace

Json batch_get_item(Database& database, const RequestContext& context, const Json& request) {
  const auto detail = capacity_detail(request);
  const auto all = decode(database, context, request);

  Json answer = {{"Responses", Json::object()}, {"UnprocessedKeys", Json::object()}};
  Json capacities = Json::array();
  std::size_t bytes = 0;
  for (const auto& reads : all) {
    const auto& name = reads.table->definition.name;
    auto& items = answer["Responses"][name] = Json::array();
    double units = 0;
    for (std::size_t i = 0; i < reads.keys.size(); ++i) {
      const auto item = database.get(item_row(*reads.table, reads.keys[i]));
      const auto size = item ? item_size(*item) : 0;
      bytes += size;
      if (bytes > limits::max_batch_get_bytes) {
        auto& left = answer["UnprocessedKeys"][name] = *reads.request;
        auto& keys = left["Keys"];
        keys.erase(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(i));
        break;
      }
      units += read_units(size, reads.consistent);
      if (!item) continue;
      items.push_back(
          abi::attributes_to_json(reads.projection ? reads.projection->apply(*item) : *item));
    }
    if (detail != CapacityDetail::none)
      capacities.push_back(consumed_capacity(detail, name, units));
  }
  if (detail != CapacityDetail::none) answer["ConsumedCapacity"] = std::move(capacities);
  return answer;
}

}  // namespace votemu::dynamodb
