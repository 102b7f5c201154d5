// An item's primary key: what a schema asks of it, and how it sorts in the store.
#pragma once

#include <string>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/schema.h"

namespace votemu::dynamodb {

// Bytes that compare as the values do: strings and binaries as they are, numbers by their value.
std::string key_component(const abi::AttributeValue& value);

// All throw AwsError ValidationException with AWS's texts.

// `key` is the Key of a request: exactly the schema's attributes.
void check_key(const KeySchema& keys, const abi::Item& key);
// `item` is about to be stored: it has the schema's attributes among others.
void check_item_keys(const KeySchema& keys, const abi::Item& item);
// An item need not have an index's attributes, but they are of the index's types if it has.
void check_index_keys(const IndexDefinition& index, const abi::Item& item);

// The schema's attributes of an item that has them.
abi::Item key_of(const KeySchema& keys, const abi::Item& item);

// Whether the value is of the key attribute's type.
bool has_key_type(const abi::AttributeValue& value, KeyType type);

}  // namespace votemu::dynamodb
