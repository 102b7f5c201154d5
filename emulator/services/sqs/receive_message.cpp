// ReceiveMessage, which may wait for messages to come.
#include <algorithm>
#include <array>

#include "core/members.h"
#include "core/wakeup.h"
#include "handlers/abi/json_text.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/md5.h"
#include "services/sqs/message_attributes.h"
#include "services/sqs/operations.h"
#include "services/sqs/request.h"
#include "services/sqs/system_attributes.h"

namespace votemu::sqs {
namespace {

struct ReceiveRequest {
  std::size_t max_messages = 1;
  std::optional<std::int64_t> visibility_timeout_s;
  std::optional<std::int64_t> wait_time_s;
  std::vector<std::string> system_attributes;
  std::vector<std::string> attributes;
};

constexpr std::array system_attribute_names{
    std::string_view("AWSTraceHeader"),
    std::string_view("All"),
    std::string_view("ApproximateFirstReceiveTimestamp"),
    std::string_view("ApproximateReceiveCount"),
    std::string_view("DeadLetterQueueSourceArn"),
    std::string_view("MessageDeduplicationId"),
    std::string_view("MessageGroupId"),
    std::string_view("SenderId"),
    std::string_view("SentTimestamp"),
    std::string_view("SequenceNumber"),
};

std::optional<std::int64_t> bounded(const Json& request, std::string_view name, std::int64_t least,
                                    std::int64_t most, const std::string& reason) {
  const auto value = core::integer_member(request, name);
  if (value && (*value < least || *value > most)) {
    throw invalid_value(std::to_string(*value), name, reason);
  }
  return value;
}

// The older name of the list, AttributeNames, also takes the names of queue attributes.
std::vector<std::string> wanted_system_attributes(const Json& request) {
  auto names = string_list(request, "AttributeNames");
  const auto newer = string_list(request, "MessageSystemAttributeNames");
  names.insert(names.end(), newer.begin(), newer.end());
  for (const auto& name : names) {
    const bool known =
        std::ranges::find(system_attribute_names, name) != system_attribute_names.end();
    if (!known && !is_queue_attribute(name)) throw unknown_attribute(name);
  }
  return names;
}

ReceiveRequest decode(const Json& request) {
  ReceiveRequest wanted;
  wanted.max_messages = static_cast<std::size_t>(bounded(request, "MaxNumberOfMessages", 1,
                                                         limits::max_messages_per_receive,
                                                         "Must be between 1 and 10, if provided.")
                                                     .value_or(1));
  wanted.visibility_timeout_s =
      bounded(request, "VisibilityTimeout", 0, limits::max_visibility_timeout_s,
              "Must be >= 0 and <= 43200, if provided.");
  wanted.wait_time_s = bounded(request, "WaitTimeSeconds", 0, limits::max_wait_time_s,
                               "Must be >= 0 and <= 20, if provided.");
  wanted.system_attributes = wanted_system_attributes(request);
  wanted.attributes = string_list(request, "MessageAttributeNames");
  return wanted;
}

// Of votemu's own making: nothing in it needs an escape.
void append_plain(std::string& json, std::string_view name, std::string_view text) {
  json.append(",\"").append(name).append("\":\"").append(text).push_back('"');
}

void append_system_attributes(std::string& json, const Message& message,
                              const std::vector<std::string>& names) {
  if (names.empty()) return;
  const bool all = std::ranges::find(names, "All") != names.end();
  std::string members;
  each_system_attribute(message, [&](std::string_view name, auto value) {
    if (all || std::ranges::find(names, name) != names.end()) {
      abi::append_member(members, name, attribute_text(value));
    }
  });
  if (members.empty()) return;
  members.front() = '{';
  json.append(",\"Attributes\":").append(members).push_back('}');
}

void append_message_attributes(std::string& json, const Message& message,
                               const std::vector<std::string>& names) {
  if (names.empty() || message.attributes.empty()) return;
  const Json attributes = select_attributes(core::parse_own_json(message.attributes), names);
  if (attributes.empty()) return;
  append_plain(json, "MD5OfMessageAttributes", md5_of_attributes(attributes));
  json.append(",\"MessageAttributes\":").append(core::dump_json(attributes));
}

// With a comma before it.
void append_message(std::string& json, const Message& message, std::string_view receipt_handle,
                    const ReceiveRequest& wanted) {
  json.push_back(',');
  const std::size_t begin = json.size();
  append_system_attributes(json, message, wanted.system_attributes);
  abi::append_member(json, "Body", message.body);
  append_plain(json, "MD5OfBody", message.body_md5);
  append_message_attributes(json, message, wanted.attributes);
  append_plain(json, "MessageId", message.id);
  append_plain(json, "ReceiptHandle", receipt_handle);
  json[begin] = '{';
  json.push_back('}');
}

// The answer's text; "" when there are no messages.
std::string receive_now(Queues& queues, Queue& queue, const ReceiveRequest& wanted) {
  constexpr std::string_view opening = "{\"Messages\":";
  std::string answer(opening);
  queues.runtime().store.atomically([&] {
    queues.receive(queue, wanted.max_messages, wanted.visibility_timeout_s,
                   [&](const Message& message, std::string_view receipt_handle) {
                     append_message(answer, message, receipt_handle, wanted);
                   });
  });
  if (answer.size() == opening.size()) return {};
  answer[opening.size()] = '[';
  answer.append("]}");
  return answer;
}

// The same queue as when the wait began. Throws AwsError when it was deleted meanwhile.
Queue& find_again(const Queues& queues, const QueueId& id, std::uint64_t number) {
  Queue* queue = queues.find(id);
  if (!queue || queue->definition().number != number) throw queue_does_not_exist();
  return *queue;
}

abi::Task<std::string> wait_for_messages(Queues& queues, QueueId id, std::uint64_t number,
                                         std::int64_t wait_time_s, const ReceiveRequest& wanted) {
  const core::Runtime& runtime = queues.runtime();
  WaitLine::Place place(queues.find(id)->wait_line());
  const core::Timer deadline =
      runtime.timers.after(wait_time_s * 1'000, [&place] { place.time_out(); });
  std::string answer;
  while (answer.empty() && !place.timed_out()) {
    core::Wakeup wakeup(runtime.turn);
    place.sleep(wakeup);
    co_await wakeup;
    place.awake();
    answer = receive_now(queues, find_again(queues, id, number), wanted);
  }
  co_return answer;
}

}  // namespace

abi::Task<std::string> receive_message(Queues& queues, const RequestContext& context,
                                       Json request) {
  Queue& queue = requested_queue(queues, context, request);
  const ReceiveRequest wanted = decode(request);
  const QueueId id = queue.id();
  const std::uint64_t number = queue.definition().number;
  const std::int64_t wait_time_s = wanted.wait_time_s.value_or(queue.settings().wait_time_s);
  const std::size_t waiting = queue.wait_line()->size();
  const bool may_wait = wait_time_s > 0 && waiting < limits::max_waiting_receives;

  // Whoever waits already goes first.
  std::string answer;
  if (!may_wait || waiting == 0) answer = receive_now(queues, queue, wanted);
  if (answer.empty() && may_wait) {
    auto wait = wait_for_messages(queues, id, number, wait_time_s, wanted);
    answer = co_await std::move(wait);
  }
  if (answer.empty()) answer = "{}";
  co_return answer;
}

}  // namespace votemu::sqs
