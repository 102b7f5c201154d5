// DynamoDB's numbers: exact decimals of up to 38 significant digits between 1E-130 and 9.99…E+125.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace votemu::abi {

class Decimal {
 public:
  static constexpr int max_digits = 38;
  static constexpr int max_exponent = 125;
  static constexpr int min_exponent = -130;

  Decimal() = default;  // zero

  // Throws AwsError ValidationException when the text is no number or out of range.
  static Decimal parse(std::string_view text);

  // Plain notation without exponent, leading or trailing zeros: "1.50" and "15E-1" are both "1.5".
  std::string text() const;

  // Throw AwsError ValidationException when the exact result does not fit.
  friend Decimal operator+(const Decimal& left, const Decimal& right);
  friend Decimal operator-(const Decimal& left, const Decimal& right);

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const = default;

  // The number is ±d.ddd… × 10^exponent with these digits, the first and last of which are not
  // zero; zero has no digits.
  bool negative() const { return negative_; }
  int exponent() const { return exponent_; }
  const std::string& digits() const { return digits_; }

 private:
  // From digits that may begin and end with zeros. Throws when the number is out of range.
  static Decimal normalized(bool negative, std::string digits, long exponent);
  static std::strong_ordering compare_magnitudes(const Decimal& left, const Decimal& right);
  Decimal negated() const;

  bool negative_ = false;
  int exponent_ = 0;
  std::string digits_;
};

// The same on texts, without a Decimal where they are integers of moderate length, as most are.
// The text of Decimal::parse(text).
std::string canonical_number(std::string text);
// Of canonical texts.
std::string sum_of_numbers(const std::string& left, const std::string& right);
std::string difference_of_numbers(const std::string& left, const std::string& right);

}  // namespace votemu::abi
