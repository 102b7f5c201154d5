// A table's stream going on and off.
#pragma once

#include "services/dynamodb/database.h"

namespace votemu::dynamodb {

// The table has none that is enabled.
void enable_stream(Database& database, Table& table, StreamView view);
// The table may have none.
void disable_stream(Database& database, Table& table);

}  // namespace votemu::dynamodb
