#include "core/calendar.h"
#include "services/dynamodb/table.h"

namespace votemu::dynamodb {
namespace {

// What AWS keeps warm for a new table that is paid per request.
constexpr std::int64_t on_demand_warm_reads = 12'000;
constexpr std::int64_t on_demand_warm_writes = 4'000;

core::Json attribute_definitions(const TableDefinition& definition) {
  core::Json json = core::Json::array();
  for (const auto& attribute : definition.attributes) {
    json.push_back(
        {{"AttributeName", attribute.name}, {"AttributeType", key_type_name(attribute.type)}});
  }
  return json;
}

core::Json local_indexes(const Table& table) {
  core::Json json = core::Json::array();
  for (const auto& index : table.definition.local_indexes) {
    json.push_back({{"IndexName", index.name},
                    {"IndexArn", table.arn() + "/index/" + index.name},
                    {"KeySchema", key_schema_json(index.keys)},
                    {"Projection", projection_json(index)},
                    {"IndexSizeBytes", 0},
                    {"ItemCount", 0}});
  }
  return json;
}

void add_stream(const Table& table, core::Json& json) {
  const auto& definition = table.definition;
  if (definition.stream_label.empty()) return;
  json["LatestStreamLabel"] = definition.stream_label;
  json["LatestStreamArn"] = table.arn() + "/stream/" + definition.stream_label;
  if (definition.stream_view) {
    json["StreamSpecification"] = {{"StreamEnabled", true},
                                   {"StreamViewType", stream_view_name(*definition.stream_view)}};
  }
}

}  // namespace

core::Json table_description(const Table& table) {
  const auto& definition = table.definition;
  const auto totals = table.totals.value_or(Totals());
  core::Json json = {{"TableName", definition.name},
                     {"TableArn", table.arn()},
                     {"TableId", definition.id},
                     {"TableStatus", "ACTIVE"},
                     {"CreationDateTime", core::epoch_seconds(definition.created_ms)},
                     {"AttributeDefinitions", attribute_definitions(definition)},
                     {"KeySchema", key_schema_json(definition.keys)},
                     {"ProvisionedThroughput",
                      {{"NumberOfDecreasesToday", 0},
                       {"ReadCapacityUnits", definition.read_units},
                       {"WriteCapacityUnits", definition.write_units}}},
                     {"ItemCount", totals.items},
                     {"TableSizeBytes", totals.bytes},
                     {"DeletionProtectionEnabled", definition.deletion_protection}};
  if (definition.on_demand) json["BillingModeSummary"] = {{"BillingMode", "PAY_PER_REQUEST"}};
  if (!definition.local_indexes.empty()) json["LocalSecondaryIndexes"] = local_indexes(table);
  if (!definition.table_class.empty()) {
    json["TableClassSummary"] = {{"TableClass", definition.table_class}};
  }
  if (!definition.kms_key_arn.empty()) {
    json["SSEDescription"] = {
        {"Status", "ENABLED"}, {"SSEType", "KMS"}, {"KMSMasterKeyArn", definition.kms_key_arn}};
  }
  add_stream(table, json);
  return json;
}

void add_described_parts(const Table& table, core::Json& description) {
  const auto& definition = table.definition;
  const bool on_demand = definition.on_demand;
  description["WarmThroughput"] = {
      {"Status", "ACTIVE"},
      {"ReadUnitsPerSecond", on_demand ? on_demand_warm_reads : definition.read_units},
      {"WriteUnitsPerSecond", on_demand ? on_demand_warm_writes : definition.write_units}};
  if (definition.on_demand_since_ms) {
    auto& summary = description["BillingModeSummary"];
    summary["BillingMode"] = on_demand ? "PAY_PER_REQUEST" : "PROVISIONED";
    summary["LastUpdateToPayPerRequestDateTime"] =
        core::epoch_seconds(*definition.on_demand_since_ms);
  }
}

}  // namespace votemu::dynamodb
