#include "services/dynamodb/expression/projection.h"

namespace votemu::dynamodb::expression {

Projection::Projection(const std::vector<Path>& paths, const Bindings& bindings) {
  for (const auto& path : paths) {
    Branch* branch = &root_;
    for (const auto& step : path) {
      branch = step.kind == PathStep::Kind::index ? &branch->indexes[step.index]
                                                  : &branch->names[bindings.name(step)];
    }
    branch->whole = true;
  }
}

Projection::Projection(const std::vector<std::string>& attributes) {
  for (const auto& name : attributes) root_.names[name].whole = true;
}

abi::Item Projection::apply(const abi::Item& item) const {
  return apply_map(root_, item);
}

abi::AttributeMap Projection::apply_map(const Branch& branch, const abi::AttributeMap& map) {
  abi::AttributeMap result;
  for (const auto& [name, inner] : branch.names) {
    const auto found = map.find(name);
    abi::AttributeValue part;
    if (found != map.end() && apply_value(inner, found->second, part)) {
      result.emplace_hint(result.end(), name, std::move(part));
    }
  }
  return result;
}

bool Projection::apply_value(const Branch& branch, const abi::AttributeValue& value,
                             abi::AttributeValue& result) {
  if (branch.whole) {
    result = value;
    return true;
  }
  if (const auto* map = value.get_if<abi::AttributeMap>()) {
    auto part = apply_map(branch, *map);
    if (part.empty()) return false;
    result = std::move(part);
    return true;
  }
  const auto* list = value.get_if<abi::AttributeList>();
  if (list == nullptr) return false;
  abi::AttributeList part;
  for (const auto& [index, inner] : branch.indexes) {
    abi::AttributeValue element;
    if (index < list->size() && apply_value(inner, (*list)[index], element)) {
      part.push_back(std::move(element));
    }
  }
  if (part.empty()) return false;
  result = std::move(part);
  return true;
}

}  // namespace votemu::dynamodb::expression
