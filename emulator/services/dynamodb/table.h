// A table: what defines it, and what is kept of it in memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/json.h"
#include "core/keys.h"
#include "services/dynamodb/schema.h"

namespace votemu::dynamodb {

enum class StreamView { keys_only, new_image, old_image, new_and_old_images };

std::string stream_view_name(StreamView view);
std::optional<StreamView> stream_view_of(std::string_view name);

// All of a table that must survive a restart, but its items.
struct TableDefinition {
  std::string name;
  std::string id;
  std::int64_t created_ms = 0;
  std::vector<KeyAttribute> attributes;  // AttributeDefinitions, in the order given
  KeySchema keys;
  std::vector<IndexDefinition> local_indexes;
  bool on_demand = false;
  std::optional<std::int64_t> on_demand_since_ms;
  std::int64_t read_units = 0;
  std::int64_t write_units = 0;
  bool deletion_protection = false;
  std::string table_class;                // empty: never said
  std::string kms_key_arn;                // empty: not encrypted with a key of KMS
  std::optional<StreamView> stream_view;  // while the stream is enabled
  std::string stream_label;               // of the latest stream, enabled or not
  std::map<std::string, std::string> tags;
};

core::Json definition_to_json(const TableDefinition& definition);
TableDefinition definition_from_json(const core::Json& json);

struct Totals {
  std::int64_t items = 0;
  std::int64_t bytes = 0;
};

struct Stream;

struct Table {
  Table(core::Scope in_scope, TableDefinition with_definition);

  core::Scope scope;
  TableDefinition definition;
  core::Key item_prefix;
  // Unknown after a restart until someone asks; kept up to date from then on.
  std::optional<Totals> totals;
  Stream* stream = nullptr;  // while it is enabled

  std::string arn() const;
  // Throws ValidationException when there is none of that name.
  const IndexDefinition& index(const std::string& name) const;
  core::Key index_prefix(const IndexDefinition& index) const;
};

// The member Table or TableDescription of the control plane's answers.
core::Json table_description(const Table& table);
// The parts that only DescribeTable tells.
void add_described_parts(const Table& table, core::Json& description);

}  // namespace votemu::dynamodb
