#include "handlers/abi/json_text.h"

#include <array>
#include <cstddef>
#include <cstdio>

#include "handlers/abi/utf8.h"

namespace votemu::abi {
namespace {

using Byte = unsigned char;

Byte byte_at(std::string_view text, std::size_t at) {
  return static_cast<Byte>(text[at]);
}

void append_escaped(std::string& json, Byte character) {
  switch (character) {
    case '"':
      json += "\\\"";
      return;
    case '\\':
      json += "\\\\";
      return;
    case '\n':
      json += "\\n";
      return;
    case '\r':
      json += "\\r";
      return;
    case '\t':
      json += "\\t";
      return;
    case '\b':
      json += "\\b";
      return;
    case '\f':
      json += "\\f";
      return;
    default:
      break;
  }
  std::array<char, 8> text;
  std::snprintf(text.data(), text.size(), "\\u%04x", character);
  json += text.data();
}

}  // namespace

void append_quoted(std::string& json, std::string_view text) {
  json += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && byte_at(text, plain) >= 0x20 && byte_at(text, plain) < 0x80 &&
           text[plain] != '"' && text[plain] != '\\') {
      ++plain;
    }
    json.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const Byte next = byte_at(text, 0);
    std::size_t length = 1;
    if (next < 0x80) {
      append_escaped(json, next);
    } else if ((length = utf8_sequence(text)) > 0) {
      json.append(text.substr(0, length));
    } else {
      json += "\xEF\xBF\xBD";
      length = 1;
    }
    text.remove_prefix(length);
  }
  json += '"';
}

void append_member(std::string& json, std::string_view name, std::string_view text) {
  json.append(",\"").append(name).append("\":");
  append_quoted(json, text);
}

}  // namespace votemu::abi
