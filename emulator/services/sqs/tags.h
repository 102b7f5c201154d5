// A queue's tags.
#pragma once

#include <string>

#include "services/sqs/queue_settings.h"

namespace votemu::sqs {

// Throws AwsError unless a queue may have these tags.
void check_tags(const std::string& queue_name, const AttributeMap& tags);

}  // namespace votemu::sqs
