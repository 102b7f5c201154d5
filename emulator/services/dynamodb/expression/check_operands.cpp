#include "services/dynamodb/expression/check_operands.h"

#include <algorithm>
#include <array>

#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/expression/errors.h"
#include "services/dynamodb/expression/evaluate.h"

namespace votemu::dynamodb::expression {
namespace {

std::string operator_name(const Node& node) {
  switch (node.kind) {
    case NodeKind::plus:
      return "+";
    case NodeKind::minus:
      return "-";
    case NodeKind::equal:
      return "=";
    case NodeKind::not_equal:
      return "<>";
    case NodeKind::less:
      return "<";
    case NodeKind::less_or_equal:
      return "<=";
    case NodeKind::greater:
      return ">";
    case NodeKind::greater_or_equal:
      return ">=";
    case NodeKind::between:
      return "BETWEEN";
    case NodeKind::in:
      return "IN";
    default:
      return node.text;
  }
}

class OperandCheck {
 public:
  OperandCheck(Role role, const Bindings& bindings) : role_(role), bindings_(bindings) {}

  void visit(const Node& node) const {
    if (node.kind == NodeKind::function) check_function(node);
    if (node.kind == NodeKind::plus || node.kind == NodeKind::minus) require_types(node, {"N"});
    if (is_ordering(node.kind)) require_types(node, {"S", "N", "B"});
    if (node.kind >= NodeKind::equal && node.kind <= NodeKind::between) check_distinct(node);
    if (node.kind == NodeKind::between) check_bounds(node);
    for (const auto& child : node.children) visit(child);
  }

 private:
  static bool is_ordering(NodeKind kind) {
    return kind >= NodeKind::less && kind <= NodeKind::between;
  }

  void check_function(const Node& node) const {
    require_count(node);
    switch (node.function) {
      case Function::attribute_exists:
      case Function::attribute_not_exists:
      case Function::if_not_exists:
        require_path(node);
        break;
      case Function::list_append:
        require_types(node, {"L"});
        break;
      case Function::begins_with:
        require_types(node, {"S", "B"});
        check_distinct(node);
        break;
      case Function::contains:
        check_distinct(node);
        break;
      case Function::size:
        require_types(node, {"S", "B", "M", "L", "SS", "NS", "BS"});
        break;
      case Function::attribute_type:
        check_type_name(node);
        break;
      case Function::unknown:
        break;
    }
  }

  void require_count(const Node& node) const {
    const bool unary = node.function == Function::attribute_exists ||
                       node.function == Function::attribute_not_exists ||
                       node.function == Function::size;
    if (node.children.size() == (unary ? 1U : 2U)) return;
    throw invalid_expression(role_,
                             "Incorrect number of operands for operator or function; "
                             "operator or function: " +
                                 node.text +
                                 ", number of operands: " + std::to_string(node.children.size()));
  }

  void require_path(const Node& node) const {
    if (node.children[0].kind == NodeKind::path) return;
    throw invalid_expression(
        role_, "Operator or function requires a document path; operator or function: " + node.text);
  }

  // Of the operands whose values the request holds; those of the item show later.
  void require_types(const Node& node, std::initializer_list<std::string_view> types) const {
    for (const auto& child : node.children) {
      const auto type = known_type(child);
      if (type.empty() || std::find(types.begin(), types.end(), type) != types.end()) continue;
      refuse_type(node, type);
    }
  }

  // Empty when only the item can tell.
  std::string_view known_type(const Node& node) const {
    if (node.kind == NodeKind::value) return abi::attribute_type_name(bindings_.value(node));
    if (node.kind == NodeKind::plus || node.kind == NodeKind::minus) return "N";
    if (node.kind != NodeKind::function) return {};
    if (node.function == Function::size) return "N";
    return node.function == Function::list_append ? "L" : "";
  }

  [[noreturn]] void refuse_type(const Node& node, std::string_view type) const {
    throw invalid_expression(
        role_, "Incorrect operand type for operator or function; operator or function: " +
                   operator_name(node) + ", operand type: " + std::string(type));
  }

  void check_type_name(const Node& node) const {
    if (node.children[1].kind != NodeKind::value) return;
    const auto& value = bindings_.value(node.children[1]);
    const auto* name = value.get_if<std::string>();
    if (name == nullptr) refuse_type(node, abi::attribute_type_name(value));
    constexpr std::array<std::string_view, 10> names = {"B",  "NULL", "SS", "BOOL", "L",
                                                        "BS", "N",    "NS", "S",    "M"};
    if (std::find(names.begin(), names.end(), *name) != names.end()) return;
    throw invalid_expression(role_, "Invalid attribute type name found; type: " + *name +
                                        ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
  }

  void check_distinct(const Node& node) const {
    if (node.children[0].kind != NodeKind::path) return;
    const auto first = bindings_.path_text(node.children[0].path);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const auto& other = node.children[i];
      if (other.kind != NodeKind::path || bindings_.path_text(other.path) != first) continue;
      throw invalid_expression(role_,
                               "The first operand must be distinct from the remaining operands for "
                               "this operator or function; operator: " +
                                   operator_name(node) + ", first operand: " + first);
    }
  }

  void check_bounds(const Node& node) const {
    const Node& lower = node.children[1];
    const Node& upper = node.children[2];
    if (lower.kind != NodeKind::value || upper.kind != NodeKind::value) return;
    const auto& least = bindings_.value(lower);
    const auto& greatest = bindings_.value(upper);
    const auto order = compare_values(least, greatest);
    if (order && *order <= 0) return;
    throw invalid_expression(
        role_,
        std::string(order ? "The BETWEEN operator requires upper bound to be greater than or "
                            "equal to lower bound"
                          : "The BETWEEN operator requires same data type for lower and "
                            "upper bounds") +
            "; lower bound operand: " + bound_text(least) +
            ", upper bound operand: " + bound_text(greatest));
  }

  static std::string bound_text(const abi::AttributeValue& value) {
    std::string content;
    if (const auto* text = value.get_if<std::string>()) content = *text;
    if (const auto* number = value.get_if<abi::Number>()) content = number->text;
    if (const auto* binary = value.get_if<abi::Binary>()) content = binary->bytes;
    return "AttributeValue: {" + std::string(abi::attribute_type_name(value)) + ":" + content + "}";
  }

  Role role_;
  const Bindings& bindings_;
};

}  // namespace

void check_operands(Role role, const Node& node, const Bindings& bindings) {
  OperandCheck(role, bindings).visit(node);
}

}  // namespace votemu::dynamodb::expression
