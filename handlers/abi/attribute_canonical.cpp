// What makes a value one that DynamoDB accepts, however it was built.
#include <algorithm>

#include "handlers/abi/attribute_json.h"
#include "handlers/abi/aws_error.h"
#include "handlers/abi/decimal.h"

namespace votemu::abi {
namespace {

AwsError invalid(const std::string& message) {
  return AwsError("ValidationException", message);
}

std::string listed(const std::vector<std::string>& elements) {
  std::string text;
  for (const auto& element : elements) text += (text.empty() ? "" : ", ") + element;
  return "[" + text + "]";
}

template <class Elements>
bool has_duplicates(const Elements& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
}

void make_canonical(AttributeValue& value, int depth);

struct Canonicaliser {
  int depth;

  void operator()(std::string&) const {}
  void operator()(Binary&) const {}
  void operator()(bool&) const {}
  void operator()(Null&) const {}

  void operator()(Number& number) const { number.text = canonical_number(std::move(number.text)); }

  void operator()(AttributeMap& map) const {
    for (auto& [name, element] : map) make_canonical(element, depth + 1);
  }

  void operator()(AttributeList& list) const {
    for (auto& element : list) make_canonical(element, depth + 1);
  }

  void operator()(StringSet& set) const {
    if (set.elements.empty()) {
      throw invalid("One or more parameter values were invalid: An string set  may not be empty");
    }
    const auto given = listed(set.elements);
    std::sort(set.elements.begin(), set.elements.end());
    if (has_duplicates(set.elements)) {
      throw invalid("One or more parameter values were invalid: Input collection " + given +
                    " contains duplicates.");
    }
  }

  void operator()(NumberSet& set) const {
    if (set.elements.empty()) {
      throw invalid("One or more parameter values were invalid: An number set  may not be empty");
    }
    std::vector<Decimal> numbers;
    for (const auto& element : set.elements) numbers.push_back(Decimal::parse(element.text));
    std::sort(numbers.begin(), numbers.end());
    if (has_duplicates(numbers)) throw invalid("Input collection contains duplicates");
    for (std::size_t i = 0; i < numbers.size(); ++i) set.elements[i].text = numbers[i].text();
  }

  void operator()(BinarySet& set) const {
    if (set.elements.empty()) {
      throw invalid("One or more parameter values were invalid: Binary sets should not be empty");
    }
    const auto less = [](const Binary& a, const Binary& b) { return a.bytes < b.bytes; };
    std::sort(set.elements.begin(), set.elements.end(), less);
    if (has_duplicates(set.elements)) {
      throw invalid(
          "One or more parameter values were invalid: Input collection of type BS contains "
          "duplicates.");
    }
  }
};

void make_canonical(AttributeValue& value, int depth) {
  if (depth > max_attribute_depth) {
    throw invalid(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels "
        "beyond supported limit");
  }
  std::visit(Canonicaliser{depth}, value.value);
}

}  // namespace

AttributeValue canonical_attribute(AttributeValue value) {
  make_canonical(value, 0);
  return value;
}

AttributeMap canonical_attributes(AttributeMap attributes) {
  for (auto& [name, value] : attributes) make_canonical(value, 0);
  return attributes;
}

}  // namespace votemu::abi
