#include "services/dynamodb/schema.h"

namespace votemu::dynamodb {

std::string key_type_name(KeyType type) {
  if (type == KeyType::string) return "S";
  return type == KeyType::number ? "N" : "B";
}

std::optional<KeyType> key_type_of(std::string_view name) {
  if (name == "S") return KeyType::string;
  if (name == "N") return KeyType::number;
  if (name == "B") return KeyType::binary;
  return std::nullopt;
}

core::Json key_schema_json(const KeySchema& keys) {
  core::Json json = core::Json::array();
  json.push_back({{"AttributeName", keys.hash.name}, {"KeyType", "HASH"}});
  if (keys.range) json.push_back({{"AttributeName", keys.range->name}, {"KeyType", "RANGE"}});
  return json;
}

core::Json projection_json(const IndexDefinition& index) {
  if (index.projection == ProjectionType::all) return {{"ProjectionType", "ALL"}};
  if (index.projection == ProjectionType::keys_only) return {{"ProjectionType", "KEYS_ONLY"}};
  return {{"ProjectionType", "INCLUDE"}, {"NonKeyAttributes", index.non_key_attributes}};
}

}  // namespace votemu::dynamodb
