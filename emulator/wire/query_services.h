// The services that speak the Query protocol, each as a table of its shapes in a file of its own.
#pragma once

#include <string>
#include <string_view>

#include "wire/aws_query.h"

namespace votemu::wire {

// http://cloudformation.amazonaws.com/doc/2010-05-15/
const QueryService& cloudformation_query_service();

// https://docs.aws.amazon.com/IAM/latest/APIReference/
const QueryService& iam_query_service();

// http://queue.amazonaws.com/doc/2012-11-05/
const QueryService& sqs_query_service();

// https://docs.aws.amazon.com/STS/latest/APIReference/
const QueryService& sts_query_service();

// By signing name ("cloudformation"); nullptr when it speaks another protocol or is not here.
const QueryService* find_query_service(std::string_view name);

// By the API's version, which is all that an unsigned call tells.
const QueryService* find_query_service_of_version(std::string_view version);

// "AWS.SimpleQueueService.NonExistentQueue" for "QueueDoesNotExist": what the Query protocol and
// the JSON protocol's `x-amzn-query-error` header carry. Unknown names stay as they are.
std::string sqs_query_error_code(std::string_view json_code);

}  // namespace votemu::wire
