// A DynamoDB attribute value, as a service stores it and a handler sees it.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
#pragma once

#include <boost/container/flat_map.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace votemu::abi {

struct AttributeValue;

// A number's decimal text, up to 38 significant digits. Never passes through a double.
struct Number {
  std::string text;
  bool operator==(const Number&) const = default;
};

// Raw bytes; base64 only exists on the wire.
struct Binary {
  std::string bytes;
  bool operator==(const Binary&) const = default;
};

struct Null {
  bool operator==(const Null&) const = default;
};

// Sets hold distinct elements in ascending order, so that equal sets compare equal.
struct StringSet {
  std::vector<std::string> elements;
  bool operator==(const StringSet&) const = default;
};
struct NumberSet {
  std::vector<Number> elements;
  bool operator==(const NumberSet&) const = default;
};
struct BinarySet {
  std::vector<Binary> elements;
  bool operator==(const BinarySet&) const = default;
};

namespace detail {
template <class T, class... Alternatives>
inline constexpr bool is_any_of = (std::is_same_v<T, Alternatives> || ...);
}

using AttributeList = std::vector<AttributeValue>;
// Ascending by name, and in one piece of memory: items are small, and read far more than changed.
using AttributeMap = boost::container::flat_map<std::string, AttributeValue, std::less<>>;

// An item is its attributes by name.
using Item = AttributeMap;

// S, N, B, BOOL, NULL, M, L, SS, NS, BS in this order.
struct AttributeValue {
  using Variant = std::variant<std::string, Number, Binary, bool, Null, AttributeMap, AttributeList,
                               StringSet, NumberSet, BinarySet>;

  AttributeValue() = default;
  // From exactly one of the alternatives: no conversion can choose the wrong kind.
  template <class T>
  requires(detail::is_any_of<std::remove_cvref_t<T>, std::string, Number, Binary, bool, Null,
                             AttributeMap, AttributeList, StringSet, NumberSet, BinarySet>)
      // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload)
      AttributeValue(T&& alternative)
      : value(std::forward<T>(alternative)) {}

  bool operator==(const AttributeValue&) const = default;

  // The alternative of type T, or nullptr.
  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&value);
  }
  template <class T>
  T* get_if() {
    return std::get_if<T>(&value);
  }

  Variant value;
};

}  // namespace votemu::abi
