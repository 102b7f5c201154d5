// Making, finding, emptying and deleting queues.
#include "core/members.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/operations.h"
#include "services/sqs/request.h"
#include "services/sqs/tags.h"

namespace votemu::sqs {

Json create_queue(Queues& queues, const RequestContext& context, const Json& request) {
  const QueueId id{context.scope, required_string(request, "QueueName")};
  const Json* wanted = core::object_member(request, "Attributes");
  check_queue_name(id.name);
  const Queue* existing = queues.find(id);
  if (existing) {
    // What the request leaves open may be anything.
    const auto& current = existing->definition().attributes;
    const auto difference = first_difference(current, with_changes(current, wanted));
    if (!difference.empty()) {
      throw core::AwsError("QueueNameExists",
                           "A queue already exists with the same name and a different value for "
                           "attribute " +
                               difference);
    }
    return {{"QueueUrl", id.url(context.origin())}};
  }
  AttributeMap attributes = with_changes(default_attributes(), wanted);
  queues.check_dead_letter_queue(id, attributes);
  AttributeMap tags = string_map(core::object_member(request, "tags"));
  check_tags(id.name, tags);

  queues.create(id, std::move(attributes), std::move(tags));
  return {{"QueueUrl", id.url(context.origin())}};
}

Json delete_queue(Queues& queues, const RequestContext& context, const Json& request) {
  const QueueId id = requested_queue(queues, context, request).id();
  queues.erase(id);
  return Json::object();
}

Json get_queue_url(Queues& queues, const RequestContext& context, const Json& request) {
  QueueId id{context.scope, core::string_member(request, "QueueName").value_or("")};
  if (id.name.empty()) {
    throw invalid_parameter(
        "Value for parameter QueueName is invalid. Reason: Must specify a queue name.");
  }
  const auto owner = core::string_member(request, "QueueOwnerAWSAccountId");
  if (owner && !owner->empty()) id.scope.account = *owner;
  if (!queues.find(id)) throw queue_does_not_exist();
  return {{"QueueUrl", id.url(context.origin())}};
}

Json list_queues(Queues& queues, const RequestContext& context, const Json& request) {
  const Page page = requested_page(request);
  const auto prefix = core::string_member(request, "QueueNamePrefix").value_or("");
  const auto one_more = static_cast<std::size_t>(page.size) + 1;
  return page_response(page, queues.list(context.scope, prefix, page.after, one_more), "QueueUrls",
                       context.origin());
}

Json list_dead_letter_source_queues(Queues& queues, const RequestContext& context,
                                    const Json& request) {
  const Queue& dead_letters = requested_queue(queues, context, request);
  const Page page = requested_page(request);
  std::vector<Queue*> sources;
  const auto all = std::numeric_limits<std::size_t>::max();
  for (Queue* queue : queues.list(dead_letters.id().scope, "", page.after, all)) {
    const auto& redrive = queue->settings().redrive;
    if (redrive && redrive->dead_letter_arn == dead_letters.arn()) sources.push_back(queue);
  }
  Json response = page_response(page, std::move(sources), "queueUrls", context.origin());
  if (!response.contains("queueUrls")) response["queueUrls"] = Json::array();
  return response;
}

Json purge_queue(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  const std::int64_t purged_ms = queue.definition().purged_ms;
  const std::int64_t now = queues.runtime().clock.now_ms();
  if (purged_ms != 0 && now >= purged_ms && now < purged_ms + limits::purge_interval_ms) {
    throw core::AwsError(
        "PurgeQueueInProgress",
        "Only one PurgeQueue operation on " + queue.id().name + " is allowed every 60 seconds.",
        403);
  }
  queues.purge(queue);
  return Json::object();
}

}  // namespace votemu::sqs
