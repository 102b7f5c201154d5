// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html
#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/table_request.h"

namespace votemu::dynamodb {
namespace {

Table& tagged_table(Database& database, const RequestContext& context, const Json& request) {
  const auto text = core::string_member(request, "ResourceArn");
  if (!text) throw null_member("resourceArn");
  const auto arn = core::Arn::parse(*text);
  constexpr std::string_view prefix = "table/";
  if (!arn || arn->service != "dynamodb" || !arn->resource.starts_with(prefix)) {
    throw core::validation_error("Invalid TableArn: Invalid ResourceArn provided as input " +
                                 *text);
  }
  auto* table = database.tables.find(context.scope, arn->resource.substr(prefix.size()));
  if (table == nullptr || arn->scope() != context.scope) {
    throw core::AwsError("ResourceNotFoundException",
                         "Requested resource not found: ResourcArn: " + *text + " not found");
  }
  return *table;
}

}  // namespace

Json tag_resource(Database& database, const RequestContext& context, const Json& request) {
  auto& table = tagged_table(database, context, request);
  auto tags = decode_tags(request);
  if (tags.empty()) throw null_member("tags");
  tags.insert(table.definition.tags.begin(), table.definition.tags.end());
  if (tags.size() > limits::max_tags) {
    throw core::validation_error("One or more parameter values were invalid: Too many tags: " +
                                 std::to_string(tags.size()));
  }
  table.definition.tags = std::move(tags);
  database.tables.save(table);
  return Json::object();
}

Json untag_resource(Database& database, const RequestContext& context, const Json& request) {
  auto& table = tagged_table(database, context, request);
  const auto* keys = core::array_member(request, "TagKeys");
  if (keys == nullptr) throw null_member("tagKeys");
  auto tags = table.definition.tags;
  for (const auto& key : *keys) {
    if (!key.is_string()) throw core::serialization_error("Unexpected value type in payload");
    tags.erase(key.get<std::string>());
  }
  table.definition.tags = std::move(tags);
  database.tables.save(table);
  return Json::object();
}

Json list_tags_of_resource(Database& database, const RequestContext& context, const Json& request) {
  const auto& table = tagged_table(database, context, request);
  Json answer = {{"Tags", Json::array()}};
  for (const auto& [key, value] : table.definition.tags) {
    answer["Tags"].push_back({{"Key", key}, {"Value", value}});
  }
  return answer;
}

}  // namespace votemu::dynamodb
