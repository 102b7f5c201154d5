// sqs_publish: answers POST /votes by queueing the request for sqs_update_dynamodb.
#pragma once

#include "handlers/abi/handler.h"

namespace votemu::vote {

abi::Task<std::string> sqs_publish(std::string_view event, abi::Context& context);

}  // namespace votemu::vote
