#include "core/calendar.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace votemu::core {

CalendarTime calendar_time(std::int64_t epoch_ms) {
  using std::chrono::days;
  using std::chrono::milliseconds;
  const std::chrono::sys_time<milliseconds> moment{milliseconds(epoch_ms)};
  const auto midnight = std::chrono::floor<days>(moment);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss time{moment - midnight};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count()),
          static_cast<int>(time.subseconds().count())};
}

std::string iso8601_ms(std::int64_t epoch_ms) {
  const CalendarTime t = calendar_time(epoch_ms);
  std::array<char, 96> text;
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", t.year, t.month,
                t.day, t.hour, t.minute, t.second, t.millisecond);
  return text.data();
}

std::string iso8601_s(std::int64_t epoch_ms) {
  constexpr std::size_t length_to_seconds = 19;
  return iso8601_ms(epoch_ms).substr(0, length_to_seconds) + "Z";
}

double epoch_seconds(std::int64_t epoch_ms) {
  return static_cast<double>(epoch_ms) / 1'000.0;
}

std::string http_date(std::int64_t epoch_ms) {
  static constexpr std::array<const char*, 7> weekdays = {"Sun", "Mon", "Tue", "Wed",
                                                          "Thu", "Fri", "Sat"};
  const CalendarTime t = calendar_time(epoch_ms);
  const std::chrono::sys_time<std::chrono::milliseconds> moment{
      std::chrono::milliseconds(epoch_ms)};
  const std::chrono::weekday day{std::chrono::floor<std::chrono::days>(moment)};
  std::array<char, 96> text;
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                weekdays.at(day.c_encoding()), t.day, month_name(t.month), t.year, t.hour, t.minute,
                t.second);
  return text.data();
}

const char* month_name(int month) {
  static constexpr std::array<const char*, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return names.at(static_cast<std::size_t>(month - 1));
}

}  // namespace votemu::core
