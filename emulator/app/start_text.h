// What a person reads when votemu has started: what is served where, and how to try it.
#pragma once

#include <cstdint>
#include <string>

#include "app/config.h"
#include "app/inventory.h"

namespace votemu::app {

// Ends with a line that is exactly `Ready.`, which scripts wait for. `stack` is the name of the
// stack that was deployed, "" when there is none.
std::string start_text(const Config& config, std::uint16_t port, const std::string& stack,
                       const Inventory& inventory);

}  // namespace votemu::app
