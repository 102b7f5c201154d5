// The key schemas of a table and its indexes, as CreateTable checks them.
#include <algorithm>

#include "core/text.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/table_request.h"

namespace votemu::dynamodb {
namespace {

core::AwsError invalid(const std::string& problem) {
  return core::validation_error("One or more parameter values were invalid: " + problem);
}

std::string required_string(const core::Json& object, std::string_view name,
                            const std::string& member) {
  const auto value = core::string_member(object, name);
  if (!value) throw null_member(member + "." + core::lower_first(name));
  return *value;
}

std::vector<KeyAttribute> decode_attributes(const core::Json& request) {
  const auto* list = core::array_member(request, "AttributeDefinitions");
  if (list == nullptr) throw null_member("attributeDefinitions");
  std::vector<KeyAttribute> attributes;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto member = "attributeDefinitions." + std::to_string(i + 1) + ".member";
    const auto name = required_string((*list)[i], "AttributeName", member);
    const auto type = required_string((*list)[i], "AttributeType", member);
    if (name.empty() || name.size() > limits::max_attribute_name_length) {
      throw constraint_error(name, member + ".attributeName",
                             name.empty() ? "Member must have length greater than or equal to 1"
                                          : "Member must have length less than or equal to 255");
    }
    const auto key_type = key_type_of(type);
    if (!key_type) {
      throw constraint_error(type, member + ".attributeType",
                             "Member must satisfy enum value set: [B, N, S]");
    }
    const bool known = std::any_of(attributes.begin(), attributes.end(),
                                   [&](const auto& other) { return other.name == name; });
    if (known) throw invalid("Duplicate AttributeName in AttributeDefinitions: " + name);
    attributes.push_back({name, *key_type});
  }
  return attributes;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return "[" + text + "]";
}

KeyAttribute attribute_named(const std::vector<KeyAttribute>& attributes, const std::string& name) {
  return *std::find_if(attributes.begin(), attributes.end(),
                       [&](const auto& attribute) { return attribute.name == name; });
}

void check_defined(const std::vector<std::string>& names,
                   const std::vector<KeyAttribute>& attributes) {
  std::vector<std::string> defined;
  for (const auto& attribute : attributes) defined.push_back(attribute.name);
  for (const auto& name : names) {
    if (std::find(defined.begin(), defined.end(), name) != defined.end()) continue;
    throw invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: " +
                  listed(names) + ", AttributeDefinitions: " + listed(defined));
  }
}

