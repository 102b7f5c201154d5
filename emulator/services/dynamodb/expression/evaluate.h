// What paths, operands and conditions come to for an item. Pure functions of the tree, the
// bindings, which must have been checked (check.h), and the item.
#pragma once

#include <optional>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/bindings.h"

namespace votemu::dynamodb::expression {

// nullptr when the item has nothing there.
const abi::AttributeValue* find_path(const abi::Item& item, const Path& path,
                                     const Bindings& bindings);

bool matches(const Node& condition, const Bindings& bindings, const abi::Item& item);

// Both strings, numbers or binaries: how they compare. Nothing otherwise.
std::optional<std::strong_ordering> compare_values(const abi::AttributeValue& left,
                                                   const abi::AttributeValue& right);

}  // namespace votemu::dynamodb::expression
