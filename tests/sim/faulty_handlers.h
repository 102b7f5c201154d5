// The linked handlers, some of whose invocations fail as handlers do on AWS.
#pragma once

#include <string_view>
#include <vector>

#include "handlers/abi/handler.h"

namespace votemu::sim {

enum class Faults { none, some, many };

// Whether an invocation fails, and how, follows from its request id. Handlers throw, hang until
// their function's timeout, and get errors from the services that they call. They fail before they
// have counted or told anything that they would do again: what is done twice then, votemu did
// twice. Totals are published with QoS 1.
std::vector<abi::NamedHandler> handlers_with(Faults faults);

// What a function logs when one of its messages was received before.
inline constexpr std::string_view redelivery_line = "A message is delivered again";

}  // namespace votemu::sim
