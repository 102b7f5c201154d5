// AWS::SQS::QueuePolicy
#include <algorithm>

#include "cloudformation/resources/types.h"
#include "core/json.h"

namespace votemu::cloudformation {
namespace {

Json queues_of(const Json& properties) {
  return properties.value("Queues", Json::array());
}

class QueuePolicy final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, {"PolicyDocument", "Queues"});
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    put(context, properties);
    const std::string id = context.generated_name();
    return {id, {{"Id", id}}};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    put(context, properties);
    const Json queues = queues_of(properties);
    for (const auto& queue : queues_of(old.properties)) {
      if (std::ranges::find(queues, queue) == queues.end()) set(context, queue, "");
    }
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    for (const auto& queue : queues_of(state.properties)) set(context, queue, "");
  }

 private:
  static void put(const ResourceContext& context, const Json& properties) {
    const auto document = properties.find("PolicyDocument");
    const std::string policy = document == properties.end() ? "" : core::dump_json(*document);
    for (const auto& queue : queues_of(properties)) set(context, queue, policy);
  }

  static void set(const ResourceContext& context, const Json& queue_url,
                  const std::string& policy) {
    context.call(context.services.sqs, "SetQueueAttributes",
                 {{"QueueUrl", queue_url}, {"Attributes", {{"Policy", policy}}}});
  }

  std::vector<std::string> replacing_;
};

}  // namespace

std::unique_ptr<ResourceType> sqs_queue_policy() {
  return std::make_unique<QueuePolicy>();
}

}  // namespace votemu::cloudformation
