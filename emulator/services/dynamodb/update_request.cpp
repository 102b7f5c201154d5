#include "services/dynamodb/update_request.h"

#include <optional>
#include <utility>

#include "core/aws_error.h"
#include "handlers/abi/attribute_reader.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

using abi::JsonReader;

UpdateRequest request_of(const core::Json& members) {
  UpdateRequest request;
  request.table_name = table_name_of(members);
  request.key = attributes_member(members, "Key");
  request.options = write_options(members);
  request.texts = expression_texts(members);
  return request;
}

expression::Names read_names(JsonReader& reader) {
  expression::Names names;
  reader.object([&](std::string_view placeholder) {
    std::string& name = names[std::string(placeholder)];
    name = reader.string();
  });
  return names;
}

// Takes the value of one member; false when it is none that a plain request has.
bool read_member(JsonReader& reader, std::string_view name, UpdateRequest& request) {
  auto& texts = request.texts;
  if (name == "TableName") {
    request.table_name = reader.string();
  } else if (name == "Key") {
    request.key = abi::read_attributes(reader);
  } else if (name == "UpdateExpression") {
    texts.update = reader.string();
  } else if (name == "ConditionExpression") {
    texts.condition = reader.string();
  } else if (name == "ExpressionAttributeNames") {
    texts.names = read_names(reader);
  } else if (name == "ExpressionAttributeValues") {
    texts.values = abi::read_attributes(reader);
  } else if (name == "ReturnValues") {
    const auto values = return_values_named(reader.string());
    request.options.return_values = values.value_or(ReturnValues::none);
    return values.has_value();
  } else {
    reader.skip();
    return false;
  }
  return true;
}

// What nearly all requests are, without a tree: a table's name, a key and an update, with nothing
// unusual about them. Of any other nothing: its tree tells what it asks, or what is wrong with it.
std::optional<UpdateRequest> plain_request(std::string_view json) {
  if (json.size() > limits::max_plain_request_bytes) return std::nullopt;
  try {
    UpdateRequest request;
    bool plain = true;
    JsonReader reader(json);
    reader.object([&](std::string_view name) {
      const bool known = read_member(reader, name, request);
      plain = plain && known;
    });
    reader.end();
    if (!plain || !request.texts.update || request.key.empty()) return std::nullopt;
    check_table_name(request.table_name, "tableName");
    return request;
  } catch (const abi::JsonError&) {
    return std::nullopt;
  } catch (const core::AwsError&) {
    return std::nullopt;
  }
}

}  // namespace

UpdateRequest update_request(std::string_view json) {
  if (auto plain = plain_request(json)) return std::move(*plain);
  return request_of(core::parse_json_object(json));
}

}  // namespace votemu::dynamodb
