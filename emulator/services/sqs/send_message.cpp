#include "services/sqs/send_message.h"

#include "core/members.h"
#include "services/sqs/batch.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/md5.h"
#include "services/sqs/message_attributes.h"
#include "services/sqs/operations.h"
#include "services/sqs/request.h"

namespace votemu::sqs {
namespace {

constexpr std::string_view group_id_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

void check_group_id(const std::string& id) {
  if (!id.empty() && id.size() <= limits::max_token_length &&
      id.find_first_not_of(group_id_characters) == std::string::npos) {
    return;
  }
  throw invalid_value(
      id, "MessageGroupId",
      "MessageGroupId can only include alphanumeric and punctuation characters. 1 to "
      "128 in length.");
}

bool has_body(const Json& request) {
  const std::string* body = text_member(request, "MessageBody");
  return body && !body->empty();
}

// After has_body(). The message's texts are the request's and the context's.
Outgoing decode(const RequestContext& context, const Json& request) {
  Outgoing outgoing;
  outgoing.body = *text_member(request, "MessageBody");
  if (const std::string* group_id = text_member(request, "MessageGroupId")) {
    check_group_id(*group_id);
    outgoing.group_id = *group_id;
  }
  if (core::find_member(request, "MessageDeduplicationId")) {
    throw invalid_parameter(
        "The request include parameter MessageDeduplicationId which is not valid for this queue "
        "type");
  }
  const Json* attributes = core::object_member(request, "MessageAttributes");
  outgoing.sender_id = context.scope.account;
  outgoing.delay_s = core::integer_member(request, "DelaySeconds");
  outgoing.attributes = check_message_attributes(attributes);
  outgoing.system_attributes =
      check_system_attributes(core::object_member(request, "MessageSystemAttributes"));
  outgoing.attribute_bytes = attribute_bytes(attributes);
  return outgoing;
}

Json response_for(Sent sent) {
  Json response = Json::object();
  response["MessageId"] = std::move(sent.message_id);
  response["MD5OfMessageBody"] = std::move(sent.md5_of_body);
  if (!sent.md5_of_attributes.empty()) {
    response["MD5OfMessageAttributes"] = std::move(sent.md5_of_attributes);
  }
  if (!sent.md5_of_system_attributes.empty()) {
    response["MD5OfMessageSystemAttributes"] = std::move(sent.md5_of_system_attributes);
  }
  return response;
}

std::size_t total_bytes(const Json& entries) {
  std::size_t bytes = 0;
  for (const auto& entry : entries) {
    if (const std::string* body = text_member(entry, "MessageBody")) bytes += body->size();
    bytes += attribute_bytes(core::find_member(entry, "MessageAttributes"));
  }
  return bytes;
}

// In a batch AWS words this one error differently.
core::AwsError as_batch_error(const core::AwsError& error, const Queue& queue) {
  const std::int64_t limit = queue.settings().max_message_bytes;
  if (error.message() != message_too_long(limit).message()) return error;
  return invalid_parameter(
      "One or more parameters cannot be validated. Reason: Message must be shorter than " +
      std::to_string(limit) + " bytes.");
}

}  // namespace

void check_outgoing(const Queue& queue, const Outgoing& message) {
  if (message.body.empty()) throw missing_parameter("MessageBody");
  if (message.delay_s) check_delay(*message.delay_s);
  if (!is_valid_text(message.body)) throw invalid_message_contents();
  const auto limit = queue.settings().max_message_bytes;
  if (message.body.size() + message.attribute_bytes > static_cast<std::size_t>(limit)) {
    throw message_too_long(limit);
  }
}

Sent send(core::Runtime& runtime, Queue& queue, const Outgoing& outgoing) {
  Sent sent{.message_id = runtime.random.uuid(),
            .md5_of_body = md5_hex(outgoing.body),
            .md5_of_attributes = md5_of_attributes(outgoing.attributes),
            .md5_of_system_attributes = md5_of_attributes(outgoing.system_attributes)};
  const std::string attributes =
      outgoing.attributes.empty() ? "" : core::dump_json(outgoing.attributes);
  Message message;
  message.sent_ms = runtime.clock.now_ms();
  message.state.visible_at_ms =
      message.sent_ms + outgoing.delay_s.value_or(queue.settings().delay_s) * 1'000;
  message.id = sent.message_id;
  message.sender_id = outgoing.sender_id;
  message.body = outgoing.body;
  message.body_md5 = sent.md5_of_body;
  message.attributes = attributes;
  message.group_id = outgoing.group_id;
  if (!outgoing.system_attributes.empty()) {
    message.trace_header =
        *text_member(outgoing.system_attributes.at("AWSTraceHeader"), "StringValue");
  }
  queue.add(message);
  return sent;
}

Json send_message(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  if (!has_body(request)) throw missing_parameter("MessageBody");
  const Outgoing message = decode(context, request);
  check_outgoing(queue, message);
  return response_for(send(queues.runtime(), queue, message));
}

Json send_message_batch(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  constexpr std::string_view entry_name = "SendMessageBatchRequestEntry";
  const Json& entries = checked_entries(request, entry_name);
  const std::size_t bytes = total_bytes(entries);
  if (bytes > limits::max_batch_bytes) {
    throw core::AwsError("BatchRequestTooLong",
                         "Batch requests cannot be longer than 1048576 bytes. You have sent " +
                             std::to_string(bytes) + " bytes.");
  }
  return run_batch(entries, entry_name, [&](const BatchEntry& entry) {
    if (!has_body(entry.members)) throw missing_parameter(entry.path_of("MessageBody"));
    const Outgoing message = decode(context, entry.members);
    try {
      check_outgoing(queue, message);
    } catch (const core::AwsError& error) {
      throw as_batch_error(error, queue);
    }
    return response_for(send(queues.runtime(), queue, message));
  });
}

}  // namespace votemu::sqs
