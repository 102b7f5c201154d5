#include "services/dynamodb/expression/lexer.h"

namespace votemu::dynamodb::expression {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool continues_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

template <class Predicate>
std::size_t run_length(std::string_view text, Predicate accepts) {
  std::size_t length = 0;
  while (length < text.size() && accepts(text[length])) ++length;
  return length;
}

Token token_at(std::string_view expression, std::size_t begin) {
  const auto rest = expression.substr(begin);
  const auto token = [&](TokenKind kind, std::size_t length) {
    return Token{kind, rest.substr(0, length), begin};
  };
  const char first = rest.front();
  if (is_letter(first)) return token(TokenKind::word, run_length(rest, continues_word));
  if (is_digit(first)) return token(TokenKind::digits, run_length(rest, is_digit));
  if (first == '#' || first == ':') {
    const auto length = 1 + run_length(rest.substr(1), continues_word);
    if (length == 1) return token(TokenKind::illegal, 1);
    return token(first == '#' ? TokenKind::name_placeholder : TokenKind::value_placeholder, length);
  }
  for (const std::string_view pair : {"<>", "<=", ">="}) {
    if (rest.starts_with(pair)) return token(TokenKind::symbol, pair.size());
  }
  const bool known = std::string_view("=<>+-()[],.").find(first) != std::string_view::npos;
  return token(known ? TokenKind::symbol : TokenKind::illegal, 1);
}

}  // namespace

std::vector<Token> tokenize(std::string_view expression) {
  std::vector<Token> tokens;
  std::size_t position = 0;
  while (true) {
    position += run_length(expression.substr(position), is_space);
    if (position == expression.size()) break;
    tokens.push_back(token_at(expression, position));
    position += tokens.back().text.size();
  }
  tokens.push_back({TokenKind::end, "<EOF>", expression.size()});
  return tokens;
}

}  // namespace votemu::dynamodb::expression
