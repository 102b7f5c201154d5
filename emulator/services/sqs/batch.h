// What the batch operations have in common: the checks that refuse a whole batch, and a result for
// each entry.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::sqs {

struct BatchEntry {
  const core::Json& members;
  std::string_view kind;  // what AWS calls an entry in its texts
  std::size_t number;     // from 1

  // How a text names a member: "SendMessageBatchRequestEntry.1.Id".
  std::string path_of(std::string_view member) const;
};

// The request's Entries. Throws AwsError.
const core::Json& checked_entries(const core::Json& request, std::string_view kind);

// Throws AwsError unless the ids are as they may be, and all different.
void check_ids(std::span<const std::string> ids);

// Runs each entry; what it returns goes, with the entry's Id, into Successful, what it throws into
// Failed.
core::Json run_batch(const core::Json& entries, std::string_view kind,
                     const std::function<core::Json(const BatchEntry&)>& run);
// The same from the entries' ids to JSON text, where an entry that succeeds brings nothing but its
// Id.
std::string run_batch(std::span<const std::string> ids,
                      const std::function<void(std::size_t entry)>& run);

}  // namespace votemu::sqs
