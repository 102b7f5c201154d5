// Expression text as tokens.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace votemu::dynamodb::expression {

enum class TokenKind {
  word,               // a name, keyword or function
  name_placeholder,   // #name
  value_placeholder,  // :value
  digits,
  symbol,
  illegal,  // a character that begins no token
  end,
};

struct Token {
  TokenKind kind;
  std::string_view text;  // part of the expression, which must outlive the token
  std::size_t begin;
};

// Never fails: what is no token is an illegal one, for the parser to refuse. Ends with an end
// token.
std::vector<Token> tokenize(std::string_view expression);

}  // namespace votemu::dynamodb::expression
