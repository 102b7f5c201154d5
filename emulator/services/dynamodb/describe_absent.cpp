// What tools ask about a table or an account that votemu has nothing to tell of.
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {

Json describe_time_to_live(Database& database, const RequestContext& context, const Json& request) {
  database.tables.require_named(context.scope, table_name_of(request));
  return {{"TimeToLiveDescription", {{"TimeToLiveStatus", "DISABLED"}}}};
}

Json describe_continuous_backups(Database& database, const RequestContext& context,
                                 const Json& request) {
  const auto name = table_name_of(request);
  if (database.tables.find(context.scope, name) == nullptr) {
    throw core::AwsError("TableNotFoundException", "Table not found: " + name);
  }
  return {{"ContinuousBackupsDescription",
           {{"ContinuousBackupsStatus", "ENABLED"},
            {"PointInTimeRecoveryDescription", {{"PointInTimeRecoveryStatus", "DISABLED"}}}}}};
}

Json describe_limits(Database&, const RequestContext&, const Json&) {
  constexpr int account_units = 80'000;
  constexpr int table_units = 40'000;
  return {{"AccountMaxReadCapacityUnits", account_units},
          {"AccountMaxWriteCapacityUnits", account_units},
          {"TableMaxReadCapacityUnits", table_units},
          {"TableMaxWriteCapacityUnits", table_units}};
}

Json describe_endpoints(Database&, const RequestContext& context, const Json&) {
  constexpr int cache_minutes = 1440;
  Json answer = {{"Endpoints", Json::array()}};
  answer["Endpoints"].push_back(
      {{"Address", context.host}, {"CachePeriodInMinutes", cache_minutes}});
  return answer;
}

}  // namespace votemu::dynamodb
