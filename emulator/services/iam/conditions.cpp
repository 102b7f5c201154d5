#include "services/iam/conditions.h"

#include <algorithm>
#include <array>
#include <functional>

#include "core/text.h"
#include "services/iam/condition_values.h"

namespace votemu::iam {
namespace {

struct Operator {
  std::string_view name;
  Comparison compare;
  bool negated = false;  // holds when no value of the policy compares
};

constexpr std::array operators{
    Operator{"StringEquals", equals},
    Operator{"StringNotEquals", equals, true},
    Operator{"StringEqualsIgnoreCase", equals_in_any_case},
    Operator{"StringNotEqualsIgnoreCase", equals_in_any_case, true},
    Operator{"StringLike", is_like},
    Operator{"StringNotLike", is_like, true},
    Operator{"NumericEquals", compares<read_number, std::equal_to<>>},
    Operator{"NumericNotEquals", compares<read_number, std::equal_to<>>, true},
    Operator{"NumericLessThan", compares<read_number, std::less<>>},
    Operator{"NumericLessThanEquals", compares<read_number, std::less_equal<>>},
    Operator{"NumericGreaterThan", compares<read_number, std::greater<>>},
    Operator{"NumericGreaterThanEquals", compares<read_number, std::greater_equal<>>},
    Operator{"DateEquals", compares<read_moment, std::equal_to<>>},
    Operator{"DateNotEquals", compares<read_moment, std::equal_to<>>, true},
    Operator{"DateLessThan", compares<read_moment, std::less<>>},
    Operator{"DateLessThanEquals", compares<read_moment, std::less_equal<>>},
    Operator{"DateGreaterThan", compares<read_moment, std::greater<>>},
    Operator{"DateGreaterThanEquals", compares<read_moment, std::greater_equal<>>},
    Operator{"Bool", equals_in_any_case},
    Operator{"BinaryEquals", equals},
    Operator{"IpAddress", is_in_range},
    Operator{"NotIpAddress", is_in_range, true},
    Operator{"ArnEquals", is_like_arn},
    Operator{"ArnLike", is_like_arn},
    Operator{"ArnNotEquals", is_like_arn, true},
    Operator{"ArnNotLike", is_like_arn, true},
};

// Asks whether the request has the key at all.
constexpr std::string_view null = "Null";

const Operator* find_operator(std::string_view name) {
  const auto* found = std::ranges::find(operators, name, &Operator::name);
  return found == operators.end() ? nullptr : found;
}

// How many of the request's values must be as the policy says.
enum class Quantifier { any, all, unsaid };

// "ForAnyValue:StringLikeIfExists" in its parts.
struct Test {
  std::string_view name;
  Quantifier quantifier = Quantifier::unsaid;
  bool if_exists = false;

  explicit Test(std::string_view text) : name(text) {
    const auto remove_prefix = [this](std::string_view prefix) {
      if (!name.starts_with(prefix)) return false;
      name.remove_prefix(prefix.size());
      return true;
    };
    if (remove_prefix("ForAnyValue:")) quantifier = Quantifier::any;
    if (remove_prefix("ForAllValues:")) quantifier = Quantifier::all;
    constexpr std::string_view suffix = "IfExists";
    if_exists = name.ends_with(suffix);
    if (if_exists) name.remove_suffix(suffix.size());
  }
};

// What is said of a key that the request does not have.
bool holds_for_nothing(const Test& test, const Operator& by) {
  if (test.if_exists || test.quantifier == Quantifier::all) return true;
  return by.negated && test.quantifier == Quantifier::unsaid;
}

bool is_absent_as_wanted(const Condition& condition, const std::vector<std::string>* values) {
  const std::string_view absent = values ? "false" : "true";
  return std::ranges::any_of(condition.values, [&](const std::string& wanted) {
    return core::equals_ignoring_case(wanted, absent);
  });
}

}  // namespace

bool is_condition_test(std::string_view test) {
  const std::string_view name = Test(test).name;
  return name == null || find_operator(name);
}

bool holds(const Condition& condition, const Variables& variables) {
  const Test test(condition.test);
  const auto* values = variables.keys.find(condition.key);
  if (test.name == null) return is_absent_as_wanted(condition, values);
  const Operator* by = find_operator(test.name);
  if (!by) return false;
  if (!values || values->empty()) return holds_for_nothing(test, *by);

  const auto is_as_wanted = [&](const std::string& value) {
    const bool found = std::ranges::any_of(condition.values, [&](const std::string& wanted) {
      return by->compare(value, wanted, variables);
    });
    return found != by->negated;
  };
  // Several values where one is expected: a negation is meant for each of them.
  const bool for_all =
      test.quantifier == Quantifier::all || (test.quantifier == Quantifier::unsaid && by->negated);
  return for_all ? std::ranges::all_of(*values, is_as_wanted)
                 : std::ranges::any_of(*values, is_as_wanted);
}

}  // namespace votemu::iam
