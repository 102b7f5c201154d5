// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html
#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {

Json describe_table(Database& database, const RequestContext& context, const Json& request) {
  auto& table = database.tables.require_named(context.scope, table_name_of(request));
  database.count(table);
  auto description = table_description(table);
  add_described_parts(table, description);
  return {{"Table", std::move(description)}};
}

Json list_tables(Database& database, const RequestContext& context, const Json& request) {
  const auto limit =
      static_cast<std::size_t>(bounded_member(request, "Limit", 1, limits::max_list_tables)
                                   .value_or(limits::max_list_tables));
  const auto start = core::string_member(request, "ExclusiveStartTableName");
  if (start) check_table_name(*start, "exclusiveStartTableName");

  const auto& tables = database.tables.of(context.scope);
  auto table = start ? tables.upper_bound(*start) : tables.begin();
  Json answer = {{"TableNames", Json::array()}};
  auto& names = answer["TableNames"];
  for (; table != tables.end() && names.size() < limit; ++table) names.push_back(table->first);
  if (table != tables.end()) answer["LastEvaluatedTableName"] = names.back();
  return answer;
}

}  // namespace votemu::dynamodb
