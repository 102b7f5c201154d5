#include "services/dynamodb/expression/update.h"

#include <algorithm>
#include <optional>

#include "core/aws_error.h"
#include "handlers/abi/decimal.h"
#include "services/dynamodb/expression/evaluate.h"
#include "services/dynamodb/expression/operand.h"

namespace votemu::dynamodb::expression {
namespace {

using abi::AttributeValue;

core::AwsError wrong_operand() {
  return core::validation_error("An operand in the update expression has an incorrect data type");
}

core::AwsError wrong_path() {
  return core::validation_error(
      "The document path provided in the update expression is invalid for update");
}

const std::string& number_of(const Operand& operand) {
  const auto* number = (*operand).get_if<abi::Number>();
  if (number == nullptr) throw wrong_operand();
  return number->text;
}

class Operands {
 public:
  Operands(const Bindings& bindings, const abi::Item& item) : bindings_(bindings), item_(item) {}

  Operand value(const Node& node) const {
    switch (node.kind) {
      case NodeKind::value:
        return &bindings_.value(node);
      case NodeKind::path:
        return existing(node.path);
      case NodeKind::plus:
        return computed(node, abi::sum_of_numbers);
      case NodeKind::minus:
        return computed(node, abi::difference_of_numbers);
      default:
        return call(node);
    }
  }

 private:
  using Arithmetic = std::string(const std::string& left, const std::string& right);

  AttributeValue computed(const Node& node, Arithmetic result_of) const {
    const auto left = value(node.children[0]);
    const auto& left_number = number_of(left);
    const auto right = value(node.children[1]);
    return abi::Number{result_of(left_number, number_of(right))};
  }

  const AttributeValue* existing(const Path& path) const {
    const auto* found = find_path(item_, path, bindings_);
    if (found != nullptr) return found;
    throw core::validation_error(
        "The provided expression refers to an attribute that does not exist in the item");
  }

  Operand call(const Node& node) const {
    if (node.function == Function::if_not_exists) {
      const auto* found = find_path(item_, node.children[0].path, bindings_);
      return found != nullptr ? found : value(node.children[1]);
    }
    auto joined = value(node.children[0]).take();
    const auto appended = value(node.children[1]);
    auto* list = joined.get_if<abi::AttributeList>();
    const auto* more = (*appended).get_if<abi::AttributeList>();
    if (list == nullptr || more == nullptr) throw wrong_operand();
    list->insert(list->end(), more->begin(), more->end());
    return joined;
  }

  const Bindings& bindings_;
  const abi::Item& item_;
};

// The map or list that the path's last step is in.
AttributeValue* parent_of(abi::Item& item, const Path& path, const Bindings& bindings) {
  const Path parent(path.begin(), path.end() - 1);
  // The item is the caller's own to change.
  auto* found = const_cast<AttributeValue*>(find_path(item, parent, bindings));
  if (found == nullptr) throw wrong_path();
  const bool fits = path.back().kind == PathStep::Kind::index
                        ? found->get_if<abi::AttributeList>() != nullptr
                        : found->get_if<abi::AttributeMap>() != nullptr;
  if (!fits) throw wrong_path();
  return found;
}

void put(abi::Item& item, const Path& path, const Bindings& bindings, AttributeValue value) {
  const auto& last = path.back();
  if (path.size() == 1) {
    item.insert_or_assign(bindings.name(last), std::move(value));
    return;
  }
  auto* parent = parent_of(item, path, bindings);
  if (auto* map = parent->get_if<abi::AttributeMap>()) {
    map->insert_or_assign(bindings.name(last), std::move(value));
    return;
  }
  auto* list = parent->get_if<abi::AttributeList>();
  if (last.index < list->size()) {
    (*list)[last.index] = std::move(value);
  } else {
    list->push_back(std::move(value));
  }
}

void erase(abi::Item& item, const Path& path, const Bindings& bindings) {
  const auto& last = path.back();
  if (path.size() == 1) {
    item.erase(bindings.name(last));
    return;
  }
  auto* parent = parent_of(item, path, bindings);
  if (auto* map = parent->get_if<abi::AttributeMap>()) {
    map->erase(bindings.name(last));
    return;
  }
  auto* list = parent->get_if<abi::AttributeList>();
  if (last.index < list->size()) {
    list->erase(list->begin() + static_cast<std::ptrdiff_t>(last.index));
  }
}

// Positions in lists mean those before the update: lower ones are put first, so that what lies
// beyond a list's end is appended in order, and removed last.
bool index_less(const Path* left, const Path* right) {
  return left->back().index < right->back().index;
}

struct SetUnion {
  AttributeValue operator()(abi::Number& number, const abi::Number& added) const {
    return abi::Number{abi::sum_of_numbers(number.text, added.text)};
  }
  template <class Set>
  requires requires(Set set) { set.elements; }
  AttributeValue operator()(Set& set, const Set& added) const {
    set.elements.insert(set.elements.end(), added.elements.begin(), added.elements.end());
    sort(set.elements);
    set.elements.erase(std::unique(set.elements.begin(), set.elements.end()), set.elements.end());
    return std::move(set);
  }
  template <class Left, class Right>
  AttributeValue operator()(Left&, const Right&) const {
    throw wrong_operand();
  }

