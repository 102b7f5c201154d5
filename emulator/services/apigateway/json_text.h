// JSON written as text, for what every call pays.
#pragma once

#include <string>
#include <string_view>

namespace votemu::apigateway {

// Appends a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD, as API Gateway
// does.
void append_quoted(std::string& json, std::string_view text);

// `,"name":"text"`
void append_member(std::string& json, std::string_view name, std::string_view text);

}  // namespace votemu::apigateway
