// Numbers: exact, canonical, ordered.
#include "handlers/abi/decimal.h"

#include <gtest/gtest.h>

#include "core/random.h"
#include "handlers/abi/aws_error.h"
#include "services/dynamodb/item_key.h"

namespace votemu::dynamodb {
namespace {

using abi::Decimal;

std::string canonical(const std::string& text) {
  EXPECT_EQ(abi::canonical_number(text), Decimal::parse(text).text());
  return Decimal::parse(text).text();
}

std::string problem(const std::string& text) {
  try {
    Decimal::parse(text);
  } catch (const abi::AwsError& error) {
    EXPECT_EQ(error.code(), "ValidationException");
    return error.message();
  }
  return "";
}

constexpr auto overflow =
    "Number overflow. Attempting to store a number with magnitude larger than supported range";
constexpr auto underflow =
    "Number underflow. Attempting to store a number with magnitude smaller than supported range";
constexpr auto too_precise = "Attempting to store more than 38 significant digits in a Number";

TEST(DecimalTest, WritesNumbersPlainly) {
  EXPECT_EQ(canonical("1.0"), "1");
  EXPECT_EQ(canonical("1E2"), "100");
  EXPECT_EQ(canonical("1.5e-3"), "0.0015");
  EXPECT_EQ(canonical("+007.250"), "7.25");
  EXPECT_EQ(canonical("-0.0"), "0");
  EXPECT_EQ(canonical(".5"), "0.5");
  EXPECT_EQ(canonical("5."), "5");
  EXPECT_EQ(canonical("-12.5"), "-12.5");
  EXPECT_EQ(canonical("0E999999999999"), "0");
  for (const auto* text : {"0", "-0", "7", "-7", "007", "+7", "120", "-00", "999999999999999999",
                           "1000000000000000000", "-9223372036854775808"}) {
    canonical(text);
  }
  for (const auto* text : {"", "-", "--7", "7-", "1 ", "12a"}) {
    EXPECT_THROW(abi::canonical_number(text), abi::AwsError) << text;
  }
}

TEST(DecimalTest, KeepsThirtyEightDigits) {
  const std::string longest = "12345678901234567890123456789012345678";
  EXPECT_EQ(canonical(longest), longest);
  EXPECT_EQ(canonical("0." + longest), "0." + longest);
  EXPECT_EQ(problem(longest + "9"), too_precise);
  EXPECT_EQ(canonical(longest + "000"), longest + "000");
}

TEST(DecimalTest, KeepsTheRange) {
  EXPECT_EQ(canonical("1E125"), "1" + std::string(125, '0'));
  EXPECT_EQ(canonical("9.9E125").size(), 126U);
  EXPECT_EQ(problem("1E126"), overflow);
  EXPECT_EQ(problem("-1E126"), overflow);
  EXPECT_EQ(canonical("1E-130"), "0." + std::string(129, '0') + "1");
  EXPECT_EQ(problem("1E-131"), underflow);
  EXPECT_EQ(problem("1E99999999999999999999"), overflow);
  EXPECT_EQ(problem("1E-99999999999999999999"), underflow);
}

TEST(DecimalTest, RefusesWhatIsNoNumber) {
  EXPECT_EQ(problem(""), "The parameter cannot be converted to a numeric value");
  for (const auto* text : {"b", "-", ".", "1.2.3", "1e", "1e+", " 1", "1 ", "0x1", "NaN", "--1"}) {
    EXPECT_EQ(problem(text),
              "The parameter cannot be converted to a numeric value: " + std::string(text));
  }
}

std::string sum(const std::string& a, const std::string& b) {
  const auto text = (Decimal::parse(a) + Decimal::parse(b)).text();
  EXPECT_EQ(abi::sum_of_numbers(canonical(a), canonical(b)), text);
  return text;
}

std::string difference(const std::string& a, const std::string& b) {
  const auto text = (Decimal::parse(a) - Decimal::parse(b)).text();
  EXPECT_EQ(abi::difference_of_numbers(canonical(a), canonical(b)), text);
  return text;
}

TEST(DecimalTest, AddsAndSubtractsExactly) {
  EXPECT_EQ(sum("1", "1"), "2");
  EXPECT_EQ(sum("0.1", "0.2"), "0.3");
  EXPECT_EQ(sum("999", "1"), "1000");
  EXPECT_EQ(sum("-5", "3"), "-2");
  EXPECT_EQ(sum("5", "-5"), "0");
  EXPECT_EQ(sum("0", "-7"), "-7");
  EXPECT_EQ(difference("1", "0.01"), "0.99");
  EXPECT_EQ(difference("0", "3"), "-3");
  EXPECT_EQ(difference("3", "0"), "3");
  EXPECT_EQ(sum("99999999999999999999999999999999999999", "1"), "1" + std::string(38, '0'));
}

TEST(DecimalTest, RefusesResultsThatDoNotFit) {
  const auto thrown = [](const std::string& a, const std::string& b) -> std::string {
    try {
      sum(a, b);
    } catch (const abi::AwsError& error) {
      return error.message();
    }
    return "";
  };
  EXPECT_EQ(thrown("9.9E125", "9.9E125"), overflow);
  EXPECT_EQ(thrown("1E125", "1E-130"), too_precise);
  EXPECT_EQ(thrown("1.1E-130", "-1E-130"), underflow);
}

TEST(DecimalTest, ComparesByValue) {
  const std::vector<std::string> ascending = {"-1E125",  "-100", "-12",    "-1.2", "-1", "-0.5",
                                              "-1E-130", "0",    "1E-130", "0.5",  "1",  "1.2",
                                              "9",       "12",   "100",    "1E125"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(Decimal::parse(ascending[i]) <=> Decimal::parse(ascending[j]), i <=> j)
          << ascending[i] << " and " << ascending[j];
      const auto a = key_component(abi::Number{ascending[i]});
      const auto b = key_component(abi::Number{ascending[j]});
      EXPECT_EQ(a.compare(b) <=> 0, i <=> j) << ascending[i] << " and " << ascending[j];
    }
  }
}

// Numbers of up to 18 digits with up to 6 places, against the machine's integers.
class RandomNumbers {
 public:
  std::int64_t units() {
    const auto size = 1 + random_.below(15);
    auto value = static_cast<std::int64_t>(std::stoll(random_.pick("0123456789", size)));
    return random_.below(2) == 0 ? value : -value;
  }

