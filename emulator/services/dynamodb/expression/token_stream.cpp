#include "services/dynamodb/expression/token_stream.h"

#include <algorithm>

#include "core/text.h"
#include "services/dynamodb/expression/errors.h"
#include "services/dynamodb/expression/reserved_words.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb::expression {
namespace {

// No list is longer than an item is large.
constexpr std::size_t max_index_digits = 9;

}  // namespace

std::string member_name(Role role) {
  switch (role) {
    case Role::update:
      return "UpdateExpression";
    case Role::condition:
      return "ConditionExpression";
    case Role::filter:
      return "FilterExpression";
    case Role::key_condition:
      return "KeyConditionExpression";
    case Role::projection:
      return "ProjectionExpression";
  }
  return "";
}

TokenStream::TokenStream(Role role, std::string_view text) : role_(role), text_(text) {
  if (text.empty()) throw invalid_expression(role, "The expression can not be empty;");
  if (text.size() > limits::max_expression_bytes) {
    throw invalid_expression(role,
                             "Expression size has exceeded the maximum allowed size; expression "
                             "size: " +
                                 std::to_string(text.size()));
  }
  tokens_ = tokenize(text);
}

const Token& TokenStream::peek(std::size_t ahead) const {
  return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
}

const Token& TokenStream::take() {
  const Token& token = tokens_[position_];
  if (position_ + 1 < tokens_.size()) ++position_;
  return token;
}

bool TokenStream::at_word(std::string_view keyword) const {
  return peek().kind == TokenKind::word && core::equals_ignoring_case(peek().text, keyword);
}

bool TokenStream::take_word(std::string_view keyword) {
  if (!at_word(keyword)) return false;
  take();
  return true;
}

bool TokenStream::at_symbol(std::string_view symbol) const {
  return peek().kind == TokenKind::symbol && peek().text == symbol;
}

bool TokenStream::take_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  take();
  return true;
}

void TokenStream::expect_symbol(std::string_view symbol) {
  if (!take_symbol(symbol)) syntax_error();
}

void TokenStream::expect_word(std::string_view keyword) {
  if (!take_word(keyword)) syntax_error();
}

std::string TokenStream::name() {
  if (peek().kind != TokenKind::word && peek().kind != TokenKind::name_placeholder) syntax_error();
  const Token& token = take();
  if (token.kind == TokenKind::word && is_reserved(token.text)) {
    note(reserved_problem_,
         "Attribute name is a reserved keyword; reserved keyword: " + std::string(token.text));
  }
  return std::string(token.text);
}

Path TokenStream::path(const std::vector<std::string_view>& keywords) {
  for (const auto keyword : keywords) {
    if (at_word(keyword)) syntax_error();
  }
  const auto step = [&] {
    const auto kind = peek().kind == TokenKind::name_placeholder ? PathStep::Kind::placeholder
                                                                 : PathStep::Kind::name;
    return PathStep{kind, name(), 0};
  };
  Path path{step()};
  while (true) {
    if (take_symbol(".")) {
      path.push_back(step());
    } else if (take_symbol("[")) {
      if (peek().kind != TokenKind::digits || peek().text.size() > max_index_digits) syntax_error();
      path.push_back({PathStep::Kind::index, "", std::stoul(std::string(take().text))});
      expect_symbol("]");
    } else {
      break;
    }
    if (path.size() > limits::max_path_elements) {
      throw invalid_expression(role_,
                               "The document path has too many nesting elements; nesting levels: " +
                                   std::to_string(path.size()));
    }
  }
  return path;
}

void TokenStream::syntax_error() const {
  const Token& token = peek();
  const auto& before = position_ > 0 ? tokens_[position_ - 1] : token;
  const auto& after = peek(1);
  const auto end = after.kind == TokenKind::end ? after.begin : after.begin + after.text.size();
  const auto near = text_.substr(before.begin, end - before.begin);
  const auto last = near.find_last_not_of(" \t\r\n");
  throw invalid_expression(role_, "Syntax error; token: \"" + std::string(token.text) +
                                      "\", near: \"" + std::string(near.substr(0, last + 1)) +
                                      "\"");
}

void TokenStream::count_operator() {
  if (++operators_ > limits::max_operators) {
    throw invalid_expression(role_, "The expression contains too many operators; operator count: " +
                                        std::to_string(operators_));
  }
}

void TokenStream::finish() const {
  if (peek().kind != TokenKind::end) syntax_error();
  for (const auto* problem : {&reserved_problem_, &function_problem_, &section_problem_}) {
    if (!problem->empty()) throw invalid_expression(role_, *problem);
  }
}

}  // namespace votemu::dynamodb::expression
