// The member ConsumedCapacity of answers.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html
#pragma once

#include <string>

#include "core/json.h"

namespace votemu::dynamodb {

enum class CapacityDetail { none, total, indexes };

// The request's ReturnConsumedCapacity.
CapacityDetail capacity_detail(const core::Json& request);

core::Json consumed_capacity(CapacityDetail detail, const std::string& table_name, double units);
// Of a read that went through an index.
core::Json consumed_capacity_of_index(CapacityDetail detail, const std::string& table_name,
                                      const std::string& index_name, double units);

}  // namespace votemu::dynamodb
