#include "handlers/abi/json_text.h"

#include <array>
#include <cstddef>
#include <cstdio>

namespace votemu::abi {
namespace {

using Byte = unsigned char;

Byte byte_at(std::string_view text, std::size_t at) {
  return static_cast<Byte>(text[at]);
}

// The length of the well-formed UTF-8 sequence at the beginning, or 0. Unicode 15, table 3-7.
std::size_t sequence_length(std::string_view text) {
  const Byte first = byte_at(text, 0);
  std::size_t length = 0;
  Byte least = 0x80;
  Byte most = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) least = 0xA0;
    if (first == 0xED) most = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) least = 0x90;
    if (first == 0xF4) most = 0x8F;
  }
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    const Byte next = byte_at(text, i);
    if (next < least || next > most) return 0;
    least = 0x80;
    most = 0xBF;
  }
  return length;
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
    } else if ((length = sequence_length(text)) > 0) {
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
