// Attribute values in the shape in which DynamoDB sends them: {"S": "text"}, {"N": "1"}, {"B":
// base64} … https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "handlers/abi/attribute_value.h"

namespace votemu::abi {

// DynamoDB's bound on how deeply lists and maps nest.
inline constexpr int max_attribute_depth = 32;

// Throw AwsError ValidationException or SerializationException with AWS's texts. Numbers come out
// in canonical text ("1.0" -> "1"), sets in ascending order.
AttributeValue attribute_from_json(const nlohmann::json& json);
AttributeMap attributes_from_json(const nlohmann::json& json);

nlohmann::json attribute_to_json(const AttributeValue& value);
nlohmann::json attributes_to_json(const AttributeMap& attributes);

// The same, appended to JSON text that is being written.
void append_attribute_json(std::string& text, const AttributeValue& value);
void append_attributes_json(std::string& text, const AttributeMap& attributes);

// The type's name on the wire: S, N, B, BOOL, NULL, M, L, SS, NS or BS.
std::string_view attribute_type_name(const AttributeValue& value);

// Checks and canonicalises a value that was built by hand (a handler's), as attribute_from_json
// does.
AttributeValue canonical_attribute(AttributeValue value);
AttributeMap canonical_attributes(AttributeMap attributes);

}  // namespace votemu::abi
