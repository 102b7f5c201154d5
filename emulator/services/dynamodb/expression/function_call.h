// Function calls as the parsers read them.
#pragma once

#include <string>

#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/token_stream.h"

namespace votemu::dynamodb::expression {

// At a word that an opening parenthesis follows.
bool at_function_call(const TokenStream& tokens);

// Takes "name(" and tells which function it is; notes names that are none, or not in this role.
Node take_function_name(TokenStream& tokens);

}  // namespace votemu::dynamodb::expression
