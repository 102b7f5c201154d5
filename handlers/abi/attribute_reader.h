// Attribute values read straight from JSON text, such as an event's.
#pragma once

#include "handlers/abi/attribute_value.h"
#include "handlers/abi/json_reader.h"

namespace votemu::abi {

// Take an object {"name": {"S": "text"}, …}, an attribute each. Throw AwsError as
// attributes_from_json does, with less to say about what is wrong, and JsonError.
AttributeMap read_attributes(JsonReader& reader);

}  // namespace votemu::abi
