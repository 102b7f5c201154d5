// A table's row in the store. What is read back was written here: a member that is missing or of
// another type means a corrupt store, and nlohmann's exception says so.
#include "services/dynamodb/table.h"

namespace votemu::dynamodb {
namespace {

core::Json attribute_to_json(const KeyAttribute& attribute) {
  return {{"name", attribute.name}, {"type", key_type_name(attribute.type)}};
}

KeyAttribute attribute_from_json(const core::Json& json) {
  return {json.at("name").get<std::string>(),
          key_type_of(json.at("type").get<std::string>()).value_or(KeyType::string)};
}

core::Json keys_to_json(const KeySchema& keys) {
  core::Json json = {{"hash", attribute_to_json(keys.hash)}};
  if (keys.range) json["range"] = attribute_to_json(*keys.range);
  return json;
}

KeySchema keys_from_json(const core::Json& json) {
  KeySchema keys{attribute_from_json(json.at("hash")), std::nullopt};
  if (json.contains("range")) keys.range = attribute_from_json(json.at("range"));
  return keys;
}

core::Json index_to_json(const IndexDefinition& index) {
  return {{"name", index.name},
          {"keys", keys_to_json(index.keys)},
          {"projection", static_cast<int>(index.projection)},
          {"non_key_attributes", index.non_key_attributes}};
}

IndexDefinition index_from_json(const core::Json& json) {
  return {json.at("name").get<std::string>(), keys_from_json(json.at("keys")),
          static_cast<ProjectionType>(json.at("projection").get<int>()),
          json.at("non_key_attributes").get<std::vector<std::string>>()};
}

}  // namespace

core::Json definition_to_json(const TableDefinition& definition) {
  core::Json json = {{"name", definition.name},
                     {"id", definition.id},
                     {"created_ms", definition.created_ms},
                     {"attributes", core::Json::array()},
                     {"keys", keys_to_json(definition.keys)},
                     {"local_indexes", core::Json::array()},
                     {"on_demand", definition.on_demand},
                     {"read_units", definition.read_units},
                     {"write_units", definition.write_units},
                     {"deletion_protection", definition.deletion_protection},
                     {"table_class", definition.table_class},
                     {"kms_key_arn", definition.kms_key_arn},
                     {"stream_label", definition.stream_label},
                     {"tags", definition.tags}};
  for (const auto& attribute : definition.attributes) {
    json["attributes"].push_back(attribute_to_json(attribute));
  }
  for (const auto& index : definition.local_indexes) {
    json["local_indexes"].push_back(index_to_json(index));
  }
  if (definition.on_demand_since_ms) json["on_demand_since_ms"] = *definition.on_demand_since_ms;
  if (definition.stream_view) json["stream_view"] = stream_view_name(*definition.stream_view);
  return json;
}

TableDefinition definition_from_json(const core::Json& json) {
  TableDefinition definition;
  definition.name = json.at("name").get<std::string>();
  definition.id = json.at("id").get<std::string>();
  definition.created_ms = json.at("created_ms").get<std::int64_t>();
  for (const auto& attribute : json.at("attributes")) {
    definition.attributes.push_back(attribute_from_json(attribute));
  }
  definition.keys = keys_from_json(json.at("keys"));
  for (const auto& index : json.at("local_indexes")) {
    definition.local_indexes.push_back(index_from_json(index));
  }
  definition.on_demand = json.at("on_demand").get<bool>();
  if (json.contains("on_demand_since_ms")) {
    definition.on_demand_since_ms = json.at("on_demand_since_ms").get<std::int64_t>();
  }
  definition.read_units = json.at("read_units").get<std::int64_t>();
  definition.write_units = json.at("write_units").get<std::int64_t>();
  definition.deletion_protection = json.at("deletion_protection").get<bool>();
  definition.table_class = json.at("table_class").get<std::string>();
  definition.kms_key_arn = json.at("kms_key_arn").get<std::string>();
  if (json.contains("stream_view")) {
    definition.stream_view = stream_view_of(json.at("stream_view").get<std::string>());
  }
  definition.stream_label = json.at("stream_label").get<std::string>();
  definition.tags = json.at("tags").get<std::map<std::string, std::string>>();
  return definition;
}

}  // namespace votemu::dynamodb
