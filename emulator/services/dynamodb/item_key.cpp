#include "services/dynamodb/item_key.h"

#include "core/aws_error.h"
#include "handlers/abi/attribute_json.h"
#include "handlers/abi/decimal.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb {
namespace {

constexpr char below_zero = '\x01';
constexpr char at_zero = '\x02';
constexpr char above_zero = '\x03';

// A sign, the exponent, the digits each one more than it is and a zero at their end; a negative
// number's bytes are complemented, so that the greater magnitude is the lesser number.
std::string number_component(const abi::Decimal& number) {
  if (number.digits().empty()) return std::string(1, at_zero);
  std::string bytes;
  bytes.push_back(static_cast<char>(number.exponent() - abi::Decimal::min_exponent));
  for (const char digit : number.digits()) bytes.push_back(static_cast<char>(digit - '0' + 1));
  bytes.push_back('\0');
  if (!number.negative()) return above_zero + bytes;
  for (char& byte : bytes) byte = static_cast<char>(~byte);
  return below_zero + bytes;
}

core::AwsError mismatch() {
  return core::validation_error("The provided key element does not match the schema");
}

void check_key_size(const abi::AttributeValue& value, bool hash) {
  std::size_t size = 0;
  if (const auto* text = value.get_if<std::string>()) size = text->size();
  if (const auto* binary = value.get_if<abi::Binary>()) size = binary->bytes.size();
  if (hash && size > limits::max_hash_key_bytes) {
    throw core::validation_error(
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size "
        "limit of2048 bytes");
  }
  if (!hash && size > limits::max_range_key_bytes) {
    throw core::validation_error(
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded "
        "the size limit of 1024 bytes");
  }
}

// "string" or "binary" when the value is an empty one of these.
const char* empty_kind(const abi::AttributeValue& value) {
  if (const auto* text = value.get_if<std::string>(); text && text->empty()) return "string";
  if (const auto* binary = value.get_if<abi::Binary>(); binary && binary->bytes.empty()) {
    return "binary";
  }
  return nullptr;
}

void check_key_content(const KeyAttribute& attribute, const abi::AttributeValue& value, bool hash) {
  if (const auto* kind = empty_kind(value)) {
    throw core::validation_error(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
        "contain an empty " +
        std::string(kind) + " value. Key: " + attribute.name);
  }
  check_key_size(value, hash);
}

void check_key_attribute(const KeyAttribute& attribute, const abi::Item& key, bool hash) {
  const auto found = key.find(attribute.name);
  if (found == key.end() || !has_key_type(found->second, attribute.type)) throw mismatch();
  check_key_content(attribute, found->second, hash);
}

void check_item_attribute(const KeyAttribute& attribute, const abi::Item& item, bool hash) {
  const auto found = item.find(attribute.name);
  if (found == item.end()) {
    throw core::validation_error("One or more parameter values were invalid: Missing the key " +
                                 attribute.name + " in the item");
  }
  if (!has_key_type(found->second, attribute.type)) {
    throw core::validation_error(
        "One or more parameter values were invalid: Type mismatch for key " + attribute.name +
        " expected: " + key_type_name(attribute.type) +
        " actual: " + std::string(abi::attribute_type_name(found->second)));
  }
  check_key_content(attribute, found->second, hash);
}

void check_index_attribute(const IndexDefinition& index, const KeyAttribute& attribute,
                           const abi::Item& item, bool hash) {
  const auto found = item.find(attribute.name);
  if (found == item.end()) return;
  if (!has_key_type(found->second, attribute.type)) {
    throw core::validation_error(
        "One or more parameter values were invalid: Type mismatch for Index Key " + attribute.name +
        " Expected: " + key_type_name(attribute.type) + " Actual: " +
        std::string(abi::attribute_type_name(found->second)) + " IndexName: " + index.name);
  }
  if (const auto* kind = empty_kind(found->second)) {
    throw core::validation_error(
        "One or more parameter values are not valid. A value specified for a secondary index key "
        "is not supported. The AttributeValue for a key attribute cannot contain an empty " +
        std::string(kind) + " value. IndexName: " + index.name + ", IndexKey: " + attribute.name);
  }
  check_key_size(found->second, hash);
}

}  // namespace

std::string key_component(const abi::AttributeValue& value) {
  if (const auto* text = value.get_if<std::string>()) return *text;
  if (const auto* number = value.get_if<abi::Number>()) {
    return number_component(abi::Decimal::parse(number->text));
  }
  if (const auto* binary = value.get_if<abi::Binary>()) return binary->bytes;
  throw std::logic_error("a key attribute of no key type");
}

bool has_key_type(const abi::AttributeValue& value, KeyType type) {
  if (type == KeyType::string) return value.get_if<std::string>() != nullptr;
  if (type == KeyType::number) return value.get_if<abi::Number>() != nullptr;
  return value.get_if<abi::Binary>() != nullptr;
}

void check_key(const KeySchema& keys, const abi::Item& key) {
  if (key.size() != (keys.range ? 2U : 1U)) throw mismatch();
  check_key_attribute(keys.hash, key, true);
  if (keys.range) check_key_attribute(*keys.range, key, false);
}

void check_item_keys(const KeySchema& keys, const abi::Item& item) {
  check_item_attribute(keys.hash, item, true);
  if (keys.range) check_item_attribute(*keys.range, item, false);
}

void check_index_keys(const IndexDefinition& index, const abi::Item& item) {
  check_index_attribute(index, index.keys.hash, item, true);
  if (index.keys.range) check_index_attribute(index, *index.keys.range, item, false);
}

abi::Item key_of(const KeySchema& keys, const abi::Item& item) {
  abi::Item key;
  key.emplace(keys.hash.name, item.find(keys.hash.name)->second);
  if (keys.range) key.emplace(keys.range->name, item.find(keys.range->name)->second);
  return key;
}

}  // namespace votemu::dynamodb
