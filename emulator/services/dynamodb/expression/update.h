// Updating an item: a pure function of the old one.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
#pragma once

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/bindings.h"

namespace votemu::dynamodb::expression {

// `item` after the update; every operand is read from `item` as it was. The update must have been
// checked. Throws AwsError ValidationException when the item does not suit the update.
abi::Item updated(const UpdateExpression& update, const Bindings& bindings, const abi::Item& item);

}  // namespace votemu::dynamodb::expression
