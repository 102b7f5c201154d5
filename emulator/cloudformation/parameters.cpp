#include "cloudformation/parameters.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <regex>
#include <vector>

#include "cloudformation/limits.h"
#include "cloudformation/values.h"
#include "core/text.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

// One declared parameter while its value is checked.
struct Parameter {
  const std::string& name;
  const Json& declaration;

  const Json* find(const char* member) const {
    const auto found = declaration.find(member);
    return found == declaration.end() ? nullptr : &*found;
  }

  // Only a template's own words come with the bare name.
  Problem violated(const std::string& rule) const {
    const Json* description = find("ConstraintDescription");
    const std::string text =
        description != nullptr && description->is_string()
            ? name + " failed to satisfy constraint: " + description->get<std::string>()
            : "'" + name + "' " + rule;
    return Problem("Parameter " + text, {"Parameters", name});
  }

  std::optional<double> number(const char* member) const {
    const Json* value = find(member);
    if (value == nullptr) return std::nullopt;
    return to_number(scalar_text(*value).value_or(""));
  }

  static std::optional<double> to_number(const std::string& text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
    return value;
  }
};

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto comma = std::min(text.find(',', begin), text.size());
    std::string part = text.substr(begin, comma - begin);
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    parts.push_back(std::move(part));
    begin = comma + 1;
  }
  return parts;
}

void check_allowed_values(const Parameter& parameter, const std::string& value) {
  const Json* allowed = parameter.find("AllowedValues");
  if (allowed == nullptr || !allowed->is_array()) return;
  const bool found = std::any_of(allowed->begin(), allowed->end(), [&](const Json& candidate) {
    return scalar_text(candidate) == value;
  });
  if (!found) throw parameter.violated("must be one of AllowedValues");
}

// The regular expression's library computes the numbers of repetitions and back references as they
// come, past what an int can hold.
bool has_huge_number(std::string_view pattern) {
  constexpr std::size_t most_digits = 9;
  std::size_t digits = 0;
  bool counts = false;
  for (const char c : pattern) {
    if (core::is_digit(c)) {
      if (counts && ++digits > most_digits) return true;
      continue;
    }
    digits = 0;
    counts = c == '{' || c == '\\' || (counts && c == ',');
  }
  return false;
}

// The default matcher backtracks and recurses: a template could make it hang or run out of stack.
std::regex polynomial_regex(const std::string& pattern) {
  return std::regex(pattern, std::regex::ECMAScript | std::regex_constants::__polynomial);
}

void check_pattern(const Parameter& parameter, const std::string& value) {
  const Json* pattern = parameter.find("AllowedPattern");
  if (pattern == nullptr || !pattern->is_string()) return;
  const auto& text = pattern->get_ref<const std::string&>();
  bool matches = false;
  try {
    if (text.size() > limits::max_pattern_length || has_huge_number(text)) {
      throw std::regex_error({});
    }
    matches = std::regex_match(value, polynomial_regex(text));
  } catch (const std::regex_error&) {
    throw Problem("Template format error: AllowedPattern of parameter '" + parameter.name +
                      "' is not a valid regular expression.",
                  {"Parameters", parameter.name, "AllowedPattern"});
  }
  if (!matches) throw parameter.violated("must match pattern " + text);
}

void check_length(const Parameter& parameter, const std::string& value) {
  const auto length = static_cast<double>(value.size());
  if (const auto least = parameter.number("MinLength"); least && length < *least) {
    throw parameter.violated("must contain at least " + *scalar_text(*parameter.find("MinLength")) +
                             " characters");
  }
  if (const auto most = parameter.number("MaxLength"); most && length > *most) {
    throw parameter.violated("must contain at most " + *scalar_text(*parameter.find("MaxLength")) +
                             " characters");
  }
}

