// A table's stream: one shard of change records, each once and in order, for 24 hours.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/json.h"
#include "core/keys.h"
#include "services/dynamodb/table.h"

namespace votemu::dynamodb {

struct Stream {
  core::Scope scope;
  std::string table_name;
  std::string label;
  StreamView view = StreamView::new_and_old_images;
  KeySchema keys;
  std::int64_t created_ms = 0;
  std::string shard_id;
  std::uint64_t first_sequence = 0;   // the shard's, whether or not it was ever written
  std::uint64_t oldest_sequence = 0;  // what is less is trimmed
  std::uint64_t next_sequence = 0;    // of the record to come; not in the stream's row
  std::optional<std::int64_t> closed_ms;

  std::string arn() const;
  core::Key row_key() const;
  core::Key record_prefix() const;
  core::Key record_key(std::uint64_t sequence) const;
};

core::Json stream_to_json(const Stream& stream);
Stream stream_from_json(const core::Json& json);

// 21 decimal digits, which compare as text.
std::string sequence_text(std::uint64_t sequence);
// Nothing when the text is no sequence number that sequence_text() gives.
std::optional<std::uint64_t> sequence_of(std::string_view text);

}  // namespace votemu::dynamodb
