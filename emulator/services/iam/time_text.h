// Moments as IAM writes them: whole seconds.
#pragma once

#include <cstdint>
#include <string>

#include "core/calendar.h"

namespace votemu::iam {

// "2025-05-22T07:39:29Z"
inline std::string time_text(std::int64_t epoch_ms) {
  constexpr std::size_t length_to_seconds = 19;
  return core::iso8601_ms(epoch_ms).substr(0, length_to_seconds) + "Z";
}

}  // namespace votemu::iam
