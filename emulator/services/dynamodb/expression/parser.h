// Expression text to tree.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
#pragma once

#include <string_view>

#include "services/dynamodb/expression/ast.h"

namespace votemu::dynamodb::expression {

// All throw AwsError ValidationException with AWS's texts: syntax, reserved words, functions that
// do not exist or may not stand where they do, sections that come twice, and sizes out of bounds.
UpdateExpression parse_update(std::string_view text);
ConditionExpression parse_condition(Role role, std::string_view text);
ProjectionExpression parse_projection(std::string_view text);

}  // namespace votemu::dynamodb::expression
