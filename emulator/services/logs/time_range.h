// The startTime and endTime of a request.
#pragma once

#include <cstdint>
#include <limits>

#include "core/json.h"
#include "core/members.h"

namespace votemu::logs {

// From start, inclusive, to end: exclusive for GetLogEvents, inclusive for FilterLogEvents, which
// adds a millisecond.
struct TimeRange {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = std::numeric_limits<std::int64_t>::max();

  bool contains(std::int64_t timestamp) const {
    return timestamp >= start_ms && timestamp < end_ms;
  }
};

inline TimeRange time_range(const core::Json& request) {
  TimeRange range;
  range.start_ms = core::integer_member(request, "startTime").value_or(range.start_ms);
  range.end_ms = core::integer_member(request, "endTime").value_or(range.end_ms);
  return range;
}

}  // namespace votemu::logs
