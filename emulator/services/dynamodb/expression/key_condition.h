// A key condition expression against a key schema: one partition, and a stretch of its sort keys.
#pragma once

#include <optional>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/bindings.h"
#include "services/dynamodb/schema.h"

namespace votemu::dynamodb::expression {

enum class RangeOperator {
  equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  between,
  begins_with
};

struct RangeCondition {
  RangeOperator op = RangeOperator::equal;
  abi::AttributeValue value;
  std::optional<abi::AttributeValue> upper;  // of between
};

struct KeyCondition {
  abi::AttributeValue hash;
  std::optional<RangeCondition> range;
};

// The condition must have been checked. Throws AwsError ValidationException with AWS's texts when
// it is none that an index can answer.
KeyCondition key_condition(const ConditionExpression& condition, const Bindings& bindings,
                           const KeySchema& keys);

}  // namespace votemu::dynamodb::expression
