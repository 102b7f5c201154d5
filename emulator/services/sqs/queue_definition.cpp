#include "services/sqs/queue_definition.h"

#include "core/json.h"

namespace votemu::sqs {

core::Key QueueDefinition::key() const {
  core::Key key(core::Table::sqs_queue, id.scope);
  key.text(id.name);
  return key;
}

std::string QueueDefinition::row() const {
  const core::Json json{{"number", number},
                        {"created_ms", created_ms},
                        {"modified_ms", modified_ms},
                        {"purged_ms", purged_ms},
                        {"first_sequence", first_sequence},
                        {"has_state_rows", has_state_rows},
                        {"attributes", attributes},
                        {"tags", tags}};
  return core::dump_json(json);
}

QueueDefinition QueueDefinition::from_row(std::string_view key, std::string_view row) {
  core::KeyReader reader(key);
  QueueDefinition queue;
  queue.id.scope.account = reader.text();
  queue.id.scope.region = reader.text();
  queue.id.name = reader.text();
  const core::Json json = core::parse_own_json(row);
  json.at("number").get_to(queue.number);
  json.at("created_ms").get_to(queue.created_ms);
  json.at("modified_ms").get_to(queue.modified_ms);
  json.at("purged_ms").get_to(queue.purged_ms);
  json.at("first_sequence").get_to(queue.first_sequence);
  queue.has_state_rows = json.value("has_state_rows", false);
  json.at("attributes").get_to(queue.attributes);
  json.at("tags").get_to(queue.tags);
  return queue;
}

}  // namespace votemu::sqs