  static std::string text(std::int64_t units) {
    auto digits = std::to_string(units < 0 ? -units : units);
    if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
    digits.insert(digits.size() - 6, ".");
    return (units < 0 ? "-" : "") + digits;
  }

 private:
  core::SeededRandom random_{7};
};

TEST(DecimalTest, AgreesWithIntegersOnRandomNumbers) {
  RandomNumbers numbers;
  for (int i = 0; i < 2'000; ++i) {
    const auto a = numbers.units();
    const auto b = numbers.units();
    const auto left = Decimal::parse(RandomNumbers::text(a));
    const auto right = Decimal::parse(RandomNumbers::text(b));
    ASSERT_EQ(left + right, Decimal::parse(RandomNumbers::text(a + b)));
    ASSERT_EQ(left - right, Decimal::parse(RandomNumbers::text(a - b)));
    ASSERT_EQ(left <=> right, a <=> b);
    ASSERT_EQ(key_component(abi::Number{left.text()})
                      .compare(key_component(abi::Number{right.text()})) <=> 0,
              a <=> b);
    ASSERT_EQ(Decimal::parse(left.text()), left);
    ASSERT_EQ(left + right - right, left);
    const auto whole_a = std::to_string(a);
    const auto whole_b = std::to_string(b);
    ASSERT_EQ(abi::sum_of_numbers(whole_a, whole_b), std::to_string(a + b));
    ASSERT_EQ(abi::difference_of_numbers(whole_a, left.text()),
              (Decimal::parse(whole_a) - left).text());
  }
}

}  // namespace
}  // namespace votemu::dynamodb
