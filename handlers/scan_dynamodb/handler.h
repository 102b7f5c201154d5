// scan_dynamodb: answers GET /votes with every item of the table.
#pragma once

#include "handlers/abi/handler.h"

namespace votemu::vote {

abi::Task<std::string> scan_dynamodb(std::string_view event, abi::Context& context);

}  // namespace votemu::vote
