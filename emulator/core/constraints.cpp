#include "core/constraints.h"

#include <algorithm>

#include "core/aws_error.h"
#include "core/members.h"
#include "core/text.h"

namespace votemu::core {
namespace {

// Characters of UTF-8.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string bound(std::string_view what, std::string_view relation, auto limit) {
  return "Member must have " + std::string(what) + " " + std::string(relation) +
         " than or equal to " + std::to_string(limit);
}

std::string failed(std::string_view value, std::string_view member, std::string_view constraint) {
  return std::string(value) + " at '" + std::string(member) +
         "' failed to satisfy constraint: " + std::string(constraint);
}

std::string quoted(std::string_view value) {
  return "Value '" + std::string(value) + "'";
}

constexpr std::string_view null_value = "Value null";
constexpr std::string_view not_null = "Member must not be null";

}  // namespace

std::string violation(std::string_view value, std::string_view member,
                      std::string_view constraint) {
  return "1 validation error detected: " + failed(quoted(value), member, constraint);
}

std::string null_violation(std::string_view member) {
  return "1 validation error detected: " + failed(null_value, member, not_null);
}

Constraints::Constraints(const Json& object, std::string path,
                         std::shared_ptr<std::vector<std::string>> found)
    : object_(object),
      path_(std::move(path)),
      found_(found ? std::move(found) : std::make_shared<std::vector<std::string>>()) {}

std::optional<std::string> Constraints::text(std::string_view member, const TextRule& rule) const {
  auto value = string_member(object_, member);
  if (value) check(*value, member, rule);
  return value;
}

std::string Constraints::required_text(std::string_view member, const TextRule& rule) const {
  require(member);
  return text(member, rule).value_or("");
}

std::optional<std::int64_t> Constraints::integer(std::string_view member, std::int64_t least,
                                                 std::int64_t most) const {
  const auto value = integer_member(object_, member);
  if (!value) return value;
  if (*value < least) fail(std::to_string(*value), member, bound("value", "greater", least));
  if (*value > most) fail(std::to_string(*value), member, bound("value", "less", most));
  return value;
}

std::optional<std::string> Constraints::choice(
    std::string_view member, std::initializer_list<std::string_view> values) const {
  auto value = string_member(object_, member);
  if (value) check_choice(*value, member, values);
  return value;
}

const Json* Constraints::texts(std::string_view member, const TextRule& rule, std::size_t least,
                               std::size_t most) const {
  const Json* list = array_member(object_, member);
  if (!list) return nullptr;
  if (list->size() < least || list->size() > most) {
    length(dump_json(*list), member, list->size(), least, most);
  }
  for (const Json& element : *list) {
    if (!element.is_string()) throw serialization_error("A list's element is not a String");
    check(element.get_ref<const std::string&>(), member, rule);
  }
  return list;
}

const Json* Constraints::choices(std::string_view member,
                                 std::initializer_list<std::string_view> values) const {
  const Json* list = texts(member, {}, 0, SIZE_MAX);
  if (!list) return nullptr;
  for (const Json& element : *list) {
    check_choice(element.get_ref<const std::string&>(), member, values);
  }
  return list;
}

void Constraints::require(std::string_view member) const {
  if (find_member(object_, member)) return;
  found_->push_back(failed(null_value, path_of(member), not_null));
}

Constraints Constraints::within(std::string_view member) const {
  static const Json nothing = Json::object();
  const Json* object = object_member(object_, member);
  return {object ? *object : nothing, path_of(member), found_};
}

Constraints Constraints::at(const Json& element, std::string_view list, std::size_t index) const {
  if (!element.is_object()) throw serialization_error("A list's element is not a structure");
  return {element, path_of(list) + "." + std::to_string(index + 1) + ".member", found_};
}

void Constraints::length(std::string_view value, std::string_view member, std::size_t size,
                         std::size_t least, std::size_t most) const {
  if (size < least) fail(value, member, bound("length", "greater", least));
  if (size > most) fail(value, member, bound("length", "less", most));
}

void Constraints::fail(std::string_view value, std::string_view member,
                       std::string_view constraint) const {
  found_->push_back(failed(quoted(value), path_of(member), constraint));
}

void Constraints::throw_if_any(const std::string& code) const {
  if (found_->empty()) return;
  const bool one = found_->size() == 1;
  std::string message =
      std::to_string(found_->size()) + " validation error" + (one ? "" : "s") + " detected: ";
  for (std::size_t i = 0; i < found_->size(); ++i) message += (i ? "; " : "") + (*found_)[i];
  throw AwsError(code, message);
}

std::string Constraints::path_of(std::string_view member) const {
  const std::string name = lower_first(member);
  return path_.empty() ? name : path_ + "." + name;
}

void Constraints::check(const std::string& value, std::string_view member,
                        const TextRule& rule) const {
  length(value, member, length_of(value), rule.least, rule.most);
  if (rule.matches && !rule.matches(value)) {
    fail(value, member,
         "Member must satisfy regular expression pattern: " + std::string(rule.pattern));
  }
}

void Constraints::check_choice(const std::string& value, std::string_view member,
                               std::initializer_list<std::string_view> values) const {
  if (std::ranges::find(values, value) != values.end()) return;
  std::string set;
  for (const auto allowed : values) set.append(set.empty() ? "" : ", ").append(allowed);
  fail(value, member, "Member must satisfy enum value set: [" + set + "]");
}

}  // namespace votemu::core
