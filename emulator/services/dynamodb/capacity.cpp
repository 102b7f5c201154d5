#include "services/dynamodb/capacity.h"

#include "services/dynamodb/request.h"

namespace votemu::dynamodb {

CapacityDetail capacity_detail(const core::Json& request) {
  const auto wanted =
      choice_member(request, "ReturnConsumedCapacity", {"INDEXES", "TOTAL", "NONE"}, "NONE");
  if (wanted == "NONE") return CapacityDetail::none;
  return wanted == "TOTAL" ? CapacityDetail::total : CapacityDetail::indexes;
}

core::Json consumed_capacity(CapacityDetail detail, const std::string& table_name, double units) {
  core::Json json = {{"TableName", table_name}, {"CapacityUnits", units}};
  if (detail == CapacityDetail::indexes) json["Table"] = {{"CapacityUnits", units}};
  return json;
}

core::Json consumed_capacity_of_index(CapacityDetail detail, const std::string& table_name,
                                      const std::string& index_name, double units) {
  core::Json json = {{"TableName", table_name}, {"CapacityUnits", units}};
  if (detail == CapacityDetail::indexes) {
    json["Table"] = {{"CapacityUnits", 0.0}};
    json["LocalSecondaryIndexes"] = {{index_name, {{"CapacityUnits", units}}}};
  }
  return json;
}

}  // namespace votemu::dynamodb
