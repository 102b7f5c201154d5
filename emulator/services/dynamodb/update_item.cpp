// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/expression/projection.h"
#include "services/dynamodb/expression/update.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/update_request.h"

namespace votemu::dynamodb {
namespace {

struct Outcome {
  std::optional<abi::Item> old_item;
  abi::Item new_item;
};

void check_keys_untouched(const Table& table, const RequestExpressions& expressions) {
  if (!expressions.update) return;
  for (const auto& path : expressions.update->written) {
    const auto& name = expressions.bindings.name(path.front());
    if (!table.definition.keys.contains(name)) continue;
    throw core::validation_error(
        "One or more parameter values were invalid: Cannot update attribute " + name +
        ". This attribute is part of the key");
  }
}

Outcome update(Database& database, Table& table, const abi::Item& key,
               const RequestExpressions& expressions, bool return_old_on_failure) {
  check_key(table.definition.keys, key);
  check_keys_untouched(table, expressions);

  const auto row = item_row(table, key);
  Outcome outcome;
  outcome.old_item = database.get(row);
  const auto* old = outcome.old_item ? &*outcome.old_item : nullptr;
  check_condition(expressions, old, return_old_on_failure);
  static const abi::Item no_item;
  const auto& before = old != nullptr ? *old : no_item;
  outcome.new_item = expressions.update
                         ? expression::updated(*expressions.update, expressions.bindings, before)
                         : before;
  if (old == nullptr) outcome.new_item.insert(key.begin(), key.end());
  check_updated_item(table, outcome.new_item);

  database.apply_change(table, row, {key, old, &outcome.new_item});
  return outcome;
}

// What the update says it writes, as it is in `item`.
abi::Item written_parts(const RequestExpressions& expressions, const abi::Item& item) {
  if (!expressions.update) return {};
  const expression::Projection written(expressions.update->written, expressions.bindings);
  return written.apply(item);
}

abi::Item returned_attributes(ReturnValues wanted, const RequestExpressions& expressions,
                              const Outcome& outcome) {
  switch (wanted) {
    case ReturnValues::none:
      return {};
    case ReturnValues::all_old:
      return outcome.old_item.value_or(abi::Item());
    case ReturnValues::all_new:
      return outcome.new_item;
    case ReturnValues::updated_old:
      return outcome.old_item ? written_parts(expressions, *outcome.old_item) : abi::Item();
    case ReturnValues::updated_new:
      return written_parts(expressions, outcome.new_item);
  }
  return {};
}

}  // namespace

std::string update_item(Database& database, const RequestContext& context, std::string_view json) {
  const auto request = update_request(json);
  const auto& options = request.options;
  const RequestExpressions expressions(database.expressions, request.texts);
  auto& table = database.tables.require(context.scope, request.table_name);

  const auto outcome =
      update(database, table, request.key, expressions, options.return_old_on_failure);
  if (options.return_values == ReturnValues::none && options.capacity == CapacityDetail::none) {
    return "{}";
  }
  const auto attributes = returned_attributes(options.return_values, expressions, outcome);
  return core::dump_json(write_answer(options, request.table_name, &attributes,
                                      outcome.old_item ? &*outcome.old_item : nullptr,
                                      &outcome.new_item));
}

void update_item(Database& database, const core::Scope& scope, abi::UpdateItemRequest request) {
  check_table_name(request.table_name, "tableName");
  const auto key = abi::canonical_attributes(std::move(request.key));
  ExpressionTexts texts;
  if (!request.update_expression.empty()) texts.update = std::move(request.update_expression);
  if (!request.condition_expression.empty()) {
    texts.condition = std::move(request.condition_expression);
  }
  if (!request.expression_attribute_names.empty()) {
    texts.names = std::move(request.expression_attribute_names);
  }
  if (!request.expression_attribute_values.empty()) {
    texts.values = abi::canonical_attributes(std::move(request.expression_attribute_values));
  }
  const RequestExpressions expressions(database.expressions, texts);
  update(database, database.tables.require(scope, request.table_name), key, expressions, false);
}

}  // namespace votemu::dynamodb
