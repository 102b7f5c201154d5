// The errors of the queue service, under the names that its JSON protocol has for them.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/aws_error.h"
#include "core/json.h"

namespace votemu::sqs {

core::AwsError queue_does_not_exist();
core::AwsError missing_parameter(std::string_view name);
core::AwsError invalid_parameter(const std::string& message);
// "Value V for parameter P is invalid. Reason: R"
core::AwsError invalid_value(std::string_view value, std::string_view parameter,
                             std::string_view reason);
core::AwsError unknown_attribute(std::string_view name);
core::AwsError invalid_attribute_name(const std::string& message);
// "Invalid value for the parameter P." with AWS's reason after it, where it gives one.
core::AwsError invalid_attribute_value(std::string_view attribute, std::string_view reason = {});
core::AwsError invalid_message_contents();
core::AwsError message_too_long(std::int64_t limit);
core::AwsError invalid_receipt_handle(std::string_view handle);
core::AwsError foreign_receipt_handle(std::string_view handle);
core::AwsError over_limit(const std::string& message);

// How an error appears in a batch response's Failed list: there it has the Query protocol's code.
core::Json failed_entry(const std::string& id, const core::AwsError& error);

}  // namespace votemu::sqs
