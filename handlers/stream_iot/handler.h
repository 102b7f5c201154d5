// stream_iot: publishes the totals that changed to the IoT topic.
#pragma once

#include "handlers/abi/handler.h"

namespace votemu::vote {

abi::Task<std::string> stream_iot(std::string_view event, abi::Context& context);

}  // namespace votemu::vote
