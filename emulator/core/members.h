// Reads the members of a request, whose shape is the client's: absent and null are the same, and a
// member of another kind is AWS's SerializationException. Numbers and booleans may come as text, as
// they do from a query string or a template.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::core {

// nullptr when absent, null, or when `object` is no object.
const Json* find_member(const Json& object, std::string_view name);

std::optional<std::string> string_member(const Json& object, std::string_view name);
std::optional<std::int64_t> integer_member(const Json& object, std::string_view name);
std::optional<bool> boolean_member(const Json& object, std::string_view name);

// A structure or map; nullptr when absent.
const Json* object_member(const Json& object, std::string_view name);
// A list; nullptr when absent.
const Json* array_member(const Json& object, std::string_view name);

}  // namespace votemu::core
