// ASCII text, whatever the process's locale, and percent-encoded text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
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

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) {
  return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}

constexpr bool is_alphanumeric(char c) {
  return is_letter(c) || is_digit(c);
}

// "RoleName" is 'roleName' where an error names a member.
std::string lower_first(std::string_view name);

// Without spaces and tabs at its ends.
std::string_view trimmed(std::string_view text);

// A text of decimal digits alone; nullopt when it is anything else or the number is too large.
std::optional<std::uint64_t> parse_number(std::string_view digits);

// Undoes percent-encoding; a malformed escape stays as it is. `plus_is_space` for form data.
std::string percent_decode(std::string_view text, bool plus_is_space = false);

// RFC 3986: everything but unreserved characters, and those that are to stay too, as %XX.
std::string percent_encode(std::string_view text, std::string_view also_plain = {});

}  // namespace votemu::core
