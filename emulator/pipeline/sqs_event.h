// The event of an SQS event source mapping.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
#pragma once

#include <span>
#include <string>

#include "services/sqs/service.h"

namespace votemu::pipeline {

// {"Records":[…]}, written as text: the bodies are the bulk of it and are only escaped.
std::string sqs_event(const std::string& queue_arn, const std::string& region,
                      std::span<const sqs::ReceivedMessage> messages);

}  // namespace votemu::pipeline
