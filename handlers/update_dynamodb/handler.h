// update_dynamodb: answers POST /votes by counting the vote at once.
#pragma once

#include "handlers/abi/handler.h"

namespace votemu::vote {

abi::Task<std::string> update_dynamodb(std::string_view event, abi::Context& context);

}  // namespace votemu::vote
