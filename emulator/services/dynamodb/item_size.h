// What an item counts against limits and capacity.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
#pragma once

#include <cstddef>

#include "handlers/abi/attribute_value.h"

namespace votemu::dynamodb {

std::size_t value_size(const abi::AttributeValue& value);
std::size_t item_size(const abi::Item& item);

// Of one item or of a whole page: 4 KB units, halved for an eventually consistent read.
double read_units(std::size_t bytes, bool consistent);
// 1 KB units.
double write_units(std::size_t bytes);

}  // namespace votemu::dynamodb
