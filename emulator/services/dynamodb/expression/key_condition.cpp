#include "services/dynamodb/expression/key_condition.h"

#include "core/aws_error.h"
#include "services/dynamodb/expression/errors.h"
#include "services/dynamodb/item_key.h"

namespace votemu::dynamodb::expression {
namespace {

core::AwsError invalid(const std::string& problem) {
  return invalid_expression(Role::key_condition, problem);
}

core::AwsError bad_condition(const std::string& problem) {
  return core::validation_error("Invalid condition in KeyConditionExpression: " + problem);
}

core::AwsError bad_operator(const std::string& name) {
  return core::validation_error("Invalid operator used in KeyConditionExpression: " + name);
}

// The operator as it reads when its operands change sides.
RangeOperator mirrored(RangeOperator op) {
  switch (op) {
    case RangeOperator::less:
      return RangeOperator::greater;
    case RangeOperator::less_or_equal:
      return RangeOperator::greater_or_equal;
    case RangeOperator::greater:
      return RangeOperator::less;
    case RangeOperator::greater_or_equal:
      return RangeOperator::less_or_equal;
    default:
      return op;
  }
}

RangeOperator operator_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::equal:
      return RangeOperator::equal;
    case NodeKind::less:
      return RangeOperator::less;
    case NodeKind::less_or_equal:
      return RangeOperator::less_or_equal;
    case NodeKind::greater:
      return RangeOperator::greater;
    case NodeKind::greater_or_equal:
      return RangeOperator::greater_or_equal;
    case NodeKind::between:
      return RangeOperator::between;
    case NodeKind::not_equal:
      throw bad_operator("<>");
    case NodeKind::in:
      throw bad_operator("IN");
    case NodeKind::either:
      throw bad_operator("OR");
    case NodeKind::negation:
      throw bad_operator("NOT");
    default:
      break;
  }
  if (node.function != Function::begins_with) throw bad_operator(node.text);
  return RangeOperator::begins_with;
}

struct AttributeCondition {
  std::string attribute;
  RangeCondition condition;
};

class Collector {
 public:
  explicit Collector(const Bindings& bindings) : bindings_(bindings) {}

  void collect(const Node& node) {
    if (node.kind == NodeKind::both) {
      collect(node.children[0]);
      collect(node.children[1]);
      return;
    }
    auto found = simple(node);
    for (const auto& other : conditions_) {
      if (other.attribute == found.attribute) {
        throw core::validation_error(
            "KeyConditionExpressions must only contain one condition per key");
      }
    }
    conditions_.push_back(std::move(found));
  }

  const std::vector<AttributeCondition>& conditions() const { return conditions_; }

 private:
  // One attribute against values.
  AttributeCondition simple(const Node& node) const {
    const auto op = operator_of(node);
    const auto attribute = attribute_of(node);
    const bool keyed_first = node.children[0].kind == NodeKind::path;
    if (!keyed_first && op == RangeOperator::between) {
      throw bad_condition("BETWEEN operator must have the key attribute as its first operand");
    }
    if (!keyed_first && op == RangeOperator::begins_with) {
      throw bad_condition("begins_with operator must have the key attribute as its first operand");
    }
    RangeCondition condition;
    condition.op = keyed_first ? op : mirrored(op);
    condition.value = bindings_.value(node.children[keyed_first ? 1 : 0]);
    if (op == RangeOperator::between) condition.upper = bindings_.value(node.children[2]);
    return {attribute, std::move(condition)};
  }

  std::string attribute_of(const Node& node) const {
    const Path* path = nullptr;
    for (const auto& child : node.children) {
      if (child.kind == NodeKind::function) {
        throw core::validation_error("KeyConditionExpressions cannot contain nested operations");
      }
      if (child.kind != NodeKind::path) continue;
      if (path != nullptr) throw bad_condition("Multiple attribute names used in one condition");
      path = &child.path;
    }
    if (path == nullptr) throw bad_condition("No key attribute specified");
    if (path->size() > 1) {
      throw core::validation_error(
          "KeyConditionExpressions cannot have conditions on nested attributes");
    }
    return bindings_.name(path->front());
  }

  const Bindings& bindings_;
  std::vector<AttributeCondition> conditions_;
};

const RangeCondition* find(const std::vector<AttributeCondition>& conditions,
                           const std::string& attribute) {
  for (const auto& condition : conditions) {
    if (condition.attribute == attribute) return &condition.condition;
  }
  return nullptr;
}

void check_value(const KeyAttribute& attribute, const abi::AttributeValue& value) {
  if (!has_key_type(value, attribute.type)) {
    throw core::validation_error(
        "One or more parameter values were invalid: Condition parameter type does not match schema "
        "type");
  }
  const auto* text = value.get_if<std::string>();
  if (text != nullptr && text->empty()) {
    throw core::validation_error(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
        "contain an empty string value. Key: " +
        attribute.name);
  }
}

}  // namespace

KeyCondition key_condition(const ConditionExpression& condition, const Bindings& bindings,
                           const KeySchema& keys) {
  Collector collector(bindings);
  collector.collect(condition.root);
  const auto& conditions = collector.conditions();
  if (conditions.size() > 2) {
    throw invalid("Conditions can be of length 1 or 2 only");
  }
  const auto* hash = find(conditions, keys.hash.name);
  if (hash == nullptr) {
    throw core::validation_error("Query condition missed key schema element: " + keys.hash.name);
  }
  if (hash->op != RangeOperator::equal) {
    throw core::validation_error("Query key condition not supported");
  }
  check_value(keys.hash, hash->value);
  KeyCondition result{hash->value, std::nullopt};
  if (conditions.size() == 1) return result;

  const auto* range = keys.range ? find(conditions, keys.range->name) : nullptr;
  if (range == nullptr) {
    if (!keys.range) throw core::validation_error("Query key condition not supported");
    throw core::validation_error("Query condition missed key schema element: " + keys.range->name);
  }
  check_value(*keys.range, range->value);
  if (range->upper) check_value(*keys.range, *range->upper);
  if (range->op == RangeOperator::begins_with && keys.range->type == KeyType::number) {
    throw invalid(
        "Incorrect operand type for operator or function; operator or function: begins_with, "
        "operand type: N");
  }
  result.range = *range;
  return result;
}

}  // namespace votemu::dynamodb::expression
