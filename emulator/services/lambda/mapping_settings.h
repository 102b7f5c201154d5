// The members of an event source mapping, as CreateEventSourceMapping and UpdateEventSourceMapping
// give them.
#pragma once

#include "core/ids.h"
#include "core/json.h"

namespace votemu::lambda {

enum class SourceKind { queue, fifo_queue, stream };

// Throws AwsError when the ARN is malformed or of a service that cannot be a source here.
SourceKind source_kind(const std::string& arn);

// What a mapping has before anyone says otherwise.
core::Json default_settings(SourceKind kind);

// Validates what the request has and writes it into the row. Throws AwsError.
void apply_settings(const core::Json& request, SourceKind kind, core::Json& row);

}  // namespace votemu::lambda
