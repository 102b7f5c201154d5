#include "core/timers.h"

#include <gtest/gtest.h>

#include <vector>

namespace votemu::core {
namespace {

struct TimersTest : testing::Test {
  VirtualClock clock;
  Timers timers{clock};
  std::vector<int> ran;

  Timer note(std::int64_t delay_ms, int what) {
    return timers.after(delay_ms, [this, what] { ran.push_back(what); });
  }
  void pass(std::int64_t duration_ms) {
    clock.advance(duration_ms);
    timers.run_due();
  }
};

using Order = std::vector<int>;

TEST_F(TimersTest, RunsInOrderOfDueTimeThenOfCreation) {
  const auto late = note(20, 4), first = note(10, 2), second = note(10, 3), early = note(5, 1);
  pass(20);
  EXPECT_EQ(ran, (Order{1, 2, 3, 4}));
}

TEST_F(TimersTest, RunsNothingBeforeItIsDueAndNothingTwice) {
  const auto timer = note(10, 1);
  pass(9);
  EXPECT_TRUE(ran.empty());
  EXPECT_TRUE(timer.pending());
  pass(1);
  pass(1);
  EXPECT_EQ(ran, (Order{1}));
  EXPECT_FALSE(timer.pending());
}

TEST_F(TimersTest, TellsWhenTheNextOneIsDue) {
  EXPECT_EQ(timers.next_due_ms(), std::nullopt);
  clock.advance(100);
  const auto later = note(30, 1);
  {
    const auto sooner = note(10, 2);
    EXPECT_EQ(timers.next_due_ms(), 110);
  }
  EXPECT_EQ(timers.next_due_ms(), 130);
}

TEST_F(TimersTest, CountsANegativeDelayAsNone) {
  const auto timer = note(-5, 1);
  EXPECT_EQ(timers.next_due_ms(), clock.steady_ms());
  timers.run_due();
  EXPECT_EQ(ran, (Order{1}));
}

TEST_F(TimersTest, IgnoresThatTheMachinesClockIsSet) {
  const auto timer = note(10, 1);
  clock.jump(1'000'000);
  timers.run_due();
  EXPECT_TRUE(ran.empty());
}

TEST_F(TimersTest, CancelsWithItsTimer) {
  { const auto timer = note(1, 1); }
  auto cancelled = note(1, 2);
  cancelled.cancel();
  cancelled.cancel();
  EXPECT_FALSE(cancelled.pending());
  auto replaced = note(1, 3);
  replaced = note(2, 4);
  pass(2);
  EXPECT_EQ(ran, (Order{4}));
}

TEST_F(TimersTest, MovesWithItsTimer) {
  Timer target;
  EXPECT_FALSE(target.pending());
  {
    auto source = note(1, 1);
    target = std::move(source);
  }
  EXPECT_TRUE(target.pending());
  pass(1);
  EXPECT_EQ(ran, (Order{1}));
}

TEST_F(TimersTest, LetsACallbackCancelAnotherThatIsDueToo) {
  Timer victim;
  const auto killer = timers.after(1, [&] { victim.cancel(); });
  victim = note(1, 1);
  pass(1);
  EXPECT_TRUE(ran.empty());
}

TEST_F(TimersTest, LetsACallbackReplaceItsOwnTimer) {
  Timer timer;
  timer = timers.after(1, [&] {
    ran.push_back(1);
    timer = note(5, 2);
  });
  pass(1);
  EXPECT_TRUE(timer.pending());
  pass(5);
  EXPECT_EQ(ran, (Order{1, 2}));
}

TEST_F(TimersTest, LeavesTimersCreatedByACallbackForTheNextRun) {
  Timer inner;
  const auto outer = timers.after(1, [&] { inner = note(0, 2); });
  const auto after = note(2, 3);
  pass(2);
  EXPECT_EQ(ran, (Order{3}));
  timers.run_due();
  EXPECT_EQ(ran, (Order{3, 2}));
}

TEST_F(TimersTest, CancelsATimerThatItsOwnCallbackKeepsAlive) {
  struct Owner {
    Timer timer;
  };
  auto owner = std::make_shared<Owner>();
  Timer& timer = owner->timer;
  timer = timers.after(1, [kept = std::move(owner)] { FAIL() << "it was cancelled"; });
  timer.cancel();
  pass(1);
}

TEST_F(TimersTest, LetsATimerOutliveTheTimers) {
  Timer orphan;
  {
    Timers short_lived(clock);
    orphan = short_lived.after(1, [] {});
    EXPECT_TRUE(orphan.pending());
  }
  EXPECT_FALSE(orphan.pending());
  orphan.cancel();
}

}  // namespace
}  // namespace votemu::core
