// AWS::Lambda::EventSourceMapping
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

class EventSourceMapping final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    const Json made = context.call(context.services.lambda, "CreateEventSourceMapping",
                                   members_from(properties, known_));
    const std::string uuid = text_property(made, "UUID");
    return {uuid,
            {{"Id", uuid},
             {"EventSourceMappingArn", context.arn("lambda", "event-source-mapping:" + uuid)}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    const Json defaults{{"BisectBatchOnFunctionError", false},
                        {"DestinationConfig", {{"OnFailure", Json::object()}}},
                        {"Enabled", true},
                        {"FilterCriteria", Json::object()},
                        {"FunctionResponseTypes", Json::array()},
                        {"MaximumBatchingWindowInSeconds", 0},
                        {"MaximumRecordAgeInSeconds", -1},
                        {"MaximumRetryAttempts", -1},
                        {"ParallelizationFactor", 1},
                        {"ScalingConfig", Json::object()},
                        {"TumblingWindowInSeconds", 0}};
    Json members{{"UUID", old.physical_id}};
    for (const auto& name : known_) {
      if (!differs(old.properties, properties, name)) continue;
      if (properties.contains(name)) {
        members[name] = properties[name];
      } else if (defaults.contains(name)) {
        members[name] = defaults[name];
      }
    }
    context.call(context.services.lambda, "UpdateEventSourceMapping", members);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.lambda, "DeleteEventSourceMapping",
                 {{"UUID", state.physical_id}});
  }

 private:
  std::vector<std::string> known_{"BatchSize",
                                  "BisectBatchOnFunctionError",
                                  "DestinationConfig",
                                  "Enabled",
                                  "EventSourceArn",
                                  "FilterCriteria",
                                  "FunctionName",
                                  "FunctionResponseTypes",
                                  "KmsKeyArn",
                                  "MaximumBatchingWindowInSeconds",
                                  "MaximumRecordAgeInSeconds",
                                  "MaximumRetryAttempts",
                                  "MetricsConfig",
                                  "ParallelizationFactor",
                                  "ScalingConfig",
                                  "StartingPosition",
                                  "StartingPositionTimestamp",
                                  "Tags",
                                  "TumblingWindowInSeconds"};
  std::vector<std::string> replacing_{"EventSourceArn", "StartingPosition",
                                      "StartingPositionTimestamp"};
};

}  // namespace

std::unique_ptr<ResourceType> lambda_event_source_mapping() {
  return std::make_unique<EventSourceMapping>();
}

}  // namespace votemu::cloudformation
