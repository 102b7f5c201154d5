#include "core/access_key.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace votemu::core {
namespace {

// After the prefix stand 80 bits in base 32 (RFC 4648 section 6): a one, 40 bits of the account's
// number, and the rest by chance.
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t prefix_length = 4;
constexpr std::size_t digits = 16;
constexpr std::size_t account_digits = 9;  // 45 bits, of which the last four are chance
constexpr std::uint64_t account_limit = 1'000'000'000'000;

}  // namespace

std::string make_access_key(Random& random, std::string_view prefix, std::string_view account) {
  std::uint64_t number = 0;
  std::from_chars(account.data(), account.data() + account.size(), number);
  const std::uint64_t bits = (std::uint64_t{1} << 40 | number) << 4 | random.below(16);
  std::string key(prefix);
  for (std::size_t i = 0; i < account_digits; ++i) {
    key.push_back(alphabet[bits >> 5 * (account_digits - 1 - i) & 31]);
  }
  return key + random.pick(alphabet, digits - account_digits);
}

std::optional<std::string> account_of_access_key(std::string_view access_key) {
  if (access_key.size() != prefix_length + digits) return std::nullopt;
  if (!access_key.starts_with(long_term_key_prefix) &&
      !access_key.starts_with(temporary_key_prefix)) {
    return std::nullopt;
  }
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto digit = alphabet.find(access_key[prefix_length + i]);
    if (digit == std::string_view::npos) return std::nullopt;
    if (i < account_digits) bits = bits << 5 | digit;
  }
  const std::uint64_t number = bits >> 4 & ((std::uint64_t{1} << 40) - 1);
  if (number >= account_limit) return std::nullopt;
  std::string account = std::to_string(number);
  account.insert(0, 12 - account.size(), '0');
  return account;
}

bool is_account_id(std::string_view text) {
  return text.size() == 12 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace votemu::core
