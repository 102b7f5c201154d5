// Attribute values in the shape in which DynamoDB sends them: {"S": "text"}, {"N": "1"}, {"B": base64} …
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "handlers/abi/attribute_value.h"

namespace votemu::abi {

// DynamoDB's bound on how deeply lists and maps nest.
inline constexpr int max_attribute_depth = 32;

// Throw AwsError ValidationException or SerializationException with AWS's texts. Numbers come out in
// canonical text ("1.0" -> "1"), sets in ascending order.
AttributeValue attribute_from_json(const nlohmann::json& json);
AttributeMap attributes_from_json(const nlohmann::json& json);

nlohmann::json attribute_to_json(const AttributeValue& value);
nlohmann::json attributes_to_json(const AttributeMap& attributes);

}  // namespace votemu::abi
