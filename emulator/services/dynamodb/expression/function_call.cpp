#include "services/dynamodb/expression/function_call.h"

#include <algorithm>
#include <array>
#include <utility>

namespace votemu::dynamodb::expression {
namespace {

constexpr std::array<std::pair<std::string_view, Function>, 8> functions = {{
    {"attribute_exists", Function::attribute_exists},
    {"attribute_not_exists", Function::attribute_not_exists},
    {"attribute_type", Function::attribute_type},
    {"begins_with", Function::begins_with},
    {"contains", Function::contains},
    {"size", Function::size},
    {"if_not_exists", Function::if_not_exists},
    {"list_append", Function::list_append},
}};

bool is_update_function(Function function) {
  return function == Function::if_not_exists || function == Function::list_append;
}

std::string kind_of(Role role) {
  if (role == Role::update) return "an update expression";
  if (role == Role::filter) return "a filter expression";
  return role == Role::key_condition ? "a key condition expression" : "a condition expression";
}

}  // namespace

bool at_function_call(const TokenStream& tokens) {
  return tokens.peek().kind == TokenKind::word && tokens.peek(1).kind == TokenKind::symbol &&
         tokens.peek(1).text == "(";
}

Node take_function_name(TokenStream& tokens) {
  Node node;
  node.kind = NodeKind::function;
  node.text = tokens.take().text;
  tokens.expect_symbol("(");
  tokens.count_operator();
  const auto* known = std::find_if(functions.begin(), functions.end(),
                                   [&](const auto& entry) { return entry.first == node.text; });
  if (known == functions.end()) {
    tokens.note_unknown_function("Invalid function name; function: " + node.text);
    return node;
  }
  node.function = known->second;
  if (is_update_function(node.function) != (tokens.role() == Role::update)) {
    tokens.note_unknown_function("The function is not allowed in " + kind_of(tokens.role()) +
                                 "; function: " + node.text);
  }
  return node;
}

}  // namespace votemu::dynamodb::expression
