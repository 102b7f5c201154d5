#include "cloudformation/substitution.h"

#include <algorithm>

namespace votemu::cloudformation {
namespace {

using core::Json;

bool is_variable_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == ':';
  });
}

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::vector<SubstitutionPart> parse_substitution(const std::string& text) {
  std::vector<SubstitutionPart> parts;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto open = text.find("${", begin);
    const auto close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) break;
    if (open > begin) {
      parts.push_back({SubstitutionPart::literal, text.substr(begin, open - begin)});
    }
    const std::string inner = text.substr(open + 2, close - open - 2);
    if (inner.starts_with('!')) {
      parts.push_back({SubstitutionPart::literal, "${" + inner.substr(1) + "}"});
    } else {
      const std::string name = trimmed(inner);
      const auto kind =
          is_variable_name(name) ? SubstitutionPart::variable : SubstitutionPart::invalid;
      parts.push_back({kind, name});
    }
    begin = close + 1;
  }
  if (begin < text.size()) parts.push_back({SubstitutionPart::literal, text.substr(begin)});
  return parts;
}

std::optional<SubstitutionForm> substitution_form(const Json& argument) {
  if (argument.is_string()) return SubstitutionForm{argument.get<std::string>()};
  if (!argument.is_array() || argument.size() != 2) return std::nullopt;
  if (!argument[0].is_string() || !argument[1].is_object()) return std::nullopt;
  return SubstitutionForm{argument[0].get<std::string>(), argument[1]};
}

std::optional<std::pair<std::string, Json>> attribute_parts(const Json& argument) {
  if (argument.is_string()) {
    const auto& text = argument.get_ref<const std::string&>();
    const auto dot = text.find('.');
    if (dot == 0 || dot == std::string::npos || dot + 1 == text.size()) return std::nullopt;
    return std::pair(text.substr(0, dot), Json(text.substr(dot + 1)));
  }
  if (!argument.is_array() || argument.size() < 2 || !argument[0].is_string()) return std::nullopt;
  if (argument.size() == 2) return std::pair(argument[0].get<std::string>(), argument[1]);
  std::string name;
  for (std::size_t i = 1; i < argument.size(); ++i) {
    if (!argument[i].is_string()) return std::nullopt;
    name += (i > 1 ? "." : "") + argument[i].get<std::string>();
  }
  return std::pair(argument[0].get<std::string>(), Json(name));
}

}  // namespace votemu::cloudformation
