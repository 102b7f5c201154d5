// The digests that SQS answers with, so that clients can tell whether a message arrived unharmed.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::sqs {

// Lower-case hex.
std::string md5_hex(std::string_view bytes);

// Of a MessageAttributes map whose values have been checked. "" for an empty map.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
std::string md5_of_attributes(const core::Json& attributes);

}  // namespace votemu::sqs
