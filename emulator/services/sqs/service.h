// Amazon SQS: standard queues, their messages and everything a consumer can do to them.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html
//
// Queues are kept apart per account and region. FIFO queues are refused when they are created.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/operation.h"
#include "core/runtime.h"
#include "handlers/abi/clients.h"

namespace votemu::sqs {

// A message as its receiver sees it.
struct ReceivedMessage {
  std::string message_id;
  std::string receipt_handle;
  std::string body;
  std::string md5_of_body;  // lower-case hex
  // System attributes by AWS's names: ApproximateReceiveCount, SentTimestamp, SenderId,
  // ApproximateFirstReceiveTimestamp always; AWSTraceHeader, DeadLetterQueueSourceArn,
  // MessageGroupId, MessageDeduplicationId where the message has them. Times are milliseconds since
  // the epoch. In the order of their names.
  std::vector<std::pair<std::string_view, std::string>> attributes;
  core::Json message_attributes;  // as the API's MessageAttributes, null when there are none
  std::string md5_of_message_attributes;  // "" when there are none
};

// How many messages a queue holds in each state.
struct MessageCounts {
  std::size_t visible = 0;
  std::size_t in_flight = 0;
  std::size_t delayed = 0;
  bool operator==(const MessageCounts&) const = default;
};

class Service {
 public:
  // Rebuilds its indexes from the store.
  explicit Service(core::Runtime& runtime);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // AmazonSQS, by operation name. ReceiveMessage may wait.
  core::OperationTable operations();

  // SendMessage without JSON. `queue_url` may be a queue's URL, ARN or bare name. `sender_id` is
  // the SenderId that receivers see; the account when empty. Throws AwsError.
  abi::SendMessageResponse send_message(const core::Scope& scope,
                                        const abi::SendMessageRequest& request,
                                        std::string_view sender_id = {});

  // The rest is for a consumer in the same process, and names a queue by its ARN.

  // Up to `max_messages` visible messages, hidden for `visibility_timeout_s` (the queue's own when
  // not given). May return none although visible_count() was not 0: messages beyond their
  // maxReceiveCount move to the dead-letter queue instead. Throws QueueDoesNotExist, OverLimit.
  std::vector<ReceivedMessage> receive(const std::string& queue_arn, std::size_t max_messages,
                                       std::optional<int> visibility_timeout_s = {});
  // Does nothing when the message is gone. Throws QueueDoesNotExist, ReceiptHandleIsInvalid.
  void delete_message(const std::string& queue_arn, const std::string& receipt_handle);
  // 0 makes the message visible at once. Throws QueueDoesNotExist, ReceiptHandleIsInvalid,
  // InvalidParameterValue.
  void change_visibility(const std::string& queue_arn, const std::string& receipt_handle,
                         int visibility_timeout_s);

  bool queue_exists(const std::string& queue_arn) const;
  // The queue's Policy attribute; "" when it has none.
  std::string policy(const std::string& queue_arn) const;
  std::optional<int> visibility_timeout_s(const std::string& queue_arn) const;
  // All zero when the queue does not exist.
  MessageCounts counts(const std::string& queue_arn) const;
  std::size_t visible_count(const std::string& queue_arn) const {
    return counts(queue_arn).visible;
  }
  // When the message that waits longest became visible (milliseconds since the epoch).
  std::optional<std::int64_t> oldest_visible_since_ms(const std::string& queue_arn) const;

  // Calls `listener` with a queue's ARN whenever messages of it become visible: sent, delay over,
  // visibility timeout over, moved from another queue. It is called in the middle of a change: it
  // may only note the fact.
  void on_messages_visible(std::function<void(const std::string& queue_arn)> listener);

  // Over all queues: whether anything is still moving.
  MessageCounts total_counts() const;
  std::size_t waiting_receives() const;

  // Answers every long poll now, with what there is. For a process that is about to stop.
  void end_waiting_receives();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace votemu::sqs
