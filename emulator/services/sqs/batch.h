// What the batch operations have in common: the checks that refuse a whole batch, and a result for
// each entry.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::sqs {

// The request's Entries. `entry_name` is what AWS calls an entry in its texts. Throws AwsError.
const core::Json& checked_entries(const core::Json& request, std::string_view entry_name);

// Runs each entry; what it returns goes, with the entry's Id, into Successful, what it throws into
// Failed. `path` is the entry as AWS names it in a text ("SendMessageBatchRequestEntry.1").
core::Json run_batch(
    const core::Json& entries, std::string_view entry_name,
    const std::function<core::Json(const core::Json& entry, const std::string& path)>& run);

}  // namespace votemu::sqs
