// Where a reader is in a shard, as the text that it carries from call to call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace votemu::dynamodb {

struct ShardIterator {
  std::string stream_arn;
  std::int64_t created_ms = 0;
  // The next record to read; nothing: the oldest, whichever that is by then.
  std::optional<std::uint64_t> sequence;
};

std::string iterator_text(const ShardIterator& iterator);

// Throws ValidationException when the text is no iterator.
ShardIterator iterator_of(const std::string& text);

}  // namespace votemu::dynamodb
