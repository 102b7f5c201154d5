// What expressions say, before names and values are put in for their placeholders: the same text
// always means the same tree, so trees are kept and shared.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace votemu::dynamodb::expression {

// Which of a request's expressions it is: decides grammar and how errors name it.
enum class Role { update, condition, filter, key_condition, projection };

// "UpdateExpression", as the request's member is called.
std::string member_name(Role role);

struct PathStep {
  enum class Kind { name, placeholder, index };
  Kind kind = Kind::name;
  std::string name;  // a placeholder with its '#'
  std::size_t index = 0;
};

// A document path like a.#b[3].c; never empty, its first step is no index.
using Path = std::vector<PathStep>;

enum class Function {
  attribute_exists,
  attribute_not_exists,
  attribute_type,
  begins_with,
  contains,
  size,
  if_not_exists,
  list_append,
  unknown,
};

enum class NodeKind {
  // Operands
  path,
  value,
  plus,
  minus,
  function,  // an operand or a condition, depending on the function
  // Conditions
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  between,  // operand, lower, upper
  in,       // operand, candidates…
  both,
  either,
  negation,
};

struct Node {
  NodeKind kind = NodeKind::path;
  Path path;
  std::string text;  // a value's placeholder with its ':', a function's name
  Function function = Function::unknown;
  std::vector<Node> children;
  bool parenthesised = false;
};

struct UpdateAction {
  Path path;
  Node value;
};

struct UpdateExpression {
  std::vector<UpdateAction> set;
  std::vector<Path> remove;
  std::vector<UpdateAction> add;
  std::vector<UpdateAction> delete_from;
  std::vector<Path> written;  // the paths of all these, in this order
};

struct ConditionExpression {
  Role role = Role::condition;
  Node root;
};

struct ProjectionExpression {
  std::vector<Path> paths;
};

}  // namespace votemu::dynamodb::expression
