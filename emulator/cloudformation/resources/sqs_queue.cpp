// AWS::SQS::Queue
#include <algorithm>

#include "cloudformation/resources/tag_updates.h"
#include "cloudformation/resources/types.h"
#include "cloudformation/values.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_queue_name = 80;
constexpr std::string_view fifo_suffix = ".fifo";

// A property that became absent goes back to its default.
struct Attribute {
  const char* name;
  const char* default_value;
};
constexpr Attribute attributes[] = {{"ContentBasedDeduplication", "false"},
                                    {"DeduplicationScope", "queue"},
                                    {"DelaySeconds", "0"},
                                    {"FifoQueue", "false"},
                                    {"FifoThroughputLimit", "perQueue"},
                                    {"KmsDataKeyReusePeriodSeconds", "300"},
                                    {"KmsMasterKeyId", ""},
                                    {"MaximumMessageSize", "1048576"},
                                    {"MessageRetentionPeriod", "345600"},
                                    {"ReceiveMessageWaitTimeSeconds", "0"},
                                    {"RedriveAllowPolicy", ""},
                                    {"RedrivePolicy", ""},
                                    {"SqsManagedSseEnabled", "true"},
                                    {"VisibilityTimeout", "30"}};

// Structures travel as JSON text.
std::string attribute_text(const Json& value) {
  return value.is_structured() ? core::dump_json(value) : scalar_text(value).value_or("");
}

bool is_fifo(const Json& properties) {
  return text_property(properties, "FifoQueue") == "true";
}

std::string queue_name(const ResourceContext& context, const Json& properties) {
  std::string name = text_property(properties, "QueueName");
  if (!name.empty()) return name;
  if (!is_fifo(properties)) return context.generated_name(longest_queue_name);
  return context.generated_name(longest_queue_name - fifo_suffix.size()) + std::string(fifo_suffix);
}

class Queue final : public ResourceType {
 public:
  Queue() {
    for (const auto& attribute : attributes) known_.emplace_back(attribute.name);
  }

  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    Json values = Json::object();
    for (const auto& [name, unused] : attributes) {
      const auto found = properties.find(name);
      if (found != properties.end()) values[name] = attribute_text(*found);
    }
    // SQS takes the attribute for FIFO queues only.
    if (!is_fifo(properties)) values.erase("FifoQueue");
    const std::string name = queue_name(context, properties);
    Json members{{"QueueName", name}, {"Attributes", std::move(values)}};
    if (properties.contains("Tags")) members["tags"] = tag_map(properties);
    const Json made = context.call(context.services.sqs, "CreateQueue", members);
    const std::string url = text_property(made, "QueueUrl");
    return {url, {{"Arn", context.arn("sqs", name)}, {"QueueName", name}, {"QueueUrl", url}}};
  }

  Tagging tagging() const override { return Tagging::list; }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    Json values = Json::object();
    for (const auto& [name, default_value] : attributes) {
      if (!differs(old.properties, properties, name)) continue;
      const auto found = properties.find(name);
      values[name] = found == properties.end() ? Json(default_value) : attribute_text(*found);
    }
    if (!values.empty()) {
      context.call(context.services.sqs, "SetQueueAttributes",
                   {{"QueueUrl", old.physical_id}, {"Attributes", std::move(values)}});
    }
    update_tags(context, old, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.sqs, "DeleteQueue", {{"QueueUrl", state.physical_id}});
  }

  // A queue's URL is where votemu is reached at.
  bool follow_host(const ResourceContext& context, ResourceState& state) const override {
    const auto host = state.physical_id.find("://");
    const auto path = host == std::string::npos ? host : state.physical_id.find('/', host + 3);
    if (path == std::string::npos) return false;
    std::string url = state.physical_id.substr(0, host + 3) + context.request.host +
                      state.physical_id.substr(path);
    if (url == state.physical_id) return false;
    state.attributes["QueueUrl"] = url;
    state.physical_id = std::move(url);
    return true;
  }

 private:
  static void update_tags(const ResourceContext& context, const ResourceState& old,
                          const Json& properties) {
    const auto [set, removed] = tag_updates(old.properties, properties);
    const auto& sqs = context.services.sqs;
    if (!set.empty()) context.call(sqs, "TagQueue", {{"QueueUrl", old.physical_id}, {"Tags", set}});
    if (!removed.empty()) {
      context.call(sqs, "UntagQueue", {{"QueueUrl", old.physical_id}, {"TagKeys", removed}});
    }
  }

  std::vector<std::string> known_{"QueueName", "Tags"};
  std::vector<std::string> replacing_{"FifoQueue", "QueueName"};
};

}  // namespace

std::unique_ptr<ResourceType> sqs_queue() {
  return std::make_unique<Queue>();
}

}  // namespace votemu::cloudformation
