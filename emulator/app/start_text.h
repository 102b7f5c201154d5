// What a person reads when votemu has started: what is served where, and how to try it.
#pragma once

#include <cstdint>
#include <string>

#include "app/config.h"
#include "app/deployed_stack.h"

namespace votemu::app {

// Ends with a line that is exactly `Ready.`, which scripts wait for.
std::string start_text(const Config& config, std::uint16_t port, const DeployedStack& stack);

}  // namespace votemu::app
