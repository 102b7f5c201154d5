#include "core/clock.h"

#include <gtest/gtest.h>

namespace votemu::core {
namespace {

TEST(VirtualClock, StandsStillUntilItIsAdvanced) {
  VirtualClock clock(1'000);
  EXPECT_EQ(clock.now_ms(), 1'000);
  EXPECT_EQ(clock.steady_ms(), 0);
  clock.advance(30);
  EXPECT_EQ(clock.now_ms(), 1'030);
  EXPECT_EQ(clock.steady_ms(), 30);
}

TEST(VirtualClock, JumpsWithoutMovingSteadyTime) {
  VirtualClock clock(1'000);
  clock.jump(-600);
  EXPECT_EQ(clock.now_ms(), 400);
  EXPECT_EQ(clock.steady_ms(), 0);
}

TEST(SystemClock, TellsMillisecondsAndNeverGoesBack) {
  const SystemClock clock;
  EXPECT_GT(clock.now_ms(), 1'700'000'000'000);
  const auto earlier = clock.steady_ms();
  EXPECT_GE(clock.steady_ms(), earlier);
}

}  // namespace
}  // namespace votemu::core
