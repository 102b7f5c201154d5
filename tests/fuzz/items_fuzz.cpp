// DynamoDB's items: bytes of the store, and attributes in JSON. What is decoded and encoded again
// stays the same, the two readers of JSON agree, and numbers are exact.
#include <stdexcept>
#include <string>

#include "core/aws_error.h"
#include "core/json.h"
#include "handlers/abi/attribute_json.h"
#include "handlers/abi/attribute_reader.h"
#include "handlers/abi/decimal.h"
#include "handlers/abi/document_json.h"
#include "services/dynamodb/item_codec.h"
#include "services/dynamodb/item_size.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace votemu::dynamodb {
namespace {

using abi::Decimal;
using core::Json;
using fuzz::require;

void check_stored(std::string_view bytes) {
  try {
    const auto item = decode_item(bytes);
    require(decode_item(encode_item(item)) == item, "an item survives the store");
    item_size(item);
  } catch (const std::runtime_error& error) {
    require(std::string_view(error.what()).starts_with("an item of the store is "),
            "a corrupt item is told as such");
  }
}

void check_item(const abi::Item& item) {
  require(decode_item(encode_item(item)) == item, "a client's item survives the store");
  require(abi::canonical_attributes(item) == item, "what was read is canonical");
  item_size(item);
  std::string text;
  abi::append_attributes_json(text, item);
  const auto json = Json::parse(text, nullptr, false);
  require(json == abi::attributes_to_json(item), "both writers of attributes agree");
  require(abi::attributes_from_json(json) == item, "an item survives JSON");
  require(!Json::parse(abi::documents_to_json({item}), nullptr, false).is_discarded(),
          "documents are JSON");
}

struct Reading {
  bool refused = true;
  abi::Item item;
};

template <class Read>
Reading reading(Read read) {
  try {
    return {false, read()};
  } catch (const core::AwsError&) {
  } catch (const abi::JsonError&) {
  }
  return {};
}

void check_attributes(std::string_view text) {
  const auto from_tree =
      reading([text] { return abi::attributes_from_json(core::parse_json_object(text)); });
  const auto read = reading([text] {
    abi::JsonReader reader(text);
    auto item = abi::read_attributes(reader);
    reader.end();
    return item;
  });
  // The reader may refuse what is unusual, such as a value with a member that is null.
  require(read.refused || !from_tree.refused, "the reader takes nothing that the tree does not");
  require(read.refused || read.item == from_tree.item, "both readers of attributes agree");
  if (!from_tree.refused) check_item(from_tree.item);
}

template <class Calculate>
std::string result_of(Calculate calculate) {
  try {
    return calculate();
  } catch (const core::AwsError&) {
    return "refused";
  }
}

// Two numbers with a space between them.
void check_numbers(std::string_view text) {
  const auto space = text.find(' ');
  if (space == text.npos) return;
  try {
    const auto left = Decimal::parse(text.substr(0, space));
    const auto right = Decimal::parse(text.substr(space + 1));
    const auto a = left.text();
    const auto b = right.text();
    require(abi::canonical_number(std::string(text.substr(0, space))) == a, "one canonical text");
    require(Decimal::parse(a) == left, "a number survives its text");
    require((left <=> right) == (0 <=> (right <=> left)), "numbers are ordered");
    const auto sum = result_of([&] { return (left + right).text(); });
    const auto difference = result_of([&] { return (left - right).text(); });
    require(abi::sum_of_numbers(a, b) == sum, "both sums agree");
    require(sum == abi::sum_of_numbers(b, a), "sums commute");
    require(result_of([&] { return abi::difference_of_numbers(a, b); }) == difference,
            "both differences agree");
    if (sum == "refused") return;
    require(result_of([&] { return (Decimal::parse(sum) - right).text(); }) == a, "sums are exact");
  } catch (const core::AwsError&) {
  }
}

}  // namespace
}  // namespace votemu::dynamodb

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu::dynamodb;
  const auto text = votemu::fuzz::Input(data, size).rest();
  if (text.starts_with('\x01')) {
    check_stored(text);
  } else if (text.starts_with('{')) {
    check_attributes(text);
  } else {
    check_numbers(text);
  }
  return 0;
}
