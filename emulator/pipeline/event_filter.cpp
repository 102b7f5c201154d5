#include "pipeline/event_filter.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "core/aws_error.h"
#include "core/text.h"
#include "handlers/abi/json_tree.h"

namespace votemu::pipeline {
namespace {

using core::Json;

// A value may be absent: nullptr.
bool matches_object(const Json& pattern, const Json* value);
bool matches_condition(const Json& condition, const Json* value);

// The numbers of a table's records are text.
std::optional<double> number_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

bool compares(std::string_view comparison, double value, double bound) {
  if (comparison == "=") return value == bound;
  if (comparison == "<") return value < bound;
  if (comparison == "<=") return value <= bound;
  if (comparison == ">") return value > bound;
  return comparison == ">=" && value >= bound;
}

// ["<", 10] or [">=", 1, "<", 10]
bool matches_numeric(const Json& range, const Json& value) {
  const auto number = number_of(value);
  if (!number || !range.is_array() || range.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < range.size(); i += 2) {
    if (!range[i].is_string() || !range[i + 1].is_number()) return false;
    if (!compares(range[i].get_ref<const std::string&>(), *number, range[i + 1].get<double>())) {
      return false;
    }
  }
  return true;
}

bool matches_text(std::string_view comparison, const Json& operand, const Json& value) {
  if (!operand.is_string() || !value.is_string()) return false;
  const auto& expected = operand.get_ref<const std::string&>();
  const auto& text = value.get_ref<const std::string&>();
  if (comparison == "prefix") return text.starts_with(expected);
  if (comparison == "suffix") return text.ends_with(expected);
  return comparison == "equals-ignore-case" && core::equals_ignoring_case(text, expected);
}

bool matches_anything_but(const Json& excluded, const Json& value) {
  if (excluded.is_object()) return !matches_condition(excluded, &value);
  if (!excluded.is_array()) return value != excluded;
  return std::find(excluded.begin(), excluded.end(), value) == excluded.end();
}

// A literal, or an object with one comparison such as {"prefix": "us-"}.
bool matches_condition(const Json& condition, const Json* value) {
  if (!condition.is_object()) return value && *value == condition;
  if (condition.size() != 1) return false;
  const auto& comparison = condition.begin().key();
  const auto& operand = condition.begin().value();
  if (comparison == "exists")
    return operand.is_boolean() && operand.get<bool>() == (value != nullptr);
  if (!value) return false;
  if (comparison == "anything-but") return matches_anything_but(operand, *value);
  if (comparison == "numeric") return matches_numeric(operand, *value);
  return matches_text(comparison, operand, *value);
}

bool matches_any(const Json& conditions, const Json* value) {
  return std::any_of(conditions.begin(), conditions.end(), [&](const Json& condition) {
    if (!value || !value->is_array()) return matches_condition(condition, value);
    return std::any_of(value->begin(), value->end(),
                       [&](const Json& element) { return matches_condition(condition, &element); });
  });
}

const Json* member(const Json* object, const std::string& name) {
  if (!object || !object->is_object()) return nullptr;
  const auto found = object->find(name);
  return found == object->end() ? nullptr : &*found;
}

bool matches_member(const std::string& name, const Json& pattern, const Json* object) {
  if (name == "$or" && pattern.is_array()) {
    return std::any_of(pattern.begin(), pattern.end(),
                       [&](const Json& branch) { return matches_object(branch, object); });
  }
  const Json* value = member(object, name);
  if (pattern.is_array()) return matches_any(pattern, value);
  return matches_object(pattern, value);
}

bool matches_object(const Json& pattern, const Json* value) {
  if (!pattern.is_object()) return false;
  for (const auto& [name, condition] : pattern.items()) {
    if (!matches_member(name, condition, value)) return false;
  }
  return true;
}

// The record with its body parsed, where the pattern looks inside the body and it is JSON.
Json with_parsed_body(const Json& record) {
  Json parsed = record;
  try {
    parsed["body"] = core::parse_json(record["body"].get_ref<const std::string&>());
  } catch (const core::AwsError&) {
    parsed.erase("body");
  }
  return parsed;
}

bool has_text_as_body(const Json& record) {
  const auto body = record.find("body");
  return body != record.end() && body->is_string();
}

bool looks_inside_body(const Json& pattern) {
  if (!pattern.is_object()) return false;
  const auto body = pattern.find("body");
  if (body != pattern.end() && body->is_object()) return true;
  const auto branches = pattern.find("$or");
  return branches != pattern.end() && branches->is_array() &&
         std::any_of(branches->begin(), branches->end(), looks_inside_body);
}

}  // namespace

EventFilter::EventFilter(const Json& criteria) {
  if (!criteria.is_object()) return;
  const auto filters = criteria.find("Filters");
  if (filters == criteria.end() || !filters->is_array()) return;
  for (const auto& filter : *filters) {
    const std::string text = filter.is_object() ? filter.value("Pattern", "") : "";
    patterns_.push_back(abi::parse_json_tree(text));
  }
}

bool EventFilter::passes(const Json& record) const {
  if (patterns_.empty()) return true;
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const Json& pattern) {
    if (!pattern.is_object()) return false;
    if (!has_text_as_body(record) || !looks_inside_body(pattern)) {
      return matches_object(pattern, &record);
    }
    const Json parsed = with_parsed_body(record);
    return parsed.contains("body") && matches_object(pattern, &parsed);
  });
}

}  // namespace votemu::pipeline
