#include "services/dynamodb/expression/check.h"

#include <algorithm>
#include <array>

#include "services/dynamodb/expression/check_operands.h"
#include "services/dynamodb/expression/errors.h"

namespace votemu::dynamodb::expression {
namespace {

bool same_step(const PathStep& left, const PathStep& right, const Bindings& bindings) {
  if (left.kind == PathStep::Kind::index) return left.index == right.index;
  return bindings.name(left) == bindings.name(right);
}

// One path leads to or into what the other names; or one takes for a list what the other takes for
// a map.
void check_pair(Role role, const Path& left, const Path& right, const Bindings& bindings) {
  const auto told = [&](const std::string& problem) {
    return invalid_expression(role, "Two document paths " + problem +
                                        " with each other; must remove or rewrite one of these "
                                        "paths; path one: " +
                                        bindings.path_text(left) +
                                        ", path two: " + bindings.path_text(right));
  };
  const auto common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    const bool indexes = left[i].kind == PathStep::Kind::index;
    if (indexes != (right[i].kind == PathStep::Kind::index)) throw told("conflict");
    if (!same_step(left[i], right[i], bindings)) return;
  }
  throw told("overlap");
}

void check_pairs(Role role, const std::vector<Path>& paths, const Bindings& bindings) {
  for (std::size_t later = 1; later < paths.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      check_pair(role, paths[earlier], paths[later], bindings);
    }
  }
}

// ADD takes numbers and sets, DELETE sets.
void check_set_operand(const UpdateAction& action, bool adds, const Bindings& bindings) {
  constexpr std::array<std::string_view, 10> names = {
      "STRING", "NUMBER", "BINARY",     "BOOLEAN",    "NULL",
      "MAP",    "LIST",   "STRING_SET", "NUMBER_SET", "BINARY_SET"};
  constexpr std::size_t number = 1;
  constexpr std::size_t first_set = 7;
  const auto type = bindings.value(action.value).value.index();
  if (type >= first_set || (adds && type == number)) return;
  throw invalid_expression(
      Role::update,
      std::string("Incorrect operand type for operator or function; operator: ") +
          (adds ? "ADD" : "DELETE") + ", operand type: " + std::string(names[type]) +
          ", typeSet: " + (adds ? "ALLOWED_FOR_ADD_OPERAND" : "ALLOWED_FOR_DELETE_OPERAND"));
}

}  // namespace

void check(const UpdateExpression& update, Bindings& bindings) {
  for (const auto& path : update.written) bindings.require(Role::update, path);
  for (const auto* actions : {&update.set, &update.add, &update.delete_from}) {
    for (const auto& action : *actions) bindings.require(Role::update, action.value);
  }
  check_pairs(Role::update, update.written, bindings);
  for (const auto& action : update.add) check_set_operand(action, true, bindings);
  for (const auto& action : update.delete_from) check_set_operand(action, false, bindings);
  for (const auto& action : update.set) check_operands(Role::update, action.value, bindings);
}

void check(const ConditionExpression& condition, Bindings& bindings) {
  bindings.require(condition.role, condition.root);
  check_operands(condition.role, condition.root, bindings);
}

void check(const ProjectionExpression& projection, Bindings& bindings) {
  for (const auto& path : projection.paths) bindings.require(Role::projection, path);
  check_pairs(Role::projection, projection.paths, bindings);
}

}  // namespace votemu::dynamodb::expression
