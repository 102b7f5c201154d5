#include "core/loop.h"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <vector>

#include "core/limits.h"

namespace votemu::core {
namespace {

struct LoopTest : testing::Test {
  boost::asio::io_context io;
  Store store{{.data_directory = "", .durability = Durability::memory}};
  Turn turn{store};
  SystemClock clock;
  Timers timers{clock};
  Loop loop{io, turn, timers, clock};
};

TEST_F(LoopTest, EndsTheTurnOfPostedWorkAndThenStops) {
  bool released = false;
  boost::asio::post(io, [&] {
    turn.hold([&] { released = true; });
    loop.stop();
  });
  loop.run();
  EXPECT_TRUE(released);
}

TEST_F(LoopTest, FiresTimersInOrder) {
  std::vector<int> fired;
  const auto first = timers.after(1, [&] { fired.push_back(1); });
  const auto second = timers.after(2, [&] { fired.push_back(2); });
  const auto last = timers.after(3, [&] {
    fired.push_back(3);
    loop.stop();
  });
  loop.run();
  EXPECT_EQ(fired, (std::vector<int>{1, 2, 3}));
}

TEST_F(LoopTest, FiresATimerThatIsSetSoonerThanTheOneItSleepsFor) {
  const auto far = timers.after(3'600'000, [] { FAIL(); });
  Timer soon;
  boost::asio::post(io, [&] { soon = timers.after(1, [&] { loop.stop(); }); });
  loop.run();
  EXPECT_TRUE(far.pending());
}

TEST_F(LoopTest, OutlivesATimerThatWasCancelled) {
  Timer cancelled = timers.after(2, [] {});
  const auto end = timers.after(4, [&] { loop.stop(); });
  boost::asio::post(io, [&] { cancelled.cancel(); });
  loop.run();
  EXPECT_FALSE(cancelled.pending());
}

TEST_F(LoopTest, DoesNotSleepOnWorkThatWasCarriedOver) {
  std::size_t ran = 0;
  boost::asio::post(io, [&] {
    for (std::size_t i = 0; i <= 2 * Turn::max_deferred; ++i) {
      turn.defer([&] {
        if (++ran == 2 * Turn::max_deferred + 1) loop.stop();
      });
    }
  });
  loop.run();
  EXPECT_EQ(ran, 2 * Turn::max_deferred + 1);
}

TEST_F(LoopTest, BeginsWithWhatWasDeferredBeforeIt) {
  bool ran = false;
  turn.defer([&] {
    ran = true;
    loop.stop();
  });
  loop.run();
  EXPECT_TRUE(ran);
}

TEST_F(LoopTest, TakesABoundedAmountOfReadyWorkIntoOneTurn) {
  std::size_t ran = 0;
  std::vector<std::size_t> commits;
  constexpr std::size_t work = 1'000;
  for (std::size_t i = 0; i < work; ++i) {
    boost::asio::post(io, [&] {
      if (ran++ == 0 || commits.back() < store.commit_count()) {
        commits.push_back(store.commit_count());
      }
      store.put("key", std::to_string(ran));
      if (ran == work) loop.stop();
    });
  }
  loop.run();
  EXPECT_EQ(ran, work);
  EXPECT_GE(commits.size(), 4U);
  EXPECT_LE(commits.size(), 5U);
}

TEST_F(LoopTest, EndsATurnWhoseWorkTakesLong) {
  VirtualClock slow_clock;
  Loop slow{io, turn, timers, slow_clock};
  std::size_t ran = 0;
  std::vector<std::size_t> ran_at_commit;
  for (int i = 0; i < 10; ++i) {
    boost::asio::post(io, [&] {
      slow_clock.advance(limits::max_turn_ms / 2);
      if (++ran == 10) slow.stop();
      turn.hold([&] {
        if (ran_at_commit.empty() || ran_at_commit.back() < ran) ran_at_commit.push_back(ran);
      });
    });
  }
  slow.run();
  EXPECT_EQ(ran_at_commit, (std::vector<std::size_t>{3, 6, 9, 10}));
}

TEST_F(LoopTest, GoesOnWhenWorkCausesMoreWork) {
  int left = 600;
  std::function<void()> again = [&] {
    if (--left == 0) return loop.stop();
    boost::asio::post(io, again);
  };
  boost::asio::post(io, again);
  loop.run();
  EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace votemu::core
