#include "services/dynamodb/item_size.h"

#include <algorithm>
#include <string_view>

namespace votemu::dynamodb {
namespace {

constexpr std::size_t container_overhead = 3;
constexpr std::size_t element_overhead = 1;
constexpr std::size_t read_unit_bytes = 4096;
constexpr std::size_t write_unit_bytes = 1024;

// A byte for two significant digits, one for the exponent, one for a minus sign.
std::size_t number_size(std::string_view text) {
  const bool negative = text.starts_with('-');
  const auto significant = [](char c) { return c >= '1' && c <= '9'; };
  const auto* first = std::find_if(text.begin(), text.end(), significant);
  if (first == text.end()) return 1;
  const auto* last = text.end() - 1;
  while (!significant(*last)) --last;
  const auto points = std::count(first, last, '.');
  const auto digits = static_cast<std::size_t>(last - first + 1 - points);
  return (digits + 1) / 2 + 1 + (negative ? 1 : 0);
}

struct Sizer {
  std::size_t operator()(const std::string& value) const { return value.size(); }
  std::size_t operator()(const abi::Number& value) const { return number_size(value.text); }
  std::size_t operator()(const abi::Binary& value) const { return value.bytes.size(); }
  std::size_t operator()(bool) const { return 1; }
  std::size_t operator()(const abi::Null&) const { return 1; }
  std::size_t operator()(const abi::AttributeMap& value) const {
    return container_overhead + value.size() * element_overhead + item_size(value);
  }
  std::size_t operator()(const abi::AttributeList& value) const {
    std::size_t size = container_overhead;
    for (const auto& element : value) size += element_overhead + value_size(element);
    return size;
  }
  template <class Set>
  std::size_t operator()(const Set& set) const {
    std::size_t size = 0;
    for (const auto& element : set.elements) size += (*this)(element);
    return size;
  }
};

std::size_t units(std::size_t bytes, std::size_t unit) {
  return std::max<std::size_t>(1, (bytes + unit - 1) / unit);
}

}  // namespace

std::size_t value_size(const abi::AttributeValue& value) {
  return std::visit(Sizer{}, value.value);
}

std::size_t item_size(const abi::Item& item) {
  std::size_t size = 0;
  for (const auto& [name, value] : item) size += name.size() + value_size(value);
  return size;
}

double read_units(std::size_t bytes, bool consistent) {
  return static_cast<double>(units(bytes, read_unit_bytes)) * (consistent ? 1.0 : 0.5);
}

double write_units(std::size_t bytes) {
  return static_cast<double>(units(bytes, write_unit_bytes));
}

}  // namespace votemu::dynamodb
