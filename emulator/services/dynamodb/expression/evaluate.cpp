#include "services/dynamodb/expression/evaluate.h"

#include <algorithm>
#include <compare>

#include "handlers/abi/attribute_json.h"
#include "handlers/abi/decimal.h"
#include "services/dynamodb/expression/operand.h"

namespace votemu::dynamodb::expression {
namespace {

using abi::AttributeValue;

const AttributeValue* find_step(const AttributeValue& parent, const PathStep& step,
                                const Bindings& bindings) {
  if (step.kind == PathStep::Kind::index) {
    const auto* list = parent.get_if<abi::AttributeList>();
    return list && step.index < list->size() ? &(*list)[step.index] : nullptr;
  }
  const auto* map = parent.get_if<abi::AttributeMap>();
  if (map == nullptr) return nullptr;
  const auto found = map->find(bindings.name(step));
  return found == map->end() ? nullptr : &found->second;
}

// Strings are measured as AWS's Java does: characters beyond the basic plane count twice.
std::size_t string_length(const std::string& text) {
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) length += byte >= 0xF0 ? 2 : 1;
  }
  return length;
}

struct Measure {
  using Size = std::optional<std::size_t>;
  Size operator()(const std::string& value) const { return string_length(value); }
  Size operator()(const abi::Binary& value) const { return value.bytes.size(); }
  Size operator()(const abi::AttributeMap& value) const { return value.size(); }
  Size operator()(const abi::AttributeList& value) const { return value.size(); }
  Size operator()(const abi::StringSet& value) const { return value.elements.size(); }
  Size operator()(const abi::NumberSet& value) const { return value.elements.size(); }
  Size operator()(const abi::BinarySet& value) const { return value.elements.size(); }
  Size operator()(const abi::Number&) const { return std::nullopt; }
  Size operator()(bool) const { return std::nullopt; }
  Size operator()(const abi::Null&) const { return std::nullopt; }
};

template <class Elements, class Element>
bool has(const Elements& elements, const Element& element) {
  return std::find(elements.begin(), elements.end(), element) != elements.end();
}

bool contains(const AttributeValue& container, const AttributeValue& element) {
  if (const auto* list = container.get_if<abi::AttributeList>()) return has(*list, element);
  if (const auto* text = element.get_if<std::string>()) {
    if (const auto* set = container.get_if<abi::StringSet>()) return has(set->elements, *text);
    const auto* whole = container.get_if<std::string>();
    return whole && whole->find(*text) != std::string::npos;
  }
  if (const auto* binary = element.get_if<abi::Binary>()) {
    if (const auto* set = container.get_if<abi::BinarySet>()) return has(set->elements, *binary);
    const auto* whole = container.get_if<abi::Binary>();
    return whole && whole->bytes.find(binary->bytes) != std::string::npos;
  }
  if (const auto* number = element.get_if<abi::Number>()) {
    const auto* set = container.get_if<abi::NumberSet>();
    return set && has(set->elements, *number);
  }
  return false;
}

bool begins_with(const AttributeValue& whole, const AttributeValue& prefix) {
  if (const auto* text = whole.get_if<std::string>()) {
    const auto* start = prefix.get_if<std::string>();
    return start && text->starts_with(*start);
  }
  if (const auto* binary = whole.get_if<abi::Binary>()) {
    const auto* start = prefix.get_if<abi::Binary>();
    return start && binary->bytes.starts_with(start->bytes);
  }
  return false;
}

class Evaluation {
 public:
  Evaluation(const Bindings& bindings, const abi::Item& item) : bindings_(bindings), item_(item) {}

  bool matches(const Node& node) const {
    switch (node.kind) {
      case NodeKind::both:
        return matches(node.children[0]) && matches(node.children[1]);
      case NodeKind::either:
        return matches(node.children[0]) || matches(node.children[1]);
      case NodeKind::negation:
        return !matches(node.children[0]);
      case NodeKind::function:
        return call(node);
      case NodeKind::in:
        return is_one_of(node);
      case NodeKind::between:
        return ordered(NodeKind::less_or_equal, node.children[1], node.children[0]) &&
               ordered(NodeKind::less_or_equal, node.children[0], node.children[2]);
      case NodeKind::equal:
        return equal(node.children[0], node.children[1]);
      case NodeKind::not_equal:
        return !equal(node.children[0], node.children[1]);
      default:
        return ordered(node.kind, node.children[0], node.children[1]);
    }
  }

 private:
  Operand operand(const Node& node) const {
    if (node.kind == NodeKind::value) return &bindings_.value(node);
    if (node.kind == NodeKind::path) return find_path(item_, node.path, bindings_);
    const auto measured = operand(node.children[0]);  // size() is the only function among operands
    if (!measured) return nullptr;
    const auto size = std::visit(Measure{}, (*measured).value);
    if (!size) return nullptr;
    return AttributeValue(abi::Number{std::to_string(*size)});
  }

  bool equal(const Node& left, const Node& right) const {
    const auto a = operand(left);
    const auto b = operand(right);
    return a && b && *a == *b;
  }

  bool ordered(NodeKind kind, const Node& left, const Node& right) const {
    const auto a = operand(left);
    const auto b = operand(right);
    if (!a || !b) return false;
    const auto order = compare_values(*a, *b);
    if (!order) return false;
    if (kind == NodeKind::less) return *order < 0;
    if (kind == NodeKind::less_or_equal) return *order <= 0;
    return kind == NodeKind::greater ? *order > 0 : *order >= 0;
  }

  bool is_one_of(const Node& node) const {
    return std::any_of(node.children.begin() + 1, node.children.end(),
                       [&](const Node& candidate) { return equal(node.children[0], candidate); });
  }

  bool call(const Node& node) const {
    const auto first = operand(node.children[0]);
    if (node.function == Function::attribute_exists) return static_cast<bool>(first);
    if (node.function == Function::attribute_not_exists) return !first;
    const auto second = operand(node.children[1]);
    if (!first || !second) return false;
    if (node.function == Function::contains) return contains(*first, *second);
    if (node.function == Function::begins_with) return begins_with(*first, *second);
    const auto* type = (*second).get_if<std::string>();
    return type && *type == abi::attribute_type_name(*first);
  }

  const Bindings& bindings_;
  const abi::Item& item_;
};

}  // namespace

const AttributeValue* find_path(const abi::Item& item, const Path& path, const Bindings& bindings) {
  const auto found = item.find(bindings.name(path.front()));
  if (found == item.end()) return nullptr;
  const AttributeValue* value = &found->second;
  for (std::size_t i = 1; i < path.size() && value != nullptr; ++i) {
    value = find_step(*value, path[i], bindings);
  }
  return value;
}

std::optional<std::strong_ordering> compare_values(const AttributeValue& left,
                                                   const AttributeValue& right) {
  if (left.value.index() != right.value.index()) return std::nullopt;
  if (const auto* text = left.get_if<std::string>()) {
    return text->compare(*right.get_if<std::string>()) <=> 0;
  }
  if (const auto* number = left.get_if<abi::Number>()) {
    return abi::Decimal::parse(number->text) <=>
           abi::Decimal::parse(right.get_if<abi::Number>()->text);
  }
  if (const auto* binary = left.get_if<abi::Binary>()) {
    return binary->bytes.compare(right.get_if<abi::Binary>()->bytes) <=> 0;
  }
  return std::nullopt;
}

bool matches(const Node& condition, const Bindings& bindings, const abi::Item& item) {
  return Evaluation(bindings, item).matches(condition);
}

}  // namespace votemu::dynamodb::expression
