// What the parsers of all expressions share: tokens in turn, document paths, and mistakes that are
// only told once the whole expression has turned out to be well formed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/lexer.h"

namespace votemu::dynamodb::expression {

class TokenStream {
 public:
  // Throws when the expression is empty or too long.
  TokenStream(Role role, std::string_view text);

  const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  // A keyword, whatever its case.
  bool at_word(std::string_view keyword) const;
  bool take_word(std::string_view keyword);
  bool at_symbol(std::string_view symbol) const;
  bool take_symbol(std::string_view symbol);
  void expect_symbol(std::string_view symbol);
  void expect_word(std::string_view keyword);

  // A path; words of `keywords` (upper case) cannot begin one.
  Path path(const std::vector<std::string_view>& keywords);

  // At the current token.
  [[noreturn]] void syntax_error() const;

  // Of each kind the first is told.
  void note_unknown_function(const std::string& problem) { note(function_problem_, problem); }
  void note_section(const std::string& problem) { note(section_problem_, problem); }
  void count_operator();

  // After the last token: throws what was noted, or a syntax error when something is left.
  void finish() const;

  Role role() const { return role_; }

 private:
  static void note(std::string& slot, const std::string& problem) {
    if (slot.empty()) slot = problem;
  }
  std::string name();

  Role role_;
  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  std::size_t operators_ = 0;
  std::string reserved_problem_;
  std::string function_problem_;
  std::string section_problem_;
};

}  // namespace votemu::dynamodb::expression
