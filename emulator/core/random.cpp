#include "core/random.h"

#include <algorithm>

namespace votemu::core {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::mt19937_64 seeded_by_system() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device(),
                     device(), device(), device(), device()};
  return std::mt19937_64(seed);
}

}  // namespace

// The bias of the remainder is below 2^-50 for every bound used here.
std::uint64_t Random::below(std::uint64_t bound) {
  return next() % bound;
}

// A number, taken as a fraction, holds several characters: multiplied by the alphabet's size its
// whole part is one, and what is left is the next fraction. With 36 letters the bias stays below
// 2^-32.
std::string Random::pick(std::string_view alphabet, std::size_t length) {
  constexpr std::size_t characters_in_a_number = 6;
  std::string text(length, '\0');
  std::uint64_t fraction = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (i % characters_in_a_number == 0) fraction = next();
    const auto product = static_cast<unsigned __int128>(fraction) * alphabet.size();
    text[i] = alphabet[static_cast<std::size_t>(product >> 64)];
    fraction = static_cast<std::uint64_t>(product);
  }
  return text;
}

std::string Random::hex(std::size_t length) {
  std::string text(length, '\0');
  constexpr std::size_t digits_of_a_number = 16;
  char* to = text.data();
  for (std::size_t left = length; left > 0;) {
    const std::size_t count = std::min(left, digits_of_a_number);
    std::uint64_t bits = next();
    for (std::size_t i = 0; i < count; ++i, bits >>= 4) *to++ = hex_digits[bits & 0xF];
    left -= count;
  }
  return text;
}

std::string Random::uuid() {
  std::string text = hex(36);
  for (const std::size_t hyphen : {8U, 13U, 18U, 23U}) text[hyphen] = '-';
  text[14] = '4';
  text[19] = hex_digits[8 + below(4)];
  return text;
}

std::string Random::alphanumeric(std::size_t length) {
  return pick("abcdefghijklmnopqrstuvwxyz0123456789", length);
}

std::string Random::upper_alphanumeric(std::size_t length) {
  return pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);
}

SystemRandom::SystemRandom() : engine_(seeded_by_system()) {}

}  // namespace votemu::core