  static void sort(std::vector<std::string>& elements) {
    std::sort(elements.begin(), elements.end());
  }
  static void sort(std::vector<abi::Binary>& elements) {
    std::sort(elements.begin(), elements.end(),
              [](const auto& a, const auto& b) { return a.bytes < b.bytes; });
  }
  static void sort(std::vector<abi::Number>& elements) {
    std::sort(elements.begin(), elements.end(), [](const auto& a, const auto& b) {
      return abi::Decimal::parse(a.text) < abi::Decimal::parse(b.text);
    });
  }
};

// What is left of a set; nothing when that is empty.
struct SetDifference {
  using Left = std::optional<AttributeValue>;
  template <class Set>
  requires requires(Set set) { set.elements; }
  Left operator()(Set& set, const Set& removed) const {
    std::erase_if(set.elements, [&](const auto& element) {
      return std::find(removed.elements.begin(), removed.elements.end(), element) !=
             removed.elements.end();
    });
    if (set.elements.empty()) return std::nullopt;
    return AttributeValue(std::move(set));
  }
  template <class First, class Second>
  Left operator()(First&, const Second&) const {
    throw wrong_operand();
  }
};

}  // namespace

abi::Item updated(const UpdateExpression& update, const Bindings& bindings, const abi::Item& item) {
  const Operands operands(bindings, item);
  abi::Item result = item;

  std::vector<std::pair<const Path*, AttributeValue>> puts;
  puts.reserve(update.set.size() + update.add.size());
  for (const auto& action : update.set) {
    puts.emplace_back(&action.path, operands.value(action.value).take());
  }
  for (const auto& action : update.add) {
    const auto& added = bindings.value(action.value);
    const auto* old = find_path(item, action.path, bindings);
    AttributeValue value = added;
    if (old != nullptr) {
      auto copy = *old;
      value = std::visit(SetUnion{}, copy.value, added.value);
    }
    puts.emplace_back(&action.path, std::move(value));
  }
  std::vector<const Path*> erased;
  for (const auto& path : update.remove) erased.push_back(&path);
  for (const auto& action : update.delete_from) {
    const auto* old = find_path(item, action.path, bindings);
    if (old == nullptr) {
      if (action.path.size() > 1) parent_of(result, action.path, bindings);
      continue;
    }
    auto copy = *old;
    auto rest = std::visit(SetDifference{}, copy.value, bindings.value(action.value).value);
    if (rest) {
      puts.emplace_back(&action.path, std::move(*rest));
    } else {
      erased.push_back(&action.path);
    }
  }

  if (puts.size() > 1) {
    std::stable_sort(puts.begin(), puts.end(),
                     [](const auto& a, const auto& b) { return index_less(a.first, b.first); });
  }
  for (auto& [path, value] : puts) put(result, *path, bindings, std::move(value));
  std::stable_sort(erased.begin(), erased.end(),
                   [](const Path* a, const Path* b) { return index_less(b, a); });
  for (const auto* path : erased) erase(result, *path, bindings);
  return result;
}

}  // namespace votemu::dynamodb::expression
