#include "services/sqs/tags.h"

#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/operations.h"
#include "services/sqs/request.h"

namespace votemu::sqs {

void check_tags(const std::string& queue_name, const AttributeMap& tags) {
  if (tags.size() > limits::max_tags) {
    throw invalid_parameter("Too many tags added for queue " + queue_name + ".");
  }
  for (const auto& [key, value] : tags) {
    if (key.empty() || key.size() > limits::max_tag_key_length) {
      throw invalid_parameter("Tag keys must be between 1 and 128 characters in length.");
    }
    if (value.size() > limits::max_tag_value_length) {
      throw invalid_parameter("Tag values must be between 0 and 256 characters in length.");
    }
  }
}

Json tag_queue(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  QueueDefinition definition = queue.definition();
  for (auto& [key, value] : string_map(&required_map(request, "Tags"))) {
    definition.tags[key] = value;
  }
  check_tags(queue.id().name, definition.tags);
  queue.redefine(std::move(definition));
  return Json::object();
}

Json untag_queue(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  required_list(request, "TagKeys");
  QueueDefinition definition = queue.definition();
  for (const auto& key : string_list(request, "TagKeys")) definition.tags.erase(key);
  queue.redefine(std::move(definition));
  return Json::object();
}

Json list_queue_tags(Queues& queues, const RequestContext& context, const Json& request) {
  const auto& tags = requested_queue(queues, context, request).definition().tags;
  if (tags.empty()) return Json::object();
  return {{"Tags", tags}};
}

}  // namespace votemu::sqs
