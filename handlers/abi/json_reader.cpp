#include "handlers/abi/json_reader.h"

#include <array>
#include <cstring>

#include "handlers/abi/json_scan.h"
#include "handlers/abi/utf8.h"

namespace votemu::abi {
namespace {

// Strings are read in pieces of this size; one step takes at most so much more.
constexpr std::size_t piece_bytes = 512;
constexpr std::size_t longest_step = scan_bytes + 4;

[[noreturn]] void malformed() {
  throw JsonError("the text is not JSON");
}

bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

char* write_utf8(char* out, unsigned point) {
  const auto put = [&](unsigned byte) { *out++ = static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
  return out;
}

}  // namespace

// The first character of what comes next; 0, which begins nothing, at the end.
char JsonReader::peek() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  return at_ == end_ ? '\0' : *at_;
}

void JsonReader::expect(char character) {
  if (peek() != character) malformed();
  ++at_;
}

JsonReader::Kind JsonReader::next() {
  switch (peek()) {
    case '{':
      return Kind::object;
    case '[':
      return Kind::array;
    case '"':
      return Kind::string;
    case 't':
    case 'f':
      return Kind::boolean;
    case 'n':
      return Kind::null;
    default:
      return Kind::number;  // or nothing at all, which number() finds out
  }
}

// Whether there is a first member or element.
bool JsonReader::enter(char open, char close) {
  expect(open);
  if (++depth_ > max_depth) throw JsonTooDeep("the text nests too deeply");
  if (peek() != close) return true;
  ++at_;
  --depth_;
  return false;
}

bool JsonReader::leave_or_continue(char close) {
  const char character = peek();
  if (character != ',' && character != close) malformed();
  ++at_;
  if (character == ',') return true;
  --depth_;
  return false;
}

std::string_view JsonReader::name() {
  expect('"');
  const char* const begin = at_;
  at_ = skip_plain(at_, end_);
  std::string_view name(begin, static_cast<std::size_t>(at_ - begin));
  if (at_ != end_ && *at_ == '"') {
    ++at_;
  } else {
    at_ = begin;
    name_.clear();
    append_rest(name_);
    name = name_;
  }
  expect(':');
  return name;
}

std::string JsonReader::string() {
  expect('"');
  std::string text;
  append_rest(text);
  return text;
}

void JsonReader::append_rest(std::string& out) {
  std::array<char, piece_bytes + longest_step> piece;
  for (;;) {
    char* to = piece.data();
    while (to < piece.data() + piece_bytes) {
      const std::size_t plain = copy_plain(at_, end_, to);
      at_ += plain;
      to += plain;
      if (plain == scan_bytes) continue;
      if (at_ == end_) malformed();
      if (*at_ == '"') {
        ++at_;
        out.append(piece.data(), static_cast<std::size_t>(to - piece.data()));
        return;
      }
      to = *at_ == '\\' ? escape(to) : sequence(to);
    }
    out.append(piece.data(), static_cast<std::size_t>(to - piece.data()));
  }
}

void JsonReader::skip_rest() {
  std::array<char, longest_step> unused;
  for (;;) {
    at_ = skip_plain(at_, end_);
    if (at_ == end_) malformed();
    if (*at_ == '"') break;
    *at_ == '\\' ? escape(unused.data()) : sequence(unused.data());
  }
  ++at_;
}

char* JsonReader::sequence(char* out) {
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  const std::size_t length = utf8_sequence(rest);
  if (length < 2) malformed();  // a control character has 1
  at_ += length;
  return out + rest.copy(out, length);
}

char* JsonReader::escape(char* out) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  ++at_;
  if (at_ == end_) malformed();
  const char letter = *at_++;
  if (letter == 'u') return unicode_escape(out);
  if (letter == '"' || letter == '\\') {
    *out++ = letter;
    return out;
  }
  const auto found = letters.find(letter);
  if (found == std::string_view::npos) malformed();
  *out++ = meanings[found];
  return out;
}

char* JsonReader::unicode_escape(char* out) {
  const unsigned unit = code_unit();
  if (unit < 0xD800 || unit > 0xDFFF) return write_utf8(out, unit);
  if (unit > 0xDBFF || end_ - at_ < 2 || at_[0] != '\\' || at_[1] != 'u') malformed();
  at_ += 2;
  const unsigned low = code_unit();
  if (low < 0xDC00 || low > 0xDFFF) malformed();
  return write_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
}

// Four hexadecimal digits.
unsigned JsonReader::code_unit() {
  unsigned unit = 0;
  for (int i = 0; i < 4; ++i) {
    if (at_ == end_) malformed();
    const char digit = *at_++;
    const char letter = static_cast<char>(digit | 0x20);
    if (is_digit(digit)) {
      unit = unit << 4 | static_cast<unsigned>(digit - '0');
    } else if (letter >= 'a' && letter <= 'f') {
      unit = unit << 4 | static_cast<unsigned>(letter - 'a' + 10);
    } else {
      malformed();
    }
  }
  return unit;
}

void JsonReader::digits() {
  if (at_ == end_ || !is_digit(*at_)) malformed();
  while (at_ != end_ && is_digit(*at_)) ++at_;
}

std::string_view JsonReader::number() {
  peek();
  const char* const begin = at_;
  if (at_ != end_ && *at_ == '-') ++at_;
  if (at_ != end_ && *at_ == '0') {
    ++at_;
  } else {
    digits();
  }
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    digits();
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    digits();
  }
  return std::string_view(begin, static_cast<std::size_t>(at_ - begin));
}

void JsonReader::word(std::string_view text) {
  if (static_cast<std::size_t>(end_ - at_) < text.size() ||
      std::memcmp(at_, text.data(), text.size()) != 0) {
    malformed();
  }
  at_ += text.size();
}

bool JsonReader::boolean() {
  const bool value = peek() == 't';
  word(value ? "true" : "false");
  return value;
}

void JsonReader::null() {
  peek();
  word("null");
}

void JsonReader::skip() {
  switch (next()) {
    case Kind::object:
      return object([this](std::string_view) { skip(); });
    case Kind::array:
      return array([this] { skip(); });
    case Kind::string:
      ++at_;
      return skip_rest();
    case Kind::number:
      number();
      return;
    case Kind::boolean:
      boolean();
      return;
    case Kind::null:
      return null();
  }
}

void JsonReader::end() {
  if (peek() != '\0' || at_ != end_) malformed();
}

}  // namespace votemu::abi
