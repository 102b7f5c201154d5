// What CreateTable and UpdateTable may say of a table, decoded and checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "services/dynamodb/table.h"

namespace votemu::dynamodb {

// All throw ValidationException with AWS's texts.

// AttributeDefinitions, KeySchema and LocalSecondaryIndexes, put into the definition.
void decode_keys(const core::Json& request, TableDefinition& definition);

struct Throughput {
  std::int64_t read_units;
  std::int64_t write_units;
};
// The member ProvisionedThroughput.
std::optional<Throughput> decode_throughput(const core::Json& request);

// The member BillingMode; `fallback` says what is meant without it.
bool decode_on_demand(const core::Json& request, bool fallback);

struct StreamChange {
  bool enabled = false;
  StreamView view = StreamView::new_and_old_images;  // when enabled
};
// The member StreamSpecification.
std::optional<StreamChange> decode_stream(const core::Json& request);

// The member TableClass.
std::optional<std::string> decode_table_class(const core::Json& request);

// The member Tags, each key once.
std::map<std::string, std::string> decode_tags(const core::Json& request);

// Refuses members that votemu does not serve.
void refuse_global_features(const core::Json& request);

}  // namespace votemu::dynamodb
