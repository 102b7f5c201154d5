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

// A message's members as both operations have them; the texts it refers to.
struct Decoded {
  std::string body;
  std::optional<std::string> group_id;
  Outgoing outgoing;
};

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

void decode(const RequestContext& context, const Json& request, std::string_view body_parameter,
            Decoded& decoded) {
  decoded.body = core::string_member(request, "MessageBody").value_or("");
  if (decoded.body.empty()) throw missing_parameter(body_parameter);
  decoded.group_id = core::string_member(request, "MessageGroupId");
  if (decoded.group_id) check_group_id(*decoded.group_id);
  if (core::find_member(request, "MessageDeduplicationId")) {
    throw invalid_parameter(
        "The request include parameter MessageDeduplicationId which is not valid for this queue "
        "type");
  }
  const Json* attributes = core::object_member(request, "MessageAttributes");
  Outgoing& outgoing = decoded.outgoing;
  outgoing.body = decoded.body;
  if (decoded.group_id) outgoing.group_id = *decoded.group_id;
  outgoing.sender_id = context.scope.account;
  outgoing.delay_s = core::integer_member(request, "DelaySeconds");
  outgoing.attributes = check_message_attributes(attributes);
  outgoing.system_attributes =
      check_system_attributes(core::object_member(request, "MessageSystemAttributes"));
  outgoing.attribute_bytes = attribute_bytes(attributes);
}

Json response_for(const Sent& sent) {
  Json response{{"MessageId", sent.message_id}, {"MD5OfMessageBody", sent.md5_of_body}};
  if (!sent.md5_of_attributes.empty()) {
    response["MD5OfMessageAttributes"] = sent.md5_of_attributes;
  }
  if (!sent.md5_of_system_attributes.empty()) {
    response["MD5OfMessageSystemAttributes"] = sent.md5_of_system_attributes;
  }
  return response;
}

std::size_t total_bytes(const Json& entries) {
  std::size_t bytes = 0;
  for (const auto& entry : entries) {
    bytes += core::string_member(entry, "MessageBody").value_or("").size();
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
  const std::int64_t now = runtime.clock.now_ms();
  Message message;
  message.sent_ms = now;
  message.state.visible_at_ms = now + outgoing.delay_s.value_or(queue.settings().delay_s) * 1'000;
  message.id = runtime.random.uuid();
  message.sender_id = outgoing.sender_id;
  message.body = outgoing.body;
  message.body_md5 = md5_hex(outgoing.body);
  message.group_id = outgoing.group_id;
  if (!outgoing.attributes.empty()) message.attributes = core::dump_json(outgoing.attributes);
  if (!outgoing.system_attributes.empty()) {
    message.trace_header =
        outgoing.system_attributes.at("AWSTraceHeader").at("StringValue").get<std::string>();
  }
  queue.add(message);
  return {.message_id = message.id,
          .md5_of_body = message.body_md5,
          .md5_of_attributes = md5_of_attributes(outgoing.attributes),
          .md5_of_system_attributes = md5_of_attributes(outgoing.system_attributes)};
}

Json send_message(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  Decoded decoded;
  decode(context, request, "MessageBody", decoded);
  check_outgoing(queue, decoded.outgoing);
  return response_for(send(queues.runtime(), queue, decoded.outgoing));
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
  return run_batch(entries, entry_name, [&](const Json& entry, const std::string& path) {
    try {
      Decoded decoded;
      decode(context, entry, path + ".MessageBody", decoded);
      check_outgoing(queue, decoded.outgoing);
      return response_for(send(queues.runtime(), queue, decoded.outgoing));
    } catch (const core::AwsError& error) {
      throw as_batch_error(error, queue);
    }
  });
}

}  // namespace votemu::sqs
