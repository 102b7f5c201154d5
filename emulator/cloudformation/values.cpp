#include "cloudformation/values.h"

#include <charconv>

namespace votemu::cloudformation {

using core::Json;

std::optional<std::string> scalar_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number()) return core::dump_json(value);
  return std::nullopt;
}

std::optional<bool> scalar_bool(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == "true" || value == "True") return true;
  if (value == "false" || value == "False") return false;
  return std::nullopt;
}

std::optional<std::int64_t> scalar_integer(const Json& value) {
  const auto text = scalar_text(value);
  if (!text || text->empty()) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<FunctionCall> function_call(const Json& value) {
  if (!value.is_object() || value.size() != 1) return std::nullopt;
  const auto member = value.begin();
  const auto& name = member.key();
  if (name != "Ref" && name != "Condition" && !name.starts_with("Fn::")) return std::nullopt;
  return FunctionCall{&name, &member.value()};
}

}  // namespace votemu::cloudformation
