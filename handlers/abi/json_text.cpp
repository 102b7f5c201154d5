#include "handlers/abi/json_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "handlers/abi/json_scan.h"
#include "handlers/abi/utf8.h"

namespace votemu::abi {
namespace {

// A text is written in pieces that fit a buffer however much of them is to be escaped.
constexpr std::size_t piece_bytes = 256;
constexpr std::size_t longest_escape = 6;    // \u001f
constexpr std::size_t longest_sequence = 4;  // of UTF-8: may begin within a piece and end beyond
using Buffer = std::array<char, piece_bytes * longest_escape + longest_sequence + scan_bytes>;

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

char* write(char* out, std::string_view text) {
  return std::copy(text.begin(), text.end(), out);
}

// What stands for the character after a backslash; 0 for those that have no such form.
char short_escape(char character) {
  switch (character) {
    case '"':
    case '\\':
      return character;
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    default:
      return 0;
  }
}

char* write_escaped(char* out, char character) {
  constexpr std::string_view digits = "0123456789abcdef";
  *out++ = '\\';
  if (const char letter = short_escape(character)) {
    *out++ = letter;
    return out;
  }
  out = write(out, "u00");
  *out++ = digits[static_cast<unsigned char>(character) >> 4];
  *out++ = digits[static_cast<unsigned char>(character) & 15];
  return out;
}

// Writes a well-formed sequence as it is; returns the end of what it took of [from, end).
const char* write_sequence(char*& out, const char* from, const char* end) {
  const std::string_view rest(from, static_cast<std::size_t>(end - from));
  const std::size_t length = utf8_sequence(rest);
  out = write(out, length > 0 ? rest.substr(0, length) : replacement);
  return from + std::max<std::size_t>(length, 1);
}

}  // namespace

void append_quoted(std::string& json, std::string_view text) {
  json.push_back('"');
  const char* from = text.data();
  const char* const end = from + text.size();
  Buffer buffer;
  while (from != end) {
    char* out = buffer.data();
    const char* const piece_end =
        from + std::min(piece_bytes, static_cast<std::size_t>(end - from));
    while (from < piece_end) {
      const std::size_t plain = copy_plain(from, end, out);
      from += plain;
      out += plain;
      if (plain == scan_bytes || from == end) continue;
      if (static_cast<unsigned char>(*from) >= 0x80) {
        from = write_sequence(out, from, end);
      } else {
        out = write_escaped(out, *from++);
      }
    }
    json.append(buffer.data(), static_cast<std::size_t>(out - buffer.data()));
  }
  json.push_back('"');
}

void append_member(std::string& json, std::string_view name, std::string_view text) {
  json.append(",\"").append(name).append("\":");
  append_quoted(json, text);
}

}  // namespace votemu::abi
