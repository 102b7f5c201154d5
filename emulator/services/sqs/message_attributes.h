// The typed attributes that a message carries beside its body.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace votemu::sqs {

// The map that is kept: DataType with StringValue or BinaryValue (base64), nothing else; null when
// there are none. `attributes` may be nullptr. Throws AwsError.
core::Json check_message_attributes(const core::Json* attributes);
// The same for MessageSystemAttributes: only AWSTraceHeader.
core::Json check_system_attributes(const core::Json* attributes);

// Names, types and values in bytes: what counts for the message's size. For anything, valid or not.
std::size_t attribute_bytes(const core::Json* attributes);

// Those whose names a receiver asks for: exactly, by "prefix.*", or "All".
core::Json select_attributes(const core::Json& attributes, const std::vector<std::string>& names);

// Whether the text is UTF-8 and only has the characters that XML 1.0 has.
bool is_valid_text(std::string_view text);

}  // namespace votemu::sqs
