#include "services/dynamodb/expression/cache.h"

#include "services/dynamodb/expression/parser.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb::expression {

template <class Tree, class Parse>
std::shared_ptr<const Tree> Cache::find_or_parse(Trees<Tree>& trees, std::string_view text,
                                                 Parse parse) {
  const auto found = trees.find(text);
  if (found != trees.end()) return found->second;
  auto tree = std::make_shared<const Tree>(parse(text));
  if (trees.size() >= limits::max_cached_expressions) trees.clear();
  trees.emplace(text, tree);
  return tree;
}

std::shared_ptr<const UpdateExpression> Cache::update(std::string_view text) {
  return find_or_parse(updates_, text, parse_update);
}

std::shared_ptr<const ConditionExpression> Cache::condition(Role role, std::string_view text) {
  return find_or_parse(conditions_[role], text,
                       [role](std::string_view one) { return parse_condition(role, one); });
}

std::shared_ptr<const ProjectionExpression> Cache::projection(std::string_view text) {
  return find_or_parse(projections_, text, parse_projection);
}

}  // namespace votemu::dynamodb::expression
