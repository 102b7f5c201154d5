// Reading and setting a queue's attributes.
#include <algorithm>

#include "services/sqs/errors.h"
#include "services/sqs/operations.h"
#include "services/sqs/request.h"

namespace votemu::sqs {
namespace {

AttributeMap all_attributes(const Queue& queue) {
  const QueueDefinition& definition = queue.definition();
  const MessageCounts counts = queue.counts();
  AttributeMap attributes = definition.attributes;
  attributes["ApproximateNumberOfMessages"] = std::to_string(counts.visible);
  attributes["ApproximateNumberOfMessagesDelayed"] = std::to_string(counts.delayed);
  attributes["ApproximateNumberOfMessagesNotVisible"] = std::to_string(counts.in_flight);
  attributes["CreatedTimestamp"] = std::to_string(definition.created_ms / 1'000);
  attributes["LastModifiedTimestamp"] = std::to_string(definition.modified_ms / 1'000);
  attributes["QueueArn"] = queue.arn();
  return attributes;
}

}  // namespace

Json get_queue_attributes(Queues& queues, const RequestContext& context, const Json& request) {
  const Queue& queue = requested_queue(queues, context, request);
  const auto names = string_list(request, "AttributeNames");
  for (const auto& name : names) {
    if (!is_queue_attribute(name)) throw unknown_attribute(name);
  }
  AttributeMap attributes = all_attributes(queue);
  if (std::ranges::find(names, "All") == names.end()) {
    std::erase_if(attributes, [&names](const auto& attribute) {
      return std::ranges::find(names, attribute.first) == names.end();
    });
  }
  if (attributes.empty()) return Json::object();
  return {{"Attributes", attributes}};
}

Json set_queue_attributes(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  const Json& changes = required_map(request, "Attributes");
  QueueDefinition definition = queue.definition();
  definition.attributes = with_changes(definition.attributes, &changes);
  if (changes.contains("RedrivePolicy")) {
    queues.check_dead_letter_queue(queue.id(), definition.attributes);
  }
  definition.modified_ms = queues.runtime().clock.now_ms();
  queue.redefine(std::move(definition));
  return Json::object();
}

}  // namespace votemu::sqs
