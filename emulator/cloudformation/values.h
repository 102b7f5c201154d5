// How CloudFormation turns scalars into each other.
#pragma once

#include <optional>
#include <string>

#include "core/json.h"

namespace votemu::cloudformation {

// Text as it is, numbers and booleans as they are written; nullopt for lists and maps.
std::optional<std::string> scalar_text(const core::Json& value);

// `text` says true or false.
std::optional<bool> scalar_bool(const core::Json& value);

// A whole number, also as text.
std::optional<std::int64_t> scalar_integer(const core::Json& value);

// The one member of an object like {"Ref": …} or {"Fn::Sub": …}, {"Condition": …}; nullptr when it
// is none.
struct FunctionCall {
  const std::string* name = nullptr;
  const core::Json* argument = nullptr;
};
std::optional<FunctionCall> function_call(const core::Json& value);

}  // namespace votemu::cloudformation
