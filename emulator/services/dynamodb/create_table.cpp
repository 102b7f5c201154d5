// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
#include <utility>

#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/table_request.h"
#include "services/dynamodb/table_stream.h"

namespace votemu::dynamodb {
namespace {

void decode_billing(const Json& request, TableDefinition& definition) {
  definition.on_demand = decode_on_demand(request, false);
  const auto throughput = decode_throughput(request);
  if (definition.on_demand) {
    if (!throughput) return;
    throw core::validation_error(
        "One or more parameter values were invalid: Neither ReadCapacityUnits nor "
        "WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
  }
  if (!throughput) {
    throw core::validation_error(
        "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must "
        "both be specified when BillingMode is PROVISIONED");
  }
  definition.read_units = throughput->read_units;
  definition.write_units = throughput->write_units;
}

bool wants_encryption(const Json& request) {
  const auto* specification = core::object_member(request, "SSESpecification");
  return specification != nullptr &&
         core::boolean_member(*specification, "Enabled").value_or(false);
}

std::string kms_key_arn(Database& database, const core::Scope& scope, const Json& request) {
  const auto* specification = core::object_member(request, "SSESpecification");
  const auto named = core::string_member(*specification, "KMSMasterKeyId");
  if (named && named->starts_with("arn:")) return *named;
  const auto id = named.value_or(database.runtime.random.uuid());
  return core::Arn::in(scope, "kms", "key/" + id).text();
}

void check_room(Database& database, const core::Scope& scope, const std::string& name) {
  if (database.tables.find(scope, name) != nullptr) {
    throw core::AwsError("ResourceInUseException", "Table already exists: " + name);
  }
  if (database.tables.of(scope).size() >= limits::max_tables_per_scope) {
    throw core::AwsError("LimitExceededException",
                         "Subscriber limit exceeded: There is a limit of " +
                             std::to_string(limits::max_tables_per_scope) +
                             " tables per subscriber");
  }
}

}  // namespace

Json create_table(Database& database, const RequestContext& context, const Json& request) {
  TableDefinition definition;
  definition.name = table_name_of(request);
  refuse_global_features(request);
  decode_keys(request, definition);
  decode_billing(request, definition);
  const auto stream = decode_stream(request);
  definition.deletion_protection =
      core::boolean_member(request, "DeletionProtectionEnabled").value_or(false);
  definition.table_class = decode_table_class(request).value_or("");
  definition.tags = decode_tags(request);
  const bool encrypted = wants_encryption(request);
  check_room(database, context.scope, definition.name);

  definition.id = database.runtime.random.uuid();
  definition.created_ms = database.runtime.clock.now_ms();
  if (definition.on_demand) definition.on_demand_since_ms = definition.created_ms;
  if (encrypted) definition.kms_key_arn = kms_key_arn(database, context.scope, request);
  auto& table = database.tables.add(context.scope, std::move(definition));
  if (stream && stream->enabled) enable_stream(database, table, stream->view);
  // The table is there, but AWS's answer never says so: that is for DescribeTable.
  auto description = table_description(table);
  description["TableStatus"] = "CREATING";
  return {{"TableDescription", std::move(description)}};
}

}  // namespace votemu::dynamodb
