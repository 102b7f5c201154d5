// Parts of items: a projection expression's, or what an update wrote to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/bindings.h"

namespace votemu::dynamodb::expression {

class Projection {
 public:
  // Paths that do not overlap (check.h), their placeholders put in.
  Projection(const std::vector<Path>& paths, const Bindings& bindings);
  // Top-level attributes.
  explicit Projection(const std::vector<std::string>& attributes);

  // What of the item lies on the paths, in the item's own shape; of lists only the elements named,
  // closed up.
  abi::Item apply(const abi::Item& item) const;

  // Whether the attribute as a whole or a part of it is wanted.
  bool names(const std::string& attribute) const { return root_.names.contains(attribute); }

 private:
  struct Branch {
    bool whole = false;
    std::map<std::string, Branch> names;
    std::map<std::size_t, Branch> indexes;
  };
  static abi::AttributeMap apply_map(const Branch& branch, const abi::AttributeMap& map);
  static bool apply_value(const Branch& branch, const abi::AttributeValue& value,
                          abi::AttributeValue& result);

  Branch root_;
};

}  // namespace votemu::dynamodb::expression
