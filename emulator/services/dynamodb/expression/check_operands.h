// Rules about the operands of functions and operators.
#pragma once

#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/bindings.h"

namespace votemu::dynamodb::expression {

// Checks the node and everything below it.
void check_operands(Role role, const Node& node, const Bindings& bindings);

}  // namespace votemu::dynamodb::expression
