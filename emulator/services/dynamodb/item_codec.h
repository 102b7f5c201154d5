// Items as bytes in the store: a version byte, then names and values, lengths before contents.
#pragma once

#include <string>
#include <string_view>

#include "handlers/abi/attribute_value.h"

namespace votemu::dynamodb {

std::string encode_item(const abi::Item& item);

// Throws std::runtime_error when the bytes are not such an item: the store is corrupt.
abi::Item decode_item(std::string_view bytes);

}  // namespace votemu::dynamodb
