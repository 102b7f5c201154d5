// A change of an item as the text of a stream's record.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
#pragma once

#include <optional>
#include <string>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/stream.h"

namespace votemu::dynamodb {

struct Change {
  const abi::Item& key;
  const abi::Item* old_item;  // nullptr: there was none
  const abi::Item* new_item;  // nullptr: there is none
};

void append_record_json(std::string& json, const Stream& stream, const Change& change,
                        std::uint64_t sequence, const std::string& event_id, std::int64_t now_ms);

}  // namespace votemu::dynamodb
