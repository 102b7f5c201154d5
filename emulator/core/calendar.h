// Moments in time as AWS writes them. All in UTC; a moment is milliseconds since the Unix epoch.
#pragma once

#include <cstdint>
#include <string>

namespace votemu::core {

struct CalendarTime {
  int year, month, day, hour, minute, second, millisecond;
};
CalendarTime calendar_time(std::int64_t epoch_ms);

// "2025-05-22T07:39:29.874Z"
std::string iso8601_ms(std::int64_t epoch_ms);
// "2025-05-22T07:39:29Z"
std::string iso8601_s(std::int64_t epoch_ms);

// Seconds, as AWS's JSON protocols write a moment.
double epoch_seconds(std::int64_t epoch_ms);

// "Thu, 22 May 2025 07:39:29 GMT", as HTTP's Date has it (RFC 9110 5.6.7).
std::string http_date(std::int64_t epoch_ms);

// "May"
const char* month_name(int month);

}  // namespace votemu::core
