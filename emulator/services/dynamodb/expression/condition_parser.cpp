#include <optional>

#include "services/dynamodb/expression/errors.h"
#include "services/dynamodb/expression/function_call.h"
#include "services/dynamodb/expression/parser.h"
#include "services/dynamodb/expression/token_stream.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb::expression {
namespace {

const std::vector<std::string_view> keywords = {"AND", "OR", "NOT", "BETWEEN", "IN"};

bool is_operand(const Node& node) {
  return node.kind == NodeKind::path || node.kind == NodeKind::value ||
         (node.kind == NodeKind::function &&
          (node.function == Function::size || node.function == Function::unknown));
}

bool is_condition(const Node& node) {
  if (node.kind == NodeKind::function) return node.function != Function::size;
  return !is_operand(node);
}

// By recursive descent, least binding first: OR, AND, NOT, comparisons. Parentheses may hold an
// operand or a condition; which one they held is seen from the node they gave.
class ConditionParser {
 public:
  ConditionParser(Role role, std::string_view text) : tokens_(role, text) {}

  ConditionExpression parse() {
    ConditionExpression expression{tokens_.role(), condition(disjunction())};
    tokens_.finish();
    return expression;
  }

 private:
  Node disjunction() {
    const Depth depth(*this);
    Node left = conjunction();
    while (tokens_.at_word("OR")) {
      left = join(NodeKind::either, std::move(left), [this] { return conjunction(); });
    }
    return left;
  }

  Node conjunction() {
    Node left = negation();
    while (tokens_.at_word("AND")) {
      left = join(NodeKind::both, std::move(left), [this] { return negation(); });
    }
    return left;
  }

  template <class Parse>
  Node join(NodeKind kind, Node left, Parse parse) {
    Node joined;
    joined.kind = kind;
    joined.children.push_back(condition(std::move(left)));
    tokens_.take();
    tokens_.count_operator();
    joined.children.push_back(condition(parse()));
    return joined;
  }

  Node negation() {
    if (!tokens_.take_word("NOT")) return comparison();
    tokens_.count_operator();
    const Depth depth(*this);
    Node node;
    node.kind = NodeKind::negation;
    node.children.push_back(condition(negation()));
    return node;
  }

  Node comparison() {
    Node left = primary();
    if (const auto kind = comparator()) {
      Node node = begin_comparison(*kind, std::move(left));
      node.children.push_back(operand(primary()));
      return node;
    }
    if (tokens_.at_word("BETWEEN")) {
      Node node = begin_comparison(NodeKind::between, std::move(left));
      node.children.push_back(operand(primary()));
      tokens_.expect_word("AND");
      node.children.push_back(operand(primary()));
      return node;
    }
    if (tokens_.at_word("IN")) return membership(std::move(left));
    return left;
  }

  Node begin_comparison(NodeKind kind, Node left) {
    Node node;
    node.kind = kind;
    node.children.push_back(operand(std::move(left)));
    tokens_.take();
    tokens_.count_operator();
    return node;
  }

  Node membership(Node left) {
    Node node = begin_comparison(NodeKind::in, std::move(left));
    tokens_.expect_symbol("(");
    do {
      node.children.push_back(operand(primary()));
    } while (tokens_.take_symbol(","));
    tokens_.expect_symbol(")");
    if (node.children.size() - 1 > limits::max_in_operands) {
      throw invalid_expression(
          tokens_.role(),
          "The IN operator is provided with too many operands; number of operands: " +
              std::to_string(node.children.size() - 1));
    }
    return node;
  }

  std::optional<NodeKind> comparator() const {
    if (tokens_.at_symbol("=")) return NodeKind::equal;
    if (tokens_.at_symbol("<>")) return NodeKind::not_equal;
    if (tokens_.at_symbol("<")) return NodeKind::less;
    if (tokens_.at_symbol("<=")) return NodeKind::less_or_equal;
    if (tokens_.at_symbol(">")) return NodeKind::greater;
    if (tokens_.at_symbol(">=")) return NodeKind::greater_or_equal;
    return std::nullopt;
  }

  Node primary() {
    if (tokens_.take_symbol("(")) return parenthesised();
    if (at_function_call(tokens_) && !tokens_.at_word("NOT")) return call();
    Node node;
    if (tokens_.peek().kind == TokenKind::value_placeholder) {
      node.kind = NodeKind::value;
      node.text = tokens_.take().text;
    } else {
      node.path = tokens_.path(keywords);
    }
    return node;
  }

  Node parenthesised() {
    Node node = disjunction();
    tokens_.expect_symbol(")");
    if (node.parenthesised) {
      throw invalid_expression(tokens_.role(), "The expression has redundant parentheses;");
    }
    node.parenthesised = true;
    return node;
  }

  Node call() {
    const Depth depth(*this);
    Node node = take_function_name(tokens_);
    if (!tokens_.take_symbol(")")) {
      do {
        node.children.push_back(operand(primary()));
      } while (tokens_.take_symbol(","));
      tokens_.expect_symbol(")");
    }
    return node;
  }

  Node condition(Node node) {
    if (is_condition(node)) return node;
    if (node.kind != NodeKind::function) tokens_.syntax_error();
    return misused(std::move(node));
  }

  Node operand(Node node) {
    if (is_operand(node)) return node;
    if (node.kind != NodeKind::function) tokens_.syntax_error();
    return misused(std::move(node));
  }

  Node misused(Node node) {
    tokens_.note_unknown_function(
        "The function is not allowed to be used this way in an expression; function: " + node.text);
    return node;
  }

  // How deeply parentheses, NOTs and calls may nest: a bound on the parser's own recursion and on
  // that of everything that walks the tree.
  class Depth {
   public:
    explicit Depth(ConditionParser& parser) : parser_(parser) {
      if (++parser_.depth_ > limits::max_operators) {
        throw invalid_expression(parser_.tokens_.role(),
                                 "The expression contains too many operators; operator count: " +
                                     std::to_string(parser_.depth_));
      }
    }
    ~Depth() { --parser_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

   private:
    ConditionParser& parser_;
  };

  TokenStream tokens_;
  std::size_t depth_ = 0;
};

}  // namespace

ConditionExpression parse_condition(Role role, std::string_view text) {
  return ConditionParser(role, text).parse();
}

}  // namespace votemu::dynamodb::expression
