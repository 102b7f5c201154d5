// sqs_update_dynamodb: counts the votes of a batch of queued requests.
#pragma once

#include "handlers/abi/handler.h"

namespace votemu::vote {

abi::Task<std::string> sqs_update_dynamodb(std::string_view event, abi::Context& context);

}  // namespace votemu::vote
