#include "handlers/abi/decimal.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "handlers/abi/aws_error.h"

namespace votemu::abi {
namespace {

// Far outside the range of numbers, and far from overflowing: where a written exponent is cut off.
constexpr long exponent_bound = 1'000'000;

AwsError invalid(const std::string& message) {
  return AwsError("ValidationException", message);
}

bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

// Takes an exponent ("E+5") off the front of `rest`; false when it is malformed.
bool take_exponent(std::string_view& rest, long& exponent) {
  rest.remove_prefix(1);
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.empty()) return false;
  long value = 0;
  for (; !rest.empty() && is_digit(rest.front()); rest.remove_prefix(1)) {
    value = std::min(value * 10 + (rest.front() - '0'), exponent_bound);
  }
  exponent += negative ? -value : value;
  return true;
}

// The digits of `number` as an integer in units of 10^unit.
std::string aligned(const Decimal& number, int unit) {
  const auto last = number.exponent() - static_cast<int>(number.digits().size()) + 1;
  return number.digits() + std::string(static_cast<std::size_t>(last - unit), '0');
}

std::string padded(const std::string& digits, std::size_t length) {
  return std::string(length - digits.size(), '0') + digits;
}

std::string sum_of(const std::string& left, const std::string& right) {
  std::string sum(left.size(), '0');
  int carry = 0;
  for (std::size_t i = sum.size(); i-- > 0;) {
    const int digit = (left[i] - '0') + (right[i] - '0') + carry;
    sum[i] = static_cast<char>('0' + digit % 10);
    carry = digit / 10;
  }
  return sum;
}

// left >= right.
std::string difference_of(const std::string& left, const std::string& right) {
  std::string difference(left.size(), '0');
  int borrow = 0;
  for (std::size_t i = difference.size(); i-- > 0;) {
    int digit = left[i] - right[i] - borrow;
    borrow = digit < 0 ? 1 : 0;
    if (digit < 0) digit += 10;
    difference[i] = static_cast<char>('0' + digit);
  }
  return difference;
}

// The text's value when it is a canonical integer whose sum with another such fits 64 bits.
std::optional<std::int64_t> short_integer(std::string_view text) {
  constexpr std::size_t max_short_digits = 18;
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits.size() > max_short_digits) return std::nullopt;
  if (digits.front() == '0' && text.size() > 1) return std::nullopt;
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Decimal Decimal::parse(std::string_view text) {
  if (text.empty()) throw invalid("The parameter cannot be converted to a numeric value");
  const auto malformed = [&] {
    return invalid("The parameter cannot be converted to a numeric value: " + std::string(text));
  };
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);

  std::string digits;
  long exponent = -1;  // of the first digit, leading zeros included
  bool point = false;
  for (; !rest.empty() && (is_digit(rest.front()) || (rest.front() == '.' && !point));
       rest.remove_prefix(1)) {
    if (rest.front() == '.') {
      point = true;
    } else {
      digits.push_back(rest.front());
      if (!point) ++exponent;
    }
  }
  if (digits.empty()) throw malformed();
  if (rest.starts_with('e') || rest.starts_with('E')) {
    if (!take_exponent(rest, exponent)) throw malformed();
  }
  if (!rest.empty()) throw malformed();
  return normalized(negative, std::move(digits), exponent);
}

Decimal Decimal::normalized(bool negative, std::string digits, long exponent) {
  const auto first = digits.find_first_not_of('0');
  if (first == std::string::npos) return Decimal();
  digits.erase(digits.find_last_not_of('0') + 1);
  digits.erase(0, first);
  exponent -= static_cast<long>(first);
  if (exponent > max_exponent) {
    throw invalid(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }
  if (exponent < min_exponent) {
    throw invalid(
        "Number underflow. Attempting to store a number with magnitude smaller than supported "
        "range");
  }
  if (digits.size() > max_digits) {
    throw invalid("Attempting to store more than 38 significant digits in a Number");
  }
  Decimal number;
  number.negative_ = negative;
  number.exponent_ = static_cast<int>(exponent);
  number.digits_ = std::move(digits);
  return number;
}

std::string Decimal::text() const {
  if (digits_.empty()) return "0";
  std::string text = negative_ ? "-" : "";
  if (exponent_ < 0) {
    return text + "0." + std::string(static_cast<std::size_t>(-exponent_ - 1), '0') + digits_;
  }
  const auto whole = static_cast<std::size_t>(exponent_) + 1;
  if (digits_.size() <= whole) return text + digits_ + std::string(whole - digits_.size(), '0');
  return text + digits_.substr(0, whole) + "." + digits_.substr(whole);
}

std::strong_ordering Decimal::compare_magnitudes(const Decimal& left, const Decimal& right) {
  if (left.digits_.empty() || right.digits_.empty()) {
    return left.digits_.size() <=> right.digits_.size();
  }
  if (left.exponent_ != right.exponent_) return left.exponent_ <=> right.exponent_;
  return left.digits_.compare(right.digits_) <=> 0;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  if (negative_ != other.negative_) {
    return negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return negative_ ? compare_magnitudes(other, *this) : compare_magnitudes(*this, other);
}

Decimal Decimal::negated() const {
  Decimal number = *this;
  if (!digits_.empty()) number.negative_ = !negative_;
  return number;
}

Decimal operator+(const Decimal& left, const Decimal& right) {
  if (left.digits_.empty()) return right;
  if (right.digits_.empty()) return left;
  const auto last = [](const Decimal& number) {
    return number.exponent_ - static_cast<int>(number.digits_.size()) + 1;
  };
  const int unit = std::min(last(left), last(right));
  std::string a = aligned(left, unit);
  std::string b = aligned(right, unit);
  const std::size_t length = std::max(a.size(), b.size()) + 1;  // room for a carry
  a = padded(a, length);
  b = padded(b, length);
  const long exponent = unit + static_cast<long>(length) - 1;
  if (left.negative_ == right.negative_) {
    return Decimal::normalized(left.negative_, sum_of(a, b), exponent);
  }
  if (a < b) return Decimal::normalized(right.negative_, difference_of(b, a), exponent);
  return Decimal::normalized(left.negative_, difference_of(a, b), exponent);
}

Decimal operator-(const Decimal& left, const Decimal& right) {
  return left + right.negated();
}

std::string canonical_number(std::string text) {
  return short_integer(text) ? std::move(text) : Decimal::parse(text).text();
}

std::string sum_of_numbers(const std::string& left, const std::string& right) {
  const auto a = short_integer(left);
  const auto b = short_integer(right);
  if (a && b) return std::to_string(*a + *b);
  return (Decimal::parse(left) + Decimal::parse(right)).text();
}

std::string difference_of_numbers(const std::string& left, const std::string& right) {
  const auto a = short_integer(left);
  const auto b = short_integer(right);
  if (a && b) return std::to_string(*a - *b);
  return (Decimal::parse(left) - Decimal::parse(right)).text();
}

}  // namespace votemu::abi
