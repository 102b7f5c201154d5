// How an expression's mistake is told to who sent it.
#pragma once

#include <string>

#include "core/aws_error.h"
#include "services/dynamodb/expression/ast.h"

namespace votemu::dynamodb::expression {

// "Invalid UpdateExpression: " and what is wrong with it.
inline core::AwsError invalid_expression(Role role, const std::string& problem) {
  return core::validation_error("Invalid " + member_name(role) + ": " + problem);
}

}  // namespace votemu::dynamodb::expression
