// What a request puts in for the placeholders of its expressions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/expression/ast.h"

namespace votemu::dynamodb::expression {

using Names = std::map<std::string, std::string>;

class Bindings {
 public:
  // Both outlive the bindings; nullptr when the request has none. Throws when they are empty or
  // when a placeholder is malformed.
  Bindings(const Names* names, const abi::AttributeMap* values);

  // Before anything is evaluated: every placeholder of the path or tree has a meaning, and is used.
  void require(Role role, const Path& path);
  void require(Role role, const Node& node);

  // Throws when a name or value was given that no expression uses.
  void check_all_used() const;

  // Of placeholders that were required.
  const std::string& name(const PathStep& step) const;
  const abi::AttributeValue& value(const Node& node) const;

  // "[a, b, [3]]" as in AWS's errors.
  std::string path_text(const Path& path) const;

 private:
  const Names* names_;
  const abi::AttributeMap* values_;
  std::vector<std::string_view> used_;
};

}  // namespace votemu::dynamodb::expression
