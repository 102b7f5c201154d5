// JSON as the project reads and writes it: bounded depth on the way in, valid UTF-8 on the way out.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace votemu::core {

using Json = nlohmann::json;

// AWS documents no depth; real requests stay far below this and a parser must not be made to
// recurse.
inline constexpr int max_json_depth = 128;
// Elements and members altogether: a tree costs far more memory and time than its text.
inline constexpr std::size_t max_json_values = 1'000'000;

// Throws AwsError SerializationException when the text is not one JSON value or exceeds a bound.
Json parse_json(std::string_view text);

// The members of a request. Throws AwsError SerializationException unless the text is a JSON object
// within these bounds; an empty text is an object without members.
Json parse_json_object(std::string_view text);

// What votemu itself has written, which may be nested deeper than what a client may send: a
// client's value is kept inside a row. Throws std::runtime_error when the text is not JSON.
Json parse_own_json(std::string_view text);

// Compact text. Bytes that are not UTF-8 become U+FFFD.
std::string dump_json(const Json& value);

// The text as a JSON string literal with its quotes.
std::string json_quote(std::string_view text);

}  // namespace votemu::core
