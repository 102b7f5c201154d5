// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/write_options.h"

namespace votemu::dynamodb {

Json delete_item(Database& database, const RequestContext& context, const Json& request) {
  const auto table_name = table_name_of(request);
  const auto key = attributes_member(request, "Key");
  const auto options = replacing_write_options(request);
  const auto texts = expression_texts(request);
  const RequestExpressions expressions(database.expressions, texts);
  auto& table = database.tables.require(context.scope, table_name);
  check_key(table.definition.keys, key);

  const auto row = item_row(table, key);
  const auto old_item = database.get(row);
  const auto* old = old_item ? &*old_item : nullptr;
  check_condition(expressions, old, options.return_old_on_failure);

  database.apply_change(table, row, {key, old, nullptr});
  const auto* returned = options.return_values == ReturnValues::all_old ? old : nullptr;
  return write_answer(options, table_name, returned, old, nullptr);
}

}  // namespace votemu::dynamodb
