// A position as clients see it: an event's id, and the tokens of a page.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/logs/state.h"

namespace votemu::logs {

// 56 digits, as AWS's event ids.
std::string position_text(const Position& position);
std::optional<Position> parse_position(std::string_view text);

}  // namespace votemu::logs
