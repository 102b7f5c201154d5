// What can be said against expressions once their placeholders have meanings, before any item is
// seen.
#pragma once

#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/bindings.h"

namespace votemu::dynamodb::expression {

// All throw AwsError ValidationException with AWS's texts: placeholders without meaning, operands
// of types or numbers that do not fit, overlapping paths. They mark what the expression uses as
// used.
void check(const UpdateExpression& update, Bindings& bindings);
void check(const ConditionExpression& condition, Bindings& bindings);
void check(const ProjectionExpression& projection, Bindings& bindings);

}  // namespace votemu::dynamodb::expression
