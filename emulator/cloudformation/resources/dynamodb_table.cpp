// AWS::DynamoDB::Table
#include "cloudformation/resources/tag_updates.h"
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

const Json* find(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

// A template enables a stream by naming its view type.
Json stream_specification(const Json& properties) {
  const Json* given = find(properties, "StreamSpecification");
  if (given == nullptr || !given->is_object()) return {{"StreamEnabled", false}};
  Json specification = members_from(*given, {{"StreamViewType", "StreamViewType"}});
  specification["StreamEnabled"] = true;
  return specification;
}

Made made_from(const Json& response) {
  const Json* description = find(response, "TableDescription");
  if (description == nullptr) description = find(response, "Table");
  if (description == nullptr) return {};
  Json attributes{{"Arn", text_property(*description, "TableArn")}};
  const std::string stream = text_property(*description, "LatestStreamArn");
  if (!stream.empty()) attributes["StreamArn"] = stream;
  return {text_property(*description, "TableName"), std::move(attributes)};
}

// Global secondary indexes by name.
Json indexes_of(const Json& properties) {
  Json indexes = Json::object();
  const Json* list = find(properties, "GlobalSecondaryIndexes");
  if (list == nullptr || !list->is_array()) return indexes;
  for (const auto& index : *list) indexes[text_property(index, "IndexName")] = index;
  return indexes;
}

// What UpdateTable is to do, one index at a time as it demands.
std::vector<Json> index_updates(const Json& before, const Json& after) {
  std::vector<Json> updates;
  for (const auto& [name, index] : before.items()) {
    if (find(after, name.c_str()) == nullptr) {
      updates.push_back({{"Delete", {{"IndexName", name}}}});
    }
  }
  for (const auto& [name, index] : after.items()) {
    const Json* old = find(before, name.c_str());
    if (old == nullptr) {
      updates.push_back({{"Create", index}});
    } else if (differs(*old, index, "KeySchema") || differs(*old, index, "Projection")) {
      updates.push_back({{"Delete", {{"IndexName", name}}}});
      updates.push_back({{"Create", index}});
    } else if (*old != index) {
      updates.push_back({{"Update", index}});
    }
  }
  return updates;
}

class Table final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    Json members = members_from(properties, created_with_);
    if (!members.contains("TableName")) members["TableName"] = context.generated_name();
    if (properties.contains("StreamSpecification")) {
      members["StreamSpecification"] = stream_specification(properties);
    }
    Made made = made_from(context.call(context.services.dynamodb, "CreateTable", members));
    try {
      set_time_to_live(context, made.physical_id, Json::object(), properties);
    } catch (const core::AwsError&) {
      context.call(context.services.dynamodb, "DeleteTable", {{"TableName", made.physical_id}});
      throw;
    }
    return made;
  }

  Tagging tagging() const override { return Tagging::list; }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    const Json name{{"TableName", old.physical_id}};
    update_settings(context, name, old.properties, properties);
    update_stream(context, name, old.properties, properties);
    for (auto& update : index_updates(indexes_of(old.properties), indexes_of(properties))) {
      Json members = name;
      if (const Json* definitions = find(properties, "AttributeDefinitions")) {
        members["AttributeDefinitions"] = *definitions;
      }
      members["GlobalSecondaryIndexUpdates"] = Json::array({std::move(update)});
      context.call(context.services.dynamodb, "UpdateTable", members);
    }
    set_time_to_live(context, old.physical_id, old.properties, properties);
    update_tags(context, old, properties);
    return made_from(context.call(context.services.dynamodb, "DescribeTable", name));
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.dynamodb, "DeleteTable", {{"TableName", state.physical_id}});
  }

 private:
  static void update_tags(const ResourceContext& context, const ResourceState& old,
                          const Json& properties) {
    const auto [set, removed] = tag_updates(old.properties, properties);
    const auto& dynamodb = context.services.dynamodb;
    const std::string arn = text_property(old.attributes, "Arn");
    Json list = Json::array();
    for (const auto& [key, value] : set.items()) list.push_back({{"Key", key}, {"Value", value}});
    if (!list.empty()) {
      context.call(dynamodb, "TagResource", {{"ResourceArn", arn}, {"Tags", std::move(list)}});
    }
    if (!removed.empty()) {
      context.call(dynamodb, "UntagResource", {{"ResourceArn", arn}, {"TagKeys", removed}});
    }
  }

  static void update_settings(const ResourceContext& context, Json members, const Json& before,
                              const Json& properties) {
    bool changed = false;
    for (const auto* name : {"BillingMode", "ProvisionedThroughput", "DeletionProtectionEnabled",
                             "TableClass", "SSESpecification"}) {
      if (!differs(before, properties, name) || !properties.contains(name)) continue;
      members[name] = properties[name];
      changed = true;
    }
    if (changed) context.call(context.services.dynamodb, "UpdateTable", members);
  }

  // A stream's view type cannot change: the old stream ends and a new one begins.
  static void update_stream(const ResourceContext& context, const Json& name, const Json& before,
                            const Json& properties) {
    if (!differs(before, properties, "StreamSpecification")) return;
    Json members = name;
    if (before.contains("StreamSpecification")) {
      members["StreamSpecification"] = {{"StreamEnabled", false}};
      context.call(context.services.dynamodb, "UpdateTable", members);
    }
    if (properties.contains("StreamSpecification")) {
      members["StreamSpecification"] = stream_specification(properties);
      context.call(context.services.dynamodb, "UpdateTable", members);
    }
  }

  static void set_time_to_live(const ResourceContext& context, const std::string& table,
                               const Json& before, const Json& properties) {
    if (!differs(before, properties, "TimeToLiveSpecification")) return;
    Json specification = properties.value("TimeToLiveSpecification",
                                          before.value("TimeToLiveSpecification", Json()));
    if (!properties.contains("TimeToLiveSpecification")) specification["Enabled"] = false;
    context.call(context.services.dynamodb, "UpdateTimeToLive",
                 {{"TableName", table}, {"TimeToLiveSpecification", std::move(specification)}});
  }

  std::vector<std::string> created_with_{"AttributeDefinitions",
                                         "BillingMode",
                                         "DeletionProtectionEnabled",
                                         "GlobalSecondaryIndexes",
                                         "KeySchema",
                                         "LocalSecondaryIndexes",
                                         "ProvisionedThroughput",
                                         "SSESpecification",
                                         "TableClass",
                                         "TableName",
                                         "Tags"};
  std::vector<std::string> known_{"AttributeDefinitions",
                                  "BillingMode",
                                  "ContributorInsightsSpecification",
                                  "DeletionProtectionEnabled",
                                  "GlobalSecondaryIndexes",
                                  "KeySchema",
                                  "KinesisStreamSpecification",
                                  "LocalSecondaryIndexes",
                                  "OnDemandThroughput",
                                  "PointInTimeRecoverySpecification",
                                  "ProvisionedThroughput",
                                  "ResourcePolicy",
                                  "SSESpecification",
                                  "StreamSpecification",
                                  "TableClass",
                                  "TableName",
                                  "Tags",
                                  "TimeToLiveSpecification",
                                  "WarmThroughput"};
  std::vector<std::string> replacing_{"KeySchema", "LocalSecondaryIndexes", "TableName"};
};

}  // namespace

std::unique_ptr<ResourceType> dynamodb_table() {
  return std::make_unique<Table>();
}

}  // namespace votemu::cloudformation
