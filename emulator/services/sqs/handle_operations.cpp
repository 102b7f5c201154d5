// What a consumer does with a message it has received: delete it or change how long it stays
// hidden.
#include "core/members.h"
#include "services/sqs/batch.h"
#include "services/sqs/errors.h"
#include "services/sqs/operations.h"
#include "services/sqs/plain_request.h"
#include "services/sqs/request.h"

namespace votemu::sqs {
namespace {

std::int64_t required_timeout(const Json& request, std::string_view parameter) {
  const auto timeout = core::integer_member(request, "VisibilityTimeout");
  if (!timeout) throw missing_parameter(parameter);
  check_visibility_timeout(*timeout);
  return *timeout;
}

}  // namespace

std::string delete_message(Queues& queues, const RequestContext& context, std::string_view json) {
  if (const auto plain = plain_request(json, "ReceiptHandle")) {
    queues.get(context.scope, plain->queue_url).remove(plain->text);
  } else {
    const Json request = core::parse_json_object(json);
    Queue& queue = requested_queue(queues, context, request);
    queue.remove(required_string(request, "ReceiptHandle"));
  }
  return "{}";
}

std::string delete_message_batch(Queues& queues, const RequestContext& context,
                                 std::string_view json) {
  if (const auto plain = plain_batch(json, "ReceiptHandle")) {
    Queue& queue = queues.get(context.scope, plain->queue_url);
    return run_batch(plain->ids, [&](std::size_t entry) { queue.remove(plain->texts[entry]); });
  }
  constexpr std::string_view entry_name = "DeleteMessageBatchRequestEntry";
  const Json request = core::parse_json_object(json);
  Queue& queue = requested_queue(queues, context, request);
  const Json& entries = checked_entries(request, entry_name);
  return core::dump_json(run_batch(entries, entry_name, [&](const BatchEntry& entry) {
    queue.remove(required_string(entry.members, "ReceiptHandle"));
    return Json::object();
  }));
}

Json change_message_visibility(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  const auto& handle = required_string(request, "ReceiptHandle");
  queue.change_visibility(handle, required_timeout(request, "VisibilityTimeout"));
  return Json::object();
}

Json change_message_visibility_batch(Queues& queues, const RequestContext& context,
                                     const Json& request) {
  constexpr std::string_view entry_name = "ChangeMessageVisibilityBatchRequestEntry";
  Queue& queue = requested_queue(queues, context, request);
  const Json& entries = checked_entries(request, entry_name);
  return run_batch(entries, entry_name, [&](const BatchEntry& entry) {
    const auto& handle = required_string(entry.members, "ReceiptHandle");
    const auto path = entry.path_of("VisibilityTimeout");
    queue.change_visibility(handle, required_timeout(entry.members, path));
    return Json::object();
  });
}

}  // namespace votemu::sqs
