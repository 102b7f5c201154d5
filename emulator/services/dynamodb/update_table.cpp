// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/table_request.h"
#include "services/dynamodb/table_stream.h"

namespace votemu::dynamodb {
namespace {

void check_asks_something(const Json& request) {
  for (const auto* member :
       {"ProvisionedThroughput", "BillingMode", "StreamSpecification", "SSESpecification",
        "DeletionProtectionEnabled", "TableClass", "AttributeDefinitions"}) {
    if (core::find_member(request, member) != nullptr) return;
  }
  throw core::validation_error(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
      "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
}

void change_billing(const Json& request, TableDefinition& definition, std::int64_t now_ms) {
  const bool was_on_demand = definition.on_demand;
  const auto throughput = decode_throughput(request);
  definition.on_demand = decode_on_demand(request, was_on_demand && !throughput);
  if (definition.on_demand) {
    if (throughput) {
      throw core::validation_error(
          "One or more parameter values were invalid: Neither ReadCapacityUnits nor "
          "WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }
    if (!was_on_demand) definition.on_demand_since_ms = now_ms;
    definition.read_units = 0;
    definition.write_units = 0;
    return;
  }
  if (!throughput) {
    if (!was_on_demand) return;
    throw core::validation_error(
        "One or more parameter values were invalid: ProvisionedThroughput must be specified when "
        "BillingMode is PROVISIONED");
  }
  if (!was_on_demand && throughput->read_units == definition.read_units &&
      throughput->write_units == definition.write_units) {
    const auto reads = std::to_string(throughput->read_units);
    const auto writes = std::to_string(throughput->write_units);
    throw core::validation_error(
        "The provisioned throughput for the table will not change. The requested value equals the "
        "current value. Current ReadCapacityUnits provisioned for the table: " +
        reads + ". Requested ReadCapacityUnits: " + reads +
        ". Current WriteCapacityUnits provisioned for the table: " + writes +
        ". Requested WriteCapacityUnits: " + writes +
        ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request "
        "higher limits.");
  }
  definition.read_units = throughput->read_units;
  definition.write_units = throughput->write_units;
}

void check_stream_change(const Table& table, const std::optional<StreamChange>& change) {
  if (!change) return;
  if (change->enabled && table.stream != nullptr) {
    throw core::validation_error("Table already has an enabled stream: TableName: " +
                                 table.definition.name);
  }
  if (!change->enabled && table.stream == nullptr) {
    throw core::validation_error("Table has no stream to disable: TableName: " +
                                 table.definition.name);
  }
}

}  // namespace

Json update_table(Database& database, const RequestContext& context, const Json& request) {
  const auto name = table_name_of(request);
  refuse_global_features(request);
  check_asks_something(request);
  const auto stream = decode_stream(request);
  const auto protection = core::boolean_member(request, "DeletionProtectionEnabled");
  const auto table_class = decode_table_class(request);
  auto& table = database.tables.require_named(context.scope, name);
  auto definition = table.definition;
  change_billing(request, definition, database.runtime.clock.now_ms());
  if (protection) definition.deletion_protection = *protection;
  if (table_class) definition.table_class = *table_class;
  check_stream_change(table, stream);

  table.definition = std::move(definition);
  database.tables.save(table);
  if (stream && stream->enabled) enable_stream(database, table, stream->view);
  if (stream && !stream->enabled) disable_stream(database, table);
  database.count(table);
  return {{"TableDescription", table_description(table)}};
}

}  // namespace votemu::dynamodb
