// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/projected.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/request_expressions.h"

namespace votemu::dynamodb {

std::string get_item(Database& database, const RequestContext& context, const Json& request) {
  const auto table_name = table_name_of(request);
  const auto key = attributes_member(request, "Key");
  const auto detail = capacity_detail(request);
  const bool consistent = core::boolean_member(request, "ConsistentRead").value_or(false);
  const auto texts = expression_texts(request);
  const RequestExpressions expressions(database.expressions, texts);
  const auto& table = database.tables.require(context.scope, table_name);
  check_key(table.definition.keys, key);

  const auto item = database.get(item_row(table, key));
  std::string answer = "{";
  if (detail != CapacityDetail::none) {
    const auto units = read_units(item ? item_size(*item) : 0, consistent);
    answer += R"("ConsumedCapacity":)";
    answer += core::dump_json(consumed_capacity(detail, table_name, units));
    if (item) answer += ',';
  }
  if (item) {
    answer += R"("Item":)";
    abi::append_attributes_json(answer, projected(expressions, *item));
  }
  return answer += '}';
}

}  // namespace votemu::dynamodb
