// One queue and its messages. Changes rows and memory together; what can fail is checked before.
//
// A receiver gets what has been visible longest. Messages that were sent without delay wait in the
// store, in the order of their sequence numbers: a long queue costs no memory and is not read when
// votemu starts. All others are in the index. Delays, visibility timeouts and retention end by one
// timer, armed for whatever ends next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/runtime.h"
#include "services/sqs/message.h"
#include "services/sqs/message_index.h"
#include "services/sqs/message_states.h"
#include "services/sqs/queue_definition.h"
#include "services/sqs/service.h"
#include "services/sqs/wait_line.h"

namespace votemu::sqs {

// Is given a message that is received, with its receipt handle. The texts are good until it
// returns.
using Receiver = std::function<void(const Message& message, std::string_view receipt_handle)>;

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

  // At start-up: takes up the messages that are in the store.
  void restore();

  // Stores a message that becomes visible at its state's visible_at_ms.
  void add(const Message& message);

  // Takes visible messages, which stay hidden for the visibility timeout. Those that were received
  // too often go to `dead_letter_queue` instead, unless it is null. Throws OverLimit.
  void receive(std::size_t max_messages, std::int64_t visibility_timeout_s,
               Queue* dead_letter_queue, const Receiver& receiver);
  // Throw AwsError when the handle is not of this queue.
  void remove(const std::string& receipt_handle);
  void change_visibility(const std::string& receipt_handle, std::int64_t timeout_s);
  // Forgets all messages; the rows are left for the sweeper.
  void purge();

  MessageCounts counts() const;
  // When what has been visible longest became so (milliseconds since the epoch).
  std::optional<std::int64_t> oldest_visible_since_ms();
  const std::shared_ptr<WaitLine>& wait_line() const { return wait_line_; }
  std::uint64_t next_sequence() const { return next_sequence_; }

 private:
  struct Visible {
    std::uint64_t sequence;
    std::string row;
    MessageState state;  // as it is now, whatever the row says
  };

  MessageKey key(std::uint64_t sequence) const { return message_key(definition_.number, sequence); }
  void separate_states();
  void restore_index();
  void restore_waiting();
  // The row of the first message that waits for its first receive, at first_waiting_; nullptr when
  // none waits.
  std::string* waiting_row();
  void read_ahead();
  void pass_waiting();
  std::size_t visible_count() const { return index_.count(Standing::visible) + waiting_; }
  std::optional<Visible> first_visible();
  // The message that a handle was given out for; nullopt when it is gone. Throws AwsError.
  std::optional<std::uint64_t> find(const std::string& receipt_handle) const;
  bool is_expired(const Message& message) const;
  void drop(std::uint64_t sequence);
  void redrive(std::uint64_t sequence, Message message, Queue& dead_letter_queue);
  // Counts the receive and hides the message, whose state is `state`. A first state goes to
  // `first`, to be added.
  void hide(const Visible& visible, MessageState& state, std::int64_t visibility_timeout_s,
            MessageStates::Rows& first);
  void tell_visible();
  void run_due();
  std::size_t reveal_due(std::size_t most);
  std::size_t expire_due(std::size_t most);
  bool expire_waiting(std::int64_t sent_before_ms);
  std::optional<std::int64_t> next_due_ms();
  void arm();

  core::Runtime& runtime_;
  QueueDefinition definition_;
  QueueSettings settings_;
  std::string arn_;
  std::function<void(const std::string&)> messages_visible_;
  MessageIndex index_;
  MessageStates states_;
  std::uint64_t next_sequence_;
  // Messages that wait for their first receive: those from this sequence number on that are not in
  // the index, how many, and a bound for when the first of them was sent.
  std::uint64_t first_waiting_;
  std::size_t waiting_ = 0;
  std::int64_t waiting_since_ms_ = 0;
  // Rows of the first of them that have been read already, by sequence number.
  std::deque<std::pair<std::uint64_t, std::string>> ahead_;
  std::shared_ptr<WaitLine> wait_line_ = std::make_shared<WaitLine>();
  core::Timer timer_;
  std::int64_t armed_for_ms_ = 0;
};

}  // namespace votemu::sqs
