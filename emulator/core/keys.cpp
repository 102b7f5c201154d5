#include "core/keys.h"

#include <stdexcept>

namespace votemu::core {
namespace {

// A zero byte inside a component becomes 00 FF, its end is 00 01: the end sorts before any content.
constexpr char zero = '\0';
constexpr char escaped_zero = '\xff';
constexpr char end_mark = '\x01';

}  // namespace

Key& Key::text(std::string_view component) {
  for (const char byte : component) {
    bytes_.push_back(byte);
    if (byte == zero) bytes_.push_back(escaped_zero);
  }
  bytes_.push_back(zero);
  bytes_.push_back(end_mark);
  return *this;
}

Key& Key::number(std::uint64_t component) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes_.push_back(static_cast<char>((component >> shift) & 0xFF));
  }
  return *this;
}

Key& Key::raw(std::string_view component) {
  bytes_.append(component);
  return *this;
}

std::string KeyReader::text() {
  std::string component;
  for (std::size_t i = 0; i + 1 < rest_.size(); ++i) {
    if (rest_[i] != zero) {
      component.push_back(rest_[i]);
      continue;
    }
    ++i;
    if (rest_[i] == end_mark) {
      rest_.remove_prefix(i + 1);
      return component;
    }
    if (rest_[i] != escaped_zero) break;
    component.push_back(zero);
  }
  throw std::runtime_error("a key of the store ends inside a text");
}

std::uint64_t KeyReader::number() {
  if (rest_.size() < 8) throw std::runtime_error("a key of the store ends inside a number");
  std::uint64_t component = 0;
  for (int i = 0; i < 8; ++i) {
    component = (component << 8) | static_cast<unsigned char>(rest_[static_cast<std::size_t>(i)]);
  }
  rest_.remove_prefix(8);
  return component;
}

}  // namespace votemu::core
