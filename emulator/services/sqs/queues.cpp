#include "services/sqs/queues.h"

#include <algorithm>
#include <utility>

#include "services/sqs/errors.h"
#include "services/sqs/redrive_policy.h"

namespace votemu::sqs {

Queues::Queues(core::Runtime& runtime) : runtime_(runtime), sweeper_(runtime) {
  restore_queues();
  sweep_leftovers(core::Table::sqs_message);
  sweep_leftovers(core::Table::sqs_message_state);
  for (const auto& [id, queue] : queues_) queue->restore();
}

void Queues::restore_queues() {
  const core::Key table(core::Table::sqs_queue);
  for (auto row = runtime_.store.scan(table); row.valid(); row.next()) {
    insert(QueueDefinition::from_row(row.key(), row.value()));
  }
}

// Looks at the first row of each queue: what was purged is before all others.
void Queues::sweep_leftovers(core::Table table) {
  std::map<std::uint64_t, std::uint64_t> first_sequences;
  for (const auto& [id, queue] : queues_) {
    const QueueDefinition& definition = queue->definition();
    first_sequences[definition.number] = definition.first_sequence;
  }
  const core::Key all(table);
  for (auto row = runtime_.store.scan(all); row.valid();) {
    core::KeyReader key(row.key());
    const std::uint64_t number = key.number();
    const std::uint64_t sequence = key.number();
    next_number_ = std::max(next_number_, number + 1);
    const auto found = first_sequences.find(number);
    if (found == first_sequences.end()) {
      sweeper_.sweep(number);
    } else if (sequence < found->second) {
      sweeper_.sweep(number, found->second);
    }
    row = runtime_.store.scan_from(all, core::Key(table).number(number + 1));
  }
}

Queue* Queues::find(const QueueName& queue) const {
  const auto found = queues_.find(queue);
  return found == queues_.end() ? nullptr : found->second.get();
}

Queue* Queues::find_arn(std::string_view arn) const {
  const auto queue = read_queue_arn(arn);
  return queue ? find(*queue) : nullptr;
}

Queue& Queues::get(const core::Scope& scope, std::string_view reference) const {
  Queue* queue = find(read_queue_reference(scope, reference));
  if (!queue) throw queue_does_not_exist();
  return *queue;
}

Queue& Queues::get_arn(std::string_view arn) const {
  Queue* queue = find_arn(arn);
  if (!queue) throw queue_does_not_exist();
  return *queue;
}

Queue& Queues::insert(QueueDefinition definition) {
  next_number_ = std::max(next_number_, definition.number + 1);
  const auto tell = [this](const std::string& arn) {
    for (const auto& listener : listeners_) listener(arn);
  };
  auto queue = std::make_unique<Queue>(runtime_, std::move(definition), tell);
  const QueueId id = queue->id();
  return *queues_.emplace(id, std::move(queue)).first->second;
}

Queue& Queues::create(const QueueId& id, AttributeMap attributes, AttributeMap tags) {
  const std::int64_t now = runtime_.clock.now_ms();
  QueueDefinition definition;
  definition.id = id;
  definition.number = next_number_;
  definition.created_ms = now;
  definition.modified_ms = now;
  definition.attributes = std::move(attributes);
  definition.tags = std::move(tags);
  Queue& queue = insert(std::move(definition));
  queue.write_definition();
  return queue;
}

void Queues::erase(const QueueId& id) {
  const auto found = queues_.find(id);
  const QueueDefinition& definition = found->second->definition();
  runtime_.store.erase(definition.key());
  sweeper_.sweep(definition.number);
  found->second->wait_line()->call_all();
  queues_.erase(found);
}

void Queues::purge(Queue& queue) {
  queue.purge();
  sweeper_.sweep(queue.definition().number, queue.definition().first_sequence);
}

std::vector<Queue*> Queues::list(const core::Scope& scope, std::string_view prefix,
                                 std::string_view after, std::size_t most) const {
  std::vector<Queue*> listed;
  const std::string_view from = std::max(prefix, after);
  auto next = queues_.lower_bound(QueueName{scope.account, scope.region, from});
  for (; next != queues_.end() && listed.size() < most; ++next) {
    const QueueId& id = next->first;
    if (id.scope != scope || !id.name.starts_with(prefix)) break;
    if (id.name != after) listed.push_back(next->second.get());
  }
  return listed;
}

void Queues::check_dead_letter_queue(const QueueId& source, const AttributeMap& attributes) const {
  const auto policy = attributes.find("RedrivePolicy");
  if (policy == attributes.end()) return;
  const auto refuse = [&policy](const std::string& reason) {
    throw invalid_value(policy->second, "RedrivePolicy", reason);
  };
  const RedrivePolicy redrive = parse_redrive_policy(policy->second);
  const core::Arn target = *core::Arn::parse(redrive.dead_letter_arn);
  if (target.resource.ends_with(".fifo")) {
    refuse("Dead-letter queue must be same type of queue as the source..");
  }
  if (target.scope() != source.scope) {
    refuse("Dead-letter queue must be in the same account and Region as the source.");
  }
  if (target.resource == source.name) {
    refuse("Dead-letter queue and source queue must not be the same.");
  }
  const Queue* queue = find({target.scope(), target.resource});
  if (!queue) return refuse("Dead letter target does not exist.");
  const auto& target_attributes = queue->definition().attributes;
  const auto allow = target_attributes.find("RedriveAllowPolicy");
  if (allow != target_attributes.end() && !allows_redrive_from(allow->second, source.arn())) {
    refuse("Queue does not have permission to use the dead-letter queue " + target.text() + ".");
  }
}

void Queues::receive(Queue& queue, std::size_t max_messages,
                     std::optional<std::int64_t> visibility_timeout_s, const Receiver& receiver) {
  const auto& settings = queue.settings();
  // A dead-letter queue that was deleted leaves the messages where they are.
  Queue* dead_letters = settings.redrive ? find_arn(settings.redrive->dead_letter_arn) : nullptr;
  queue.receive(max_messages, visibility_timeout_s.value_or(settings.visibility_timeout_s),
                dead_letters, receiver);
}

MessageCounts Queues::total_counts() const {
  MessageCounts total;
  for (const auto& [id, queue] : queues_) {
    const MessageCounts counts = queue->counts();
    total.visible += counts.visible;
    total.in_flight += counts.in_flight;
    total.delayed += counts.delayed;
  }
  return total;
}

void Queues::end_waiting_receives() {
  for (const auto& [id, queue] : queues_) queue->wait_line()->time_out_all();
}

std::size_t Queues::waiting_receives() const {
  std::size_t waiting = 0;
  for (const auto& [id, queue] : queues_) waiting += queue->wait_line()->size();
  return waiting;
}

}  // namespace votemu::sqs
