// What PutItem, UpdateItem and DeleteItem have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/request_expressions.h"

namespace votemu::dynamodb {

enum class ReturnValues { none, all_old, updated_old, all_new, updated_new };

struct WriteOptions {
  ReturnValues return_values = ReturnValues::none;
  bool return_old_on_failure = false;
  CapacityDetail capacity = CapacityDetail::none;
};

// Nothing when there are none of that name.
std::optional<ReturnValues> return_values_named(std::string_view name);

// Throws ValidationException when a member has a value that it cannot have.
WriteOptions write_options(const core::Json& request);
// As write_options, for operations that only know the old item.
WriteOptions replacing_write_options(const core::Json& request);

// Throws ConditionalCheckFailedException when there is a condition that the old item, or that there
// is none, does not meet.
void check_condition(const RequestExpressions& expressions, const abi::Item* old_item,
                     bool return_old_on_failure);

// The answer so far: Attributes if there are any, ConsumedCapacity if it was asked for.
core::Json write_answer(const WriteOptions& options, const std::string& table_name,
                        const abi::Item* attributes, const abi::Item* old_item,
                        const abi::Item* new_item);

}  // namespace votemu::dynamodb
