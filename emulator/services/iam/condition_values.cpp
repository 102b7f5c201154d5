#include "services/iam/condition_values.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>

#include "core/text.h"

namespace votemu::iam {
namespace {

// Reads a moment from its front to its back.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count ||
        !std::all_of(rest_.begin(), rest_.begin() + count, core::is_digit)) {
      return std::nullopt;
    }
    const auto value = core::parse_number(rest_.substr(0, count));
    rest_.remove_prefix(count);
    return static_cast<int>(*value);
  }
  // A fraction of a second; 0 when there is none.
  double fraction() {
    if (!take('.')) return 0;
    double value = 0;
    for (double place = 0.1; !rest_.empty() && core::is_digit(rest_.front()); place /= 10) {
      value += place * (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// "Z", "+01:00": how many seconds the clock there is ahead.
std::optional<int> zone(DateReader& reader) {
  if (reader.take('Z') || reader.take('z')) return 0;
  const bool ahead = reader.take('+');
  if (!ahead && !reader.take('-')) return std::nullopt;
  const auto hours = reader.digits(2);
  if (!hours) return std::nullopt;
  reader.take(':');
  const auto minutes = reader.digits(2);
  if (!minutes) return std::nullopt;
  const int seconds = *hours * 3'600 + *minutes * 60;
  return ahead ? seconds : -seconds;
}

std::optional<double> time_of_day(DateReader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 24 || !reader.take(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  double seconds = *hour * 3'600.0 + *minute * 60.0;
  if (reader.take(':')) {
    const auto second = reader.digits(2);
    if (!second || *second > 60) return std::nullopt;
    seconds += *second + reader.fraction();
  }
  const auto ahead = zone(reader);
  if (!ahead) return std::nullopt;
  return seconds - *ahead;
}

// "2025", "2025-06", "2025-06-15", "2025-06-15T12:30Z", "2025-06-15T12:30:45.5+02:00".
std::optional<double> iso8601(std::string_view text) {
  DateReader reader(text);
  const auto year = reader.digits(4);
  if (!year) return std::nullopt;
  unsigned month = 1;
  unsigned day = 1;
  if (reader.take('-')) {
    const auto read = reader.digits(2);
    if (!read) return std::nullopt;
    month = static_cast<unsigned>(*read);
    if (reader.take('-')) {
      const auto read_day = reader.digits(2);
      if (!read_day) return std::nullopt;
      day = static_cast<unsigned>(*read_day);
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  double seconds =
      86'400.0 * static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
  if (reader.take('T') || reader.take('t')) {
    const auto of_day = time_of_day(reader);
    if (!of_day) return std::nullopt;
    seconds += *of_day;
  }
  if (!reader.done()) return std::nullopt;
  return seconds;
}

constexpr unsigned address_bits = 128;
constexpr unsigned version_4_prefix_bits = 96;
using Address = std::array<std::uint8_t, address_bits / 8>;

// An address of version 4 is ::ffff:ADDRESS.
std::optional<Address> address(std::string_view text) {
  const std::string terminated(text);
  Address bytes{};
  if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return bytes;
  bytes[10] = bytes[11] = 0xff;
  if (inet_pton(AF_INET, terminated.c_str(), &bytes[12]) == 1) return bytes;
  return std::nullopt;
}

bool same_bits(const Address& a, const Address& b, unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (i % 8));
    if ((a[i / 8] & mask) != (b[i / 8] & mask)) return false;
  }
  return true;
}

}  // namespace

std::optional<double> read_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> read_moment(std::string_view text) {
  if (const auto date = iso8601(text)) return date;
  return read_number(text);
}

bool equals(std::string_view value, std::string_view wanted, const Variables& variables) {
  return read_text(wanted, variables) == value;
}

bool equals_in_any_case(std::string_view value, std::string_view wanted,
                        const Variables& variables) {
  const auto text = read_text(wanted, variables);
  return text && core::equals_ignoring_case(*text, value);
}

bool is_like(std::string_view value, std::string_view wanted, const Variables& variables) {
  const auto pattern = read_pattern(wanted, variables);
  return pattern && pattern->matches(value);
}

bool is_like_arn(std::string_view value, std::string_view wanted, const Variables& variables) {
  auto pattern = read_pattern(wanted, variables);
  if (!pattern) return false;
  if (wanted != "*") pattern->confine_to_arn_parts(LastAsterisk::confined);
  return pattern->matches(value);
}

bool is_in_range(std::string_view value, std::string_view wanted, const Variables&) {
  const auto slash = wanted.find('/');
  const auto asked = address(value);
  const auto range = address(wanted.substr(0, slash));
  if (!asked || !range) return false;
  if (slash == std::string_view::npos) return *asked == *range;
  const bool version_6 = wanted.substr(0, slash).find(':') != std::string_view::npos;
  const auto length = core::parse_number(wanted.substr(slash + 1));
  if (!length || *length > (version_6 ? address_bits : address_bits - version_4_prefix_bits)) {
    return false;
  }
  const auto bits = static_cast<unsigned>(*length) + (version_6 ? 0 : version_4_prefix_bits);
  return same_bits(*asked, *range, bits);
}

}  // namespace votemu::iam
