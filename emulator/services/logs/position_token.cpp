#include "services/logs/position_token.h"

#include <charconv>

namespace votemu::logs {
namespace {

constexpr std::size_t timestamp_digits = 20;
constexpr std::size_t id_digits = 36;

std::string padded(std::uint64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits - text.size(), '0') + text;
}

template <class Number>
bool parse_digits(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string position_text(const Position& position) {
  return padded(static_cast<std::uint64_t>(position.timestamp), timestamp_digits) +
         padded(position.id, id_digits);
}

std::optional<Position> parse_position(std::string_view text) {
  if (text.size() != timestamp_digits + id_digits) return std::nullopt;
  Position position;
  if (!parse_digits(text.substr(0, timestamp_digits), position.timestamp) ||
      !parse_digits(text.substr(timestamp_digits), position.id) || position.timestamp < 0) {
    return std::nullopt;
  }
  return position;
}

}  // namespace votemu::logs
