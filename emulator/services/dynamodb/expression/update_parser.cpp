#include <array>
#include <string>

#include "services/dynamodb/expression/errors.h"
#include "services/dynamodb/expression/function_call.h"
#include "services/dynamodb/expression/parser.h"
#include "services/dynamodb/expression/token_stream.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb::expression {
namespace {

const std::vector<std::string_view> keywords = {"SET", "REMOVE", "ADD", "DELETE"};

class UpdateParser {
 public:
  explicit UpdateParser(std::string_view text) : tokens_(Role::update, text) {}

  UpdateExpression parse() {
    do {
      section();
    } while (tokens_.peek().kind != TokenKind::end);
    tokens_.finish();
    list_written();
    return std::move(expression_);
  }

 private:
  void list_written() {
    auto& written = expression_.written;
    for (const auto& action : expression_.set) written.push_back(action.path);
    for (const auto& path : expression_.remove) written.push_back(path);
    for (const auto& action : expression_.add) written.push_back(action.path);
    for (const auto& action : expression_.delete_from) written.push_back(action.path);
  }

  void section() {
    if (begin_section(0)) return list([this] { set_action(); });
    if (begin_section(1)) return list([this] { expression_.remove.push_back(path()); });
    if (begin_section(2)) return list([this] { set_of_values(expression_.add); });
    if (begin_section(3)) return list([this] { set_of_values(expression_.delete_from); });
    tokens_.syntax_error();
  }

  bool begin_section(std::size_t index) {
    if (!tokens_.take_word(keywords[index])) return false;
    if (seen_[index]) {
      tokens_.note_section("The \"" + std::string(keywords[index]) +
                           "\" section can only be used once in an update expression;");
    }
    seen_[index] = true;
    return true;
  }

  template <class Parse>
  void list(Parse parse) {
    do {
      parse();
    } while (tokens_.take_symbol(","));
  }

  Path path() { return tokens_.path(keywords); }

  void set_action() {
    UpdateAction action{path(), {}};
    tokens_.expect_symbol("=");
    tokens_.count_operator();
    action.value = sum();
    expression_.set.push_back(std::move(action));
  }

  void set_of_values(std::vector<UpdateAction>& actions) {
    UpdateAction action{path(), {}};
    if (tokens_.peek().kind != TokenKind::value_placeholder) tokens_.syntax_error();
    action.value = value();
    actions.push_back(std::move(action));
  }

  Node value() {
    Node node;
    node.kind = NodeKind::value;
    node.text = tokens_.take().text;
    return node;
  }

  // One operator at most: a sum of three terms needs parentheses.
  Node sum() {
    Node left = term();
    const bool plus = tokens_.at_symbol("+");
    if (!plus && !tokens_.at_symbol("-")) return left;
    tokens_.take();
    tokens_.count_operator();
    Node node;
    node.kind = plus ? NodeKind::plus : NodeKind::minus;
    node.children.push_back(std::move(left));
    node.children.push_back(term());
    return node;
  }

  Node term() {
    if (tokens_.peek().kind == TokenKind::value_placeholder) return value();
    if (tokens_.take_symbol("(")) return parenthesised();
    if (at_function_call(tokens_)) return call();
    Node node;
    node.path = path();
    return node;
  }

  Node parenthesised() {
    const auto before = depth_;
    enter();
    Node node = sum();
    depth_ = before;
    tokens_.expect_symbol(")");
    if (node.parenthesised) {
      throw invalid_expression(Role::update, "The expression has redundant parentheses;");
    }
    node.parenthesised = true;
    return node;
  }

  Node call() {
    const auto before = depth_;
    enter();
    Node node = take_function_name(tokens_);
    if (!tokens_.take_symbol(")")) {
      do {
        node.children.push_back(sum());
      } while (tokens_.take_symbol(","));
      tokens_.expect_symbol(")");
    }
    depth_ = before;
    return node;
  }

  // As in conditions: bounds the recursion of everything that walks the tree.
  void enter() {
    if (++depth_ > limits::max_operators) {
      throw invalid_expression(
          Role::update,
          "The expression contains too many operators; operator count: " + std::to_string(depth_));
    }
  }

  TokenStream tokens_;
  UpdateExpression expression_;
  std::array<bool, 4> seen_{};
  std::size_t depth_ = 0;
};

}  // namespace

UpdateExpression parse_update(std::string_view text) {
  return UpdateParser(text).parse();
}

ProjectionExpression parse_projection(std::string_view text) {
  TokenStream tokens(Role::projection, text);
  ProjectionExpression expression;
  do {
    expression.paths.push_back(tokens.path({}));
  } while (tokens.take_symbol(","));
  tokens.finish();
  return expression;
}

}  // namespace votemu::dynamodb::expression
