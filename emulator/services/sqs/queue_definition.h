// What a queue is apart from its messages: one row of the store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/keys.h"
#include "services/sqs/queue_id.h"
#include "services/sqs/queue_settings.h"

namespace votemu::sqs {

struct QueueDefinition {
  QueueId id;
  std::uint64_t number = 0;  // keys its messages; a queue that is created again gets another
  std::int64_t created_ms = 0;
  std::int64_t modified_ms = 0;
  std::int64_t purged_ms = 0;
  std::uint64_t first_sequence =
      1;                       // messages below were purged, whether their rows are gone or not
  bool has_state_rows = true;  // false when an older votemu kept states in the messages' rows
  AttributeMap attributes;
  AttributeMap tags;

  core::Key key() const;
  std::string row() const;
  // Throws std::runtime_error when the row is not a queue: the store is corrupt.
  static QueueDefinition from_row(std::string_view key, std::string_view row);
};

}  // namespace votemu::sqs
