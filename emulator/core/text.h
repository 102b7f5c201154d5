// ASCII text without case, whatever the process's locale, and percent-encoded text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace votemu::core {

constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

// Undoes percent-encoding; a malformed escape stays as it is. `plus_is_space` for form data.
std::string percent_decode(std::string_view text, bool plus_is_space = false);

// RFC 3986: everything but unreserved characters as %XX.
std::string percent_encode(std::string_view text);

}  // namespace votemu::core