KeySchema decode_schema(const core::Json& object, const std::string& member,
                        const std::vector<KeyAttribute>& attributes) {
  const auto* list = core::array_member(object, "KeySchema");
  if (list == nullptr) throw null_member(member);
  if (list->empty() || list->size() > 2) {
    throw constraint_error(core::dump_json(*list), member,
                           list->empty() ? "Member must have length greater than or equal to 1"
                                         : "Member must have length less than or equal to 2");
  }
  std::vector<std::string> names;
  std::vector<std::string> types;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto element = member + "." + std::to_string(i + 1) + ".member";
    names.push_back(required_string((*list)[i], "AttributeName", element));
    types.push_back(required_string((*list)[i], "KeyType", element));
    if (types.back() == "HASH" || types.back() == "RANGE") continue;
    throw constraint_error(types.back(), element + ".keyType",
                           "Member must satisfy enum value set: [HASH, RANGE]");
  }
  check_defined(names, attributes);
  if (types[0] != "HASH") {
    throw core::validation_error(
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  }
  KeySchema keys{attribute_named(attributes, names[0]), std::nullopt};
  if (names.size() == 1) return keys;
  if (names[0] == names[1]) {
    throw core::validation_error(
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  if (types[1] != "RANGE") {
    throw core::validation_error(
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
  keys.range = attribute_named(attributes, names[1]);
  return keys;
}

void decode_projection(const core::Json& object, IndexDefinition& index) {
  const auto* projection = core::object_member(object, "Projection");
  const auto type = projection != nullptr ? core::string_member(*projection, "ProjectionType")
                                          : std::optional<std::string>();
  if (!type) throw invalid("Unknown ProjectionType: null");
  if (*type == "KEYS_ONLY") {
    index.projection = ProjectionType::keys_only;
  } else if (*type == "INCLUDE") {
    index.projection = ProjectionType::include;
  } else if (*type != "ALL") {
    throw invalid("Unknown ProjectionType: " + *type);
  }
  const auto* names = core::array_member(*projection, "NonKeyAttributes");
  if (names == nullptr) {
    if (index.projection != ProjectionType::include) return;
    throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  }
  if (index.projection != ProjectionType::include) {
    throw invalid("ProjectionType is " + *type + ", but NonKeyAttributes is specified");
  }
  if (names->empty() || names->size() > limits::max_non_key_attributes) {
    throw constraint_error(core::dump_json(*names), "projection.nonKeyAttributes",
                           names->empty() ? "Member must have length greater than or equal to 1"
                                          : "Member must have length less than or equal to 20");
  }
  for (const auto& name : *names) {
    if (!name.is_string()) throw core::serialization_error("Unexpected value type in payload");
    index.non_key_attributes.push_back(name.get<std::string>());
  }
}

IndexDefinition decode_index(const core::Json& object, const std::string& member,
                             const TableDefinition& table) {
  IndexDefinition index;
  index.name = required_string(object, "IndexName", member);
  check_table_name(index.name, member + ".indexName");
  index.keys = decode_schema(object, member + ".keySchema", table.attributes);
  if (!index.keys.range) {
    throw invalid("Index KeySchema does not have a range key for index: " + index.name);
  }
  if (index.keys.hash.name != table.keys.hash.name) {
    throw invalid(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: " +
        index.name + ". index hash key: " + index.keys.hash.name +
        ", table hash key: " + table.keys.hash.name);
  }
  decode_projection(object, index);
  for (const auto& other : table.local_indexes) {
    if (other.name == index.name) throw invalid("Duplicate index name: " + index.name);
  }
  return index;
}

void decode_local_indexes(const core::Json& request, TableDefinition& definition) {
  const auto* list = core::array_member(request, "LocalSecondaryIndexes");
  if (list == nullptr) return;
  if (list->empty()) throw invalid("List of LocalSecondaryIndexes is empty");
  if (!definition.keys.range) {
    throw invalid(
        "Table KeySchema does not have a range key, which is required when specifying a "
        "LocalSecondaryIndex");
  }
  if (list->size() > limits::max_local_indexes) {
    throw invalid("LocalSecondaryIndex count exceeds the per-table limit of 5");
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto member = "localSecondaryIndexes." + std::to_string(i + 1) + ".member";
    definition.local_indexes.push_back(decode_index((*list)[i], member, definition));
  }
}

bool is_used(const TableDefinition& definition, const std::string& attribute) {
  return definition.keys.contains(attribute) ||
         std::any_of(definition.local_indexes.begin(), definition.local_indexes.end(),
                     [&](const auto& index) { return index.keys.contains(attribute); });
}

}  // namespace

void decode_keys(const core::Json& request, TableDefinition& definition) {
  definition.attributes = decode_attributes(request);
  definition.keys = decode_schema(request, "keySchema", definition.attributes);
  decode_local_indexes(request, definition);
  for (const auto& attribute : definition.attributes) {
    if (is_used(definition, attribute.name)) continue;
    if (definition.local_indexes.empty()) {
      throw invalid(
          "Number of attributes in KeySchema does not exactly match number of attributes defined "
          "in AttributeDefinitions");
    }
    throw invalid("Some AttributeDefinitions are not used. AttributeDefinitions: [" +
                  attribute.name + "]");
  }
}

}  // namespace votemu::dynamodb
