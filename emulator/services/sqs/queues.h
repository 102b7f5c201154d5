// All queues, and what concerns more than one of them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/sqs/queue.h"
#include "services/sqs/row_sweeper.h"

namespace votemu::sqs {

class Queues {
 public:
  // Rebuilds all queues from the store.
  explicit Queues(core::Runtime& runtime);

  core::Runtime& runtime() { return runtime_; }

  Queue* find(const QueueName& queue) const;  // nullptr when there is none
  Queue* find(const QueueId& id) const { return find(id.view()); }
  Queue* find_arn(std::string_view arn) const;
  // By URL, ARN or name. Throws AwsError QueueDoesNotExist.
  Queue& get(const core::Scope& scope, std::string_view reference) const;
  Queue& get_arn(std::string_view arn) const;

  Queue& create(const QueueId& id, AttributeMap attributes, AttributeMap tags);
  void erase(const QueueId& id);
  void purge(Queue& queue);

  // The queues of a scope whose names begin with `prefix`, by name, from the first after `after`.
  std::vector<Queue*> list(const core::Scope& scope, std::string_view prefix,
                           std::string_view after, std::size_t most) const;

  // Throws AwsError unless the dead-letter queue that the attributes name can be `source`'s.
  void check_dead_letter_queue(const QueueId& source, const AttributeMap& attributes) const;

  void receive(Queue& queue, std::size_t max_messages,
               std::optional<std::int64_t> visibility_timeout_s, const Receiver& receiver);

  void on_messages_visible(std::function<void(const std::string&)> listener) {
    listeners_.push_back(std::move(listener));
  }
  MessageCounts total_counts() const;
  void end_waiting_receives();
  std::size_t waiting_receives() const;

 private:
  void restore_queues();
  void sweep_leftovers(core::Table table);
  Queue& insert(QueueDefinition definition);

  core::Runtime& runtime_;
  RowSweeper sweeper_;
  std::vector<std::function<void(const std::string&)>> listeners_;
  std::map<QueueId, std::unique_ptr<Queue>, QueueOrder> queues_;
  std::uint64_t next_number_ = 1;
};

}  // namespace votemu::sqs
