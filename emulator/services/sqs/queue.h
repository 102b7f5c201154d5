// One queue and its messages. Changes rows and memory together; what can fail is checked before.
//
// A receiver gets what has been visible longest. Delays, visibility timeouts and retention end by
// one timer, armed for whatever ends next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime.h"
#include "services/sqs/message.h"
#include "services/sqs/message_index.h"
#include "services/sqs/queue_definition.h"
#include "services/sqs/receipt_handle.h"
#include "services/sqs/service.h"
#include "services/sqs/wait_line.h"

namespace votemu::sqs {

class Queue {
 public:
  // `messages_visible` is called with the queue's ARN.
  Queue(core::Runtime& runtime, QueueDefinition definition,
        std::function<void(const std::string&)> messages_visible);
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  const QueueDefinition& definition() const { return definition_; }
  const QueueId& id() const { return definition_.id; }
  const QueueSettings& settings() const { return settings_; }
  const std::string& arn() const { return arn_; }

  // Replaces attributes, tags and times, and writes the row.
  void redefine(QueueDefinition definition);
  void write_definition() const;

  // At start-up, ascending: takes up a message that is in the store.
  void restore(std::uint64_t sequence, const MessageState& state, std::int64_t sent_ms);
  void restored();

  // Stores a message that becomes visible at its state's visible_at_ms.
  void add(const Message& message);

  // Takes visible messages, which stay hidden for the visibility timeout. Those that were received
  // too often go to `dead_letter_queue` instead, unless it is null. Throws OverLimit.
  std::vector<ReceivedMessage> receive(std::size_t max_messages, std::int64_t visibility_timeout_s,
                                       Queue* dead_letter_queue);
  // Throw AwsError when the handle is not of this queue.
  void remove(const std::string& receipt_handle);
  void change_visibility(const std::string& receipt_handle, std::int64_t timeout_s);
  // Forgets all messages; the rows are left for the sweeper.
  void purge();

  MessageCounts counts() const;
  std::optional<Place> first_visible() const { return index_.first_visible(); }
  const std::shared_ptr<WaitLine>& wait_line() const { return wait_line_; }
  std::uint64_t next_sequence() const { return next_sequence_; }

 private:
  struct Stored {
    ReceiptHandle handle;
    std::string row;
    Place place;
  };

  core::Key key(std::uint64_t sequence) const { return message_key(definition_.number, sequence); }
  // The message that a handle was given out for; nullopt when it is gone. Throws AwsError.
  std::optional<Stored> find(const std::string& receipt_handle) const;
  bool is_expired(const Place& place) const;
  void drop(const Place& place);
  void redrive(const Place& place, Message message, Queue& dead_letter_queue);
  // Counts the receive and hides the message; where it stands then.
  Place hide(const Place& place, std::string& row, Message& message,
             std::int64_t visibility_timeout_s);
  ReceivedMessage hand_out(std::uint64_t sequence, Message message) const;
  void tell_visible();
  void run_due();
  std::size_t reveal_due(std::size_t most);
  std::size_t expire_due(std::size_t most);
  std::optional<std::int64_t> next_due_ms() const;
  void arm();

  core::Runtime& runtime_;
  QueueDefinition definition_;
  QueueSettings settings_;
  std::string arn_;
  std::function<void(const std::string&)> messages_visible_;
  MessageIndex index_;
  std::uint64_t next_sequence_;
  std::shared_ptr<WaitLine> wait_line_ = std::make_shared<WaitLine>();
  core::Timer timer_;
  std::int64_t armed_for_ms_ = 0;
};

}  // namespace votemu::sqs
