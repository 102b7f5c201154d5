#include "core/members.h"

#include <charconv>

#include "core/aws_error.h"

namespace votemu::core {
namespace {

[[noreturn]] void throw_other_kind(const Json& value, const std::string& wanted) {
  if (value.is_object()) {
    throw serialization_error("Start of structure or map found where not expected.");
  }
  if (value.is_array()) throw serialization_error("Start of list found where not expected");
  const std::string kind = value.is_string()    ? "STRING_VALUE"
                           : value.is_boolean() ? (value.get<bool>() ? "TRUE_VALUE" : "FALSE_VALUE")
                                                : "NUMBER_VALUE";
  throw serialization_error(kind + " can not be converted to " + wanted);
}

std::optional<std::int64_t> parse_integer(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> whole_number(const Json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float()) {
    const auto number = value.get<double>();
    if (number > -9e15 && number < 9e15) return static_cast<std::int64_t>(number);
    return std::nullopt;
  }
  if (value.is_string()) return parse_integer(value.get_ref<const std::string&>());
  return std::nullopt;
}

}  // namespace

const Json* find_member(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::string> string_member(const Json& object, std::string_view name) {
  const Json* value = find_member(object, name);
  if (!value) return std::nullopt;
  if (!value->is_string()) throw_other_kind(*value, "a String");
  return value->get<std::string>();
}

std::optional<std::int64_t> integer_member(const Json& object, std::string_view name) {
  const Json* value = find_member(object, name);
  if (!value) return std::nullopt;
  const auto number = whole_number(*value);
  if (!number) throw_other_kind(*value, "an Integer");
  return number;
}

std::optional<bool> boolean_member(const Json& object, std::string_view name) {
  const Json* value = find_member(object, name);
  if (!value) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  if (*value == "true") return true;
  if (*value == "false") return false;
  throw_other_kind(*value, "a Boolean");
}

const Json* object_member(const Json& object, std::string_view name) {
  const Json* value = find_member(object, name);
  if (value && !value->is_object()) throw_other_kind(*value, "a Map");
  return value;
}

const Json* array_member(const Json& object, std::string_view name) {
  const Json* value = find_member(object, name);
  if (value && !value->is_array()) throw_other_kind(*value, "a List");
  return value;
}

}  // namespace votemu::core
