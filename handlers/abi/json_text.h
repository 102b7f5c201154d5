// JSON written as text, for what every vote pays.
#pragma once

#include <string>
#include <string_view>

namespace votemu::abi {

// Appends a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
void append_quoted(std::string& json, std::string_view text);

// `,"name":"text"`
void append_member(std::string& json, std::string_view name, std::string_view text);

}  // namespace votemu::abi
