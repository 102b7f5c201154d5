// The syntax of Fn::Sub and Fn::GetAtt, for evaluating them and for finding what they refer to.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"

namespace votemu::cloudformation {

struct SubstitutionPart {
  enum Kind { literal, variable, invalid } kind;
  std::string text;  // a variable's name without its braces
};

// `${Name}` is a variable, `${!Name}` the literal `${Name}`.
std::vector<SubstitutionPart> parse_substitution(const std::string& text);

struct SubstitutionForm {
  std::string text;
  core::Json variables = core::Json::object();
};
// Both forms of Fn::Sub's argument; nullopt when it has neither.
std::optional<SubstitutionForm> substitution_form(const core::Json& argument);

inline constexpr auto substitution_form_rule =
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. "
    "Specify a string as first argument, and an optional second argument to specify a mapping of "
    "values to replace in the string";

// Fn::GetAtt's resource and attribute, from a list or from "Resource.Attribute".
std::optional<std::pair<std::string, core::Json>> attribute_parts(const core::Json& argument);

}  // namespace votemu::cloudformation
