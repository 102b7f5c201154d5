// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/table_stream.h"

namespace votemu::dynamodb {

Json delete_table(Database& database, const RequestContext& context, const Json& request) {
  auto& table = database.tables.require_named(context.scope, table_name_of(request));
  if (table.definition.deletion_protection) {
    throw core::validation_error(
        "Resource cannot be deleted as it is currently protected against deletion. Disable "
        "deletion "
        "protection first.");
  }

  database.count(table);
  disable_stream(database, table);
  auto description = table_description(table);
  description["TableStatus"] = "DELETING";
  // A table that goes is told by less than one that stays.
  for (const auto* member : {"AttributeDefinitions", "KeySchema", "CreationDateTime",
                             "LatestStreamArn", "LatestStreamLabel"}) {
    description.erase(member);
  }
  database.tables.remove(table);
  return {{"TableDescription", std::move(description)}};
}

}  // namespace votemu::dynamodb
