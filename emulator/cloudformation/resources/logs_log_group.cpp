// AWS::Logs::LogGroup
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

class LogGroup final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(
        properties,
        {"DataProtectionPolicy", "DeletionProtectionEnabled", "FieldIndexPolicies", "KmsKeyId",
         "LogGroupClass", "LogGroupName", "ResourcePolicyDocument", "RetentionInDays", "Tags"});
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    std::string name = text_property(properties, "LogGroupName");
    if (name.empty()) name = context.generated_name();
    Json members{{"logGroupName", name}};
    if (properties.contains("Tags")) members["tags"] = tag_map(properties);
    context.call(context.services.logs, "CreateLogGroup", members);
    set_retention(context, name, Json::object(), properties);
    return {name, {{"Arn", context.arn("logs", "log-group:" + name + ":*")}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    set_retention(context, old.physical_id, old.properties, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.logs, "DeleteLogGroup", {{"logGroupName", state.physical_id}});
  }

 private:
  static void set_retention(const ResourceContext& context, const std::string& name,
                            const Json& before, const Json& properties) {
    if (!differs(before, properties, "RetentionInDays")) return;
    if (properties.contains("RetentionInDays")) {
      context.call(context.services.logs, "PutRetentionPolicy",
                   {{"logGroupName", name}, {"retentionInDays", properties["RetentionInDays"]}});
    } else {
      context.call(context.services.logs, "DeleteRetentionPolicy", {{"logGroupName", name}});
    }
  }

  std::vector<std::string> replacing_{"LogGroupName"};
};

}  // namespace

std::unique_ptr<ResourceType> logs_log_group() {
  return std::make_unique<LogGroup>();
}

}  // namespace votemu::cloudformation
