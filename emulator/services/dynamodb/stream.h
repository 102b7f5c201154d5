// A table's stream: one shard of change records, each once and in order, for 24 hours.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/json.h"
#include "core/keys.h"
#include "services/dynamodb/stream_chunk.h"
#include "services/dynamodb/table.h"

namespace votemu::dynamodb {

struct Stream {
  Stream(core::Scope in_scope, std::string of_table, std::string with_label);

  core::Scope scope;
  std::string table_name;
  std::string label;
  std::string arn;
  core::Key record_prefix;  // of the rows of its records
  std::string record_head;  // of every record's text, between the event's name and its time
  StreamView view = StreamView::new_and_old_images;
  KeySchema keys;
  std::int64_t created_ms = 0;
  std::string shard_id;
  std::uint64_t first_sequence = 0;   // the shard's, whether or not it was ever written
  std::uint64_t oldest_sequence = 0;  // what is less is trimmed
  std::uint64_t next_sequence = 0;    // of the record to come; not in the stream's row
  std::optional<std::int64_t> closed_ms;

  // The newest rows of records once more: who reads them while they are new need not ask the store.
  // At most limits::max_tail_bytes.
  std::deque<StreamChunk> tail;
  std::size_t tail_bytes = 0;
  std::string tail_key;              // of its last row
  std::uint64_t tail_rollbacks = 0;  // it is good while this is Store::rollback_count()
  std::uint64_t tail_turn = 0;       // its last row can be extended while this is commit_count()

  core::Key row_key() const;
  // Of the row whose first record has this number.
  core::Key record_key(std::uint64_t sequence) const;
};

core::Json stream_to_json(const Stream& stream);
Stream stream_from_json(const core::Json& json);

// 21 decimal digits, which compare as text.
std::string sequence_text(std::uint64_t sequence);
void append_sequence(std::string& text, std::uint64_t sequence);
// Nothing when the text is no sequence number that sequence_text() gives.
std::optional<std::uint64_t> sequence_of(std::string_view text);

}  // namespace votemu::dynamodb
