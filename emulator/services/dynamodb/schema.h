// What a table's definition says of its keys.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"

namespace votemu::dynamodb {

enum class KeyType { string, number, binary };

struct KeyAttribute {
  std::string name;
  KeyType type = KeyType::string;
};

// A partition key and maybe a sort key.
struct KeySchema {
  KeyAttribute hash;
  std::optional<KeyAttribute> range;

  bool contains(std::string_view attribute) const {
    return hash.name == attribute || (range && range->name == attribute);
  }
};

enum class ProjectionType { all, keys_only, include };

struct IndexDefinition {
  std::string name;
  KeySchema keys;
  ProjectionType projection = ProjectionType::all;
  std::vector<std::string> non_key_attributes;
};

// "S", "N" or "B".
std::string key_type_name(KeyType type);
std::optional<KeyType> key_type_of(std::string_view name);

// The members KeySchema and Projection of the API.
core::Json key_schema_json(const KeySchema& keys);
core::Json projection_json(const IndexDefinition& index);

}  // namespace votemu::dynamodb
