#include "tests/sim/audit.h"

#include <utility>

#include "core/json.h"
#include "core/keys.h"
#include "handlers/abi/events.h"
#include "handlers/vote/vote.h"
#include "services/sqs/message.h"
#include "services/sqs/queue_definition.h"
#include "tests/sim/jobs.h"
#include "tests/sim/violation.h"

namespace votemu::sim {
namespace {

using core::Key;
using core::Table;

constexpr std::size_t all_records = 1'000'000;

void read_totals(app::Cloud& cloud, Stored& stored) {
  abi::ScanRequest request{"voting-service-table", std::nullopt};
  do {
    auto page = cloud.services().dynamodb.scan({}, request);
    for (const auto& item : page.items) {
      const auto* total = item.at("votes").get_if<abi::Number>();
      const auto* candidate = item.at("PK").get_if<std::string>();
      stored.totals[*candidate] = stored.votes[*candidate].counted = std::stoull(total->text);
    }
    request.exclusive_start_key = std::move(page.last_evaluated_key);
  } while (request.exclusive_start_key);
}

struct QueueRows {
  sqs::QueueDefinition definition;
  std::size_t messages = 0;
};

void read_message(const sqs::QueueDefinition& queue, std::string_view row, Stored& stored) {
  const std::string body(sqs::decode_message(row).body);
  if (queue.id.name == Jobs::queue) {
    if (!stored.jobs.insert(body).second) throw Violation("message " + body + " is stored twice");
    return;
  }
  if (queue.id.name == Events::queue) {
    if (!stored.events.done.insert(body).second)
      throw Violation("event " + body + " is done twice");
    return;
  }
  auto& votes = stored.votes[vote::candidate_of(abi::decode_proxy_request(body))];
  const bool dead = queue.id.name.find("DeadLetter") != std::string::npos;
  ++(dead ? votes.dead : votes.waiting);
  ++(dead ? stored.dead_votes : stored.waiting_votes);
}

void read_queues(app::Cloud& cloud, Stored& stored) {
  std::map<std::uint64_t, QueueRows> queues;
  for (auto row = cloud.store().scan(Key(Table::sqs_queue)); row.valid(); row.next()) {
    auto definition = sqs::QueueDefinition::from_row(row.key(), row.value());
    const auto number = definition.number;
    queues[number].definition = std::move(definition);
  }
  for (auto row = cloud.store().scan(Key(Table::sqs_message)); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    auto& queue = queues.at(key.number());
    if (key.number() < queue.definition.first_sequence) continue;
    ++queue.messages;
    read_message(queue.definition, row.value(), stored);
  }
  for (const auto& [number, queue] : queues) {
    const auto counts = cloud.services().sqs.counts(queue.definition.id.arn());
    const auto known = counts.visible + counts.in_flight + counts.delayed;
    if (known != queue.messages) {
      throw Violation("queue " + queue.definition.id.name + " knows of " + std::to_string(known) +
                      " messages and has " + std::to_string(queue.messages));
    }
  }
}

void read_waiting_events(app::Cloud& cloud, Stored& stored) {
  const Key table(Table::lambda_async_invocation);
  for (auto row = cloud.store().scan(table); row.valid(); row.next()) {
    stored.events.waiting.insert(core::parse_json(row.value())["Payload"].get<std::string>());
  }
}

void read_stream(app::Cloud& cloud, const lambda::EventSourceMapping& mapping, Stored& stored) {
  std::map<std::string, std::uint64_t> last;
  for (const auto& record :
       cloud.services().dynamodb.read_stream(mapping.event_source_arn, "", all_records)) {
    const auto change = core::parse_json(record.json)["dynamodb"];
    const auto candidate = change["Keys"]["PK"]["S"].get<std::string>();
    const auto total = std::stoull(change["NewImage"]["votes"]["N"].get<std::string>());
    if (total != ++last[candidate]) {
      throw Violation("the stream of candidate " + candidate + " has " + std::to_string(total) +
                      " where " + std::to_string(last[candidate]) + " is due");
    }
    if (record.sequence_number <= stored.last_record) throw Violation("the stream is out of order");
    stored.last_record = record.sequence_number;
  }
  if (last != stored.totals) throw Violation("the table and its stream do not agree");
  stored.checkpoint =
      cloud.store().get(Key(Table::pipeline_checkpoint).text(mapping.uuid)).value_or("");
  if (stored.checkpoint > stored.last_record) throw Violation("the checkpoint is past the stream");
}

}  // namespace

Stored read_stored(app::Cloud& cloud) {
  Stored stored;
  read_totals(cloud, stored);
  read_queues(cloud, stored);
  read_waiting_events(cloud, stored);
  for (const auto& mapping : cloud.services().lambda.event_source_mappings()) {
    if (!mapping.event_source_arn.starts_with("arn:aws:sqs:")) read_stream(cloud, mapping, stored);
  }
  return stored;
}

}  // namespace votemu::sim
