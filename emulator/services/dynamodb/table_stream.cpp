#include "services/dynamodb/table_stream.h"

namespace votemu::dynamodb {

void enable_stream(Database& database, Table& table, StreamView view) {
  auto& stream = database.streams.open(table, view);
  table.stream = &stream;
  table.definition.stream_view = view;
  table.definition.stream_label = stream.label;
  database.tables.save(table);
}

void disable_stream(Database& database, Table& table) {
  if (table.stream == nullptr) return;
  database.streams.close(*table.stream);
  table.stream = nullptr;
  table.definition.stream_view.reset();
  database.tables.save(table);
}

}  // namespace votemu::dynamodb
