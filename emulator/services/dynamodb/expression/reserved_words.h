// Words that may not stand in an expression as an attribute's name.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
#pragma once

#include <string_view>

namespace votemu::dynamodb::expression {

// Whatever its case.
bool is_reserved(std::string_view word);

}  // namespace votemu::dynamodb::expression
