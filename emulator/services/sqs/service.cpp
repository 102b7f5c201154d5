#include "services/sqs/service.h"

#include "services/sqs/md5.h"
#include "services/sqs/operations.h"
#include "services/sqs/request.h"
#include "services/sqs/send_message.h"
#include "services/sqs/system_attributes.h"

namespace votemu::sqs {

struct Service::Parts {
  explicit Parts(const core::Runtime& given) : runtime(given), queues(runtime) {}
  core::Runtime runtime;
  Queues queues;
};

Service::Service(core::Runtime& runtime) : parts_(std::make_unique<Parts>(runtime)) {}
Service::~Service() = default;

core::OperationTable Service::operations() {
  using Function = Json (*)(Queues&, const RequestContext&, const Json&);
  Queues& queues = parts_->queues;
  const auto immediate = [&queues](Function function) -> core::Operation {
    return core::ImmediateOperation(
        [&queues, function](const RequestContext& context, const Json& request) {
          return function(queues, context, request);
        });
  };
  using TextFunction = std::string (*)(Queues&, const RequestContext&, std::string_view);
  const auto text = [&queues](TextFunction function) -> core::Operation {
    return core::TextOperation{
        [&queues, function](const RequestContext& context, std::string_view request) {
          return function(queues, context, request);
        }};
  };
  core::OperationTable table;
  table["CreateQueue"] = immediate(create_queue);
  table["DeleteQueue"] = immediate(delete_queue);
  table["GetQueueUrl"] = immediate(get_queue_url);
  table["ListQueues"] = immediate(list_queues);
  table["ListDeadLetterSourceQueues"] = immediate(list_dead_letter_source_queues);
  table["PurgeQueue"] = immediate(purge_queue);
  table["GetQueueAttributes"] = immediate(get_queue_attributes);
  table["SetQueueAttributes"] = immediate(set_queue_attributes);
  table["AddPermission"] = immediate(add_permission);
  table["RemovePermission"] = immediate(remove_permission);
  table["TagQueue"] = immediate(tag_queue);
  table["UntagQueue"] = immediate(untag_queue);
  table["ListQueueTags"] = immediate(list_queue_tags);
  table["SendMessage"] = immediate(sqs::send_message);
  table["SendMessageBatch"] = immediate(send_message_batch);
  table["DeleteMessage"] = text(sqs::delete_message);
  table["DeleteMessageBatch"] = text(delete_message_batch);
  table["ChangeMessageVisibility"] = immediate(change_message_visibility);
  table["ChangeMessageVisibilityBatch"] = immediate(change_message_visibility_batch);
  table["ReceiveMessage"] =
      core::WaitingTextOperation{[&queues](const RequestContext& context, Json request) {
        return receive_message(queues, context, std::move(request));
      }};
  return table;
}

namespace {

ReceivedMessage received_message(const Message& message, std::string_view receipt_handle) {
  ReceivedMessage received;
  received.receipt_handle = receipt_handle;
  received.message_id = message.id;
  received.body = message.body;
  received.md5_of_body = message.body_md5;
  received.attributes.reserve(7);
  each_system_attribute(message, [&received](std::string_view name, auto value) {
    received.attributes.emplace_back(name, attribute_text(value));
  });
  if (!message.attributes.empty()) {
    received.message_attributes = core::parse_json(message.attributes);
    received.md5_of_message_attributes = md5_of_attributes(received.message_attributes);
  }
  return received;
}

}  // namespace

abi::SendMessageResponse Service::send_message(const core::Scope& scope,
                                               const abi::SendMessageRequest& request,
                                               std::string_view sender_id) {
  Queue& queue = parts_->queues.get(scope, request.queue_url);
  Outgoing message;
  message.body = request.message_body;
  message.delay_s = request.delay_seconds;
  message.sender_id = sender_id.empty() ? std::string_view(scope.account) : sender_id;
  check_outgoing(queue, message);
  Sent sent = send(parts_->runtime, queue, message);
  return {.md5_of_message_body = std::move(sent.md5_of_body),
          .message_id = std::move(sent.message_id)};
}

std::vector<ReceivedMessage> Service::receive(const std::string& queue_arn,
                                              std::size_t max_messages,
                                              std::optional<int> visibility_timeout_s) {
  std::vector<ReceivedMessage> messages;
  parts_->queues.receive(parts_->queues.get_arn(queue_arn), max_messages, visibility_timeout_s,
                         [&](const Message& message, std::string_view receipt_handle) {
                           messages.push_back(received_message(message, receipt_handle));
                         });
  return messages;
}

void Service::delete_message(const std::string& queue_arn, const std::string& receipt_handle) {
  parts_->queues.get_arn(queue_arn).remove(receipt_handle);
}

void Service::change_visibility(const std::string& queue_arn, const std::string& receipt_handle,
                                int visibility_timeout_s) {
  check_visibility_timeout(visibility_timeout_s);
  parts_->queues.get_arn(queue_arn).change_visibility(receipt_handle, visibility_timeout_s);
}

bool Service::queue_exists(const std::string& queue_arn) const {
  return parts_->queues.find_arn(queue_arn) != nullptr;
}

std::string Service::policy(const std::string& queue_arn) const {
  const Queue* queue = parts_->queues.find_arn(queue_arn);
  if (!queue) return "";
  const auto& attributes = queue->definition().attributes;
  const auto found = attributes.find("Policy");
  return found == attributes.end() ? "" : found->second;
}

std::optional<int> Service::visibility_timeout_s(const std::string& queue_arn) const {
  const Queue* queue = parts_->queues.find_arn(queue_arn);
  if (!queue) return std::nullopt;
  return static_cast<int>(queue->settings().visibility_timeout_s);
}

MessageCounts Service::counts(const std::string& queue_arn) const {
  const Queue* queue = parts_->queues.find_arn(queue_arn);
  return queue ? queue->counts() : MessageCounts{};
}

std::optional<std::int64_t> Service::oldest_visible_since_ms(const std::string& queue_arn) const {
  Queue* queue = parts_->queues.find_arn(queue_arn);
  return queue ? queue->oldest_visible_since_ms() : std::nullopt;
}

void Service::on_messages_visible(std::function<void(const std::string&)> listener) {
  parts_->queues.on_messages_visible(std::move(listener));
}

MessageCounts Service::total_counts() const {
  return parts_->queues.total_counts();
}

void Service::end_waiting_receives() {
  parts_->queues.end_waiting_receives();
}

std::size_t Service::waiting_receives() const {
  return parts_->queues.waiting_receives();
}

}  // namespace votemu::sqs
