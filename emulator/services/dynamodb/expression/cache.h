// Trees of the expressions seen lately: clients send the same few texts again and again.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "services/dynamodb/expression/ast.h"

namespace votemu::dynamodb::expression {

// Throws as the parser does; what cannot be parsed is not kept.
class Cache {
 public:
  std::shared_ptr<const UpdateExpression> update(std::string_view text);
  std::shared_ptr<const ConditionExpression> condition(Role role, std::string_view text);
  std::shared_ptr<const ProjectionExpression> projection(std::string_view text);

 private:
  template <class Tree>
  using Trees = std::map<std::string, std::shared_ptr<const Tree>, std::less<>>;
  template <class Tree, class Parse>
  static std::shared_ptr<const Tree> find_or_parse(Trees<Tree>& trees, std::string_view text,
                                                   Parse parse);

  Trees<UpdateExpression> updates_;
  std::map<Role, Trees<ConditionExpression>> conditions_;
  Trees<ProjectionExpression> projections_;
};

}  // namespace votemu::dynamodb::expression
