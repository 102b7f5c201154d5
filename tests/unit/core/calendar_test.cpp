#include "core/calendar.h"

#include <gtest/gtest.h>

namespace votemu::core {
namespace {

TEST(Calendar, TakesAMomentApart) {
  const auto t = calendar_time(1'747'899'569'874);
  EXPECT_EQ(t.year, 2025);
  EXPECT_EQ(t.month, 5);
  EXPECT_EQ(t.day, 22);
  EXPECT_EQ(t.hour, 7);
  EXPECT_EQ(t.minute, 39);
  EXPECT_EQ(t.second, 29);
  EXPECT_EQ(t.millisecond, 874);
}

TEST(Calendar, WritesMomentsWithMilliseconds) {
  EXPECT_EQ(iso8601_ms(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso8601_ms(1'747'899'569'874), "2025-05-22T07:39:29.874Z");
  EXPECT_EQ(iso8601_ms(951'782'400'000), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(iso8601_ms(-1), "1969-12-31T23:59:59.999Z");
}

TEST(Calendar, WritesMomentsOfWholeSeconds) {
  EXPECT_EQ(iso8601_s(1'747'899'569'874), "2025-05-22T07:39:29Z");
}

TEST(Calendar, GivesSecondsWithTheirFraction) {
  EXPECT_EQ(epoch_seconds(1'747'899'569'874), 1'747'899'569.874);
}

TEST(Calendar, WritesDatesForHttp) {
  EXPECT_EQ(http_date(1'747'899'569'874), "Thu, 22 May 2025 07:39:29 GMT");
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(Calendar, WritesHttpsDates) {
  EXPECT_EQ(http_date(1'747'899'569'874), "Thu, 22 May 2025 07:39:29 GMT");
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(951'782'400'000), "Tue, 29 Feb 2000 00:00:00 GMT");
}

TEST(Calendar, NamesMonths) {
  EXPECT_STREQ(month_name(1), "Jan");
  EXPECT_STREQ(month_name(12), "Dec");
}

}  // namespace
}  // namespace votemu::core
