// The two JSON documents that say where a queue's failed messages go and whose a queue takes.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
#pragma once

#include <string>

#include "services/sqs/queue_settings.h"

namespace votemu::sqs {

// Throw AwsError unless the text is such a policy.
RedrivePolicy parse_redrive_policy(const std::string& text);
void check_redrive_allow_policy(const std::string& text);

// Whether a dead-letter queue with this RedriveAllowPolicy ("" for none) takes a queue's messages.
bool allows_redrive_from(const std::string& redrive_allow_policy, const std::string& source_arn);

}  // namespace votemu::sqs
