#include "core/random.h"

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

std::string Random::pick(std::string_view alphabet, std::size_t length) {
  std::string text(length, '\0');
  for (char& character : text) character = alphabet[below(alphabet.size())];
  return text;
}

std::string Random::hex(std::size_t length) {
  std::string text(length, '\0');
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (i % 16 == 0) bits = next();
    text[i] = hex_digits[bits & 0xF];
    bits >>= 4;
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