void check_number(const Parameter& parameter, const std::string& value) {
  const auto number = Parameter::to_number(value);
  if (!number) throw parameter.violated("must be a number");
  if (const auto least = parameter.number("MinValue"); least && *number < *least) {
    throw parameter.violated("must be a number not less than " +
                             *scalar_text(*parameter.find("MinValue")));
  }
  if (const auto most = parameter.number("MaxValue"); most && *number > *most) {
    throw parameter.violated("must be a number not greater than " +
                             *scalar_text(*parameter.find("MaxValue")));
  }
}

std::string type_of(const Parameter& parameter) {
  const Json* type = parameter.find("Type");
  if (type == nullptr || !type->is_string()) {
    throw Problem("Template format error: Every Parameters object must contain a Type member.",
                  {"Parameters", parameter.name});
  }
  const auto text = type->get<std::string>();
  if (text == "String" || text == "Number" || text == "CommaDelimitedList" ||
      text.starts_with("List<") || text.starts_with("AWS::")) {
    return text;
  }
  throw Problem("Template format error: Unrecognized parameter type: " + text,
                {"Parameters", parameter.name, "Type"});
}

Json checked_value(const Parameter& parameter, const std::string& value) {
  const std::string type = type_of(parameter);
  if (value.size() > limits::max_parameter_value_bytes) {
    throw parameter.violated("must contain at most " +
                             std::to_string(limits::max_parameter_value_bytes) + " characters");
  }
  const bool is_list = type == "CommaDelimitedList" || type.starts_with("List<");
  const auto parts = is_list ? split_list(value) : std::vector<std::string>{value};
  for (const auto& part : parts) {
    check_allowed_values(parameter, part);
    check_pattern(parameter, part);
    if (type == "String") check_length(parameter, part);
    if (type == "Number" || type == "List<Number>") check_number(parameter, part);
  }
  return is_list ? Json(parts) : Json(value);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void refuse_unknown(const Json& declared, const std::map<std::string, std::string>& given) {
  std::vector<std::string> unknown;
  for (const auto& [name, value] : given) {
    if (!declared.contains(name)) unknown.push_back(name);
  }
  if (!unknown.empty()) {
    throw Problem("Parameters: [" + joined(unknown) + "] do not exist in the template");
  }
}

}  // namespace

std::map<std::string, Json> parameter_values(const Json& declared,
                                             const std::map<std::string, std::string>& given) {
  refuse_unknown(declared, given);
  std::map<std::string, Json> values;
  std::vector<std::string> missing;
  for (const auto& [name, declaration] : declared.items()) {
    const Parameter parameter{name, declaration};
    const Json* fallback = parameter.find("Default");
    if (const auto own = given.find(name); own != given.end()) {
      values.emplace(name, checked_value(parameter, own->second));
    } else if (fallback == nullptr) {
      missing.push_back(name);
    } else if (const auto text = scalar_text(*fallback)) {
      values.emplace(name, checked_value(parameter, *text));
    } else {
      throw Problem("Template format error: Every Default member must be a string.",
                    {"Parameters", name, "Default"});
    }
  }
  if (!missing.empty()) {
    throw Problem("Parameters: [" + joined(missing) + "] must have values",
                  {"Parameters", missing.front()});
  }
  return values;
}

std::map<std::string, std::string> parameter_texts(
    const Json& declared, const std::map<std::string, std::string>& given) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, declaration] : declared.items()) {
    const auto own = given.find(name);
    const auto fallback = declaration.find("Default");
    if (own != given.end()) {
      texts[name] = own->second;
    } else if (fallback != declaration.end()) {
      texts[name] = scalar_text(*fallback).value_or("");
    }
  }
  return texts;
}

std::set<std::string> secret_parameters(const Json& declared) {
  std::set<std::string> names;
  for (const auto& [name, declaration] : declared.items()) {
    const auto found = declaration.find("NoEcho");
    if (found != declaration.end() && scalar_bool(*found) == true) names.insert(name);
  }
  return names;
}

}  // namespace votemu::cloudformation
