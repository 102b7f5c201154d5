#include "core/keys.h"

#include <array>
#include <stdexcept>

namespace votemu::core {
namespace {

// A zero byte inside a component becomes 00 FF, its end is 00 01: the end sorts before any content.
constexpr char zero = '\0';
constexpr char escaped_zero = '\xff';
constexpr char end_mark = '\x01';

}  // namespace

Key& Key::text(std::string_view component) {
  for (auto at = component.find(zero); at != std::string_view::npos; at = component.find(zero)) {
    bytes_.append(component.substr(0, at + 1));
    bytes_.push_back(escaped_zero);
    component.remove_prefix(at + 1);
  }
  bytes_.append(component);
  bytes_.push_back(zero);
  bytes_.push_back(end_mark);
  return *this;
}

Key& Key::number(std::uint64_t component) {
  std::array<char, 8> big_endian{};
  for (std::size_t i = 0; i < 8; ++i) {
    big_endian[i] = static_cast<char>(component >> (56 - 8 * i) & 0xFF);
  }
  bytes_.append(big_endian.data(), big_endian.size());
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
