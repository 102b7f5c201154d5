#include "core/wakeup.h"

#include <gtest/gtest.h>

#include "handlers/abi/task.h"
#include "tests/support/test_runtime.h"

namespace votemu::core {
namespace {

struct WakeupTest : testing::Test {
  test::TestRuntime t;
  Wakeup* waiting = nullptr;  // the coroutine's, while it lives
  int reached = 0;

  abi::Task<void> wait_once() {
    Wakeup wakeup(t.turn);
    waiting = &wakeup;
    reached = 1;
    co_await wakeup;
    reached = 2;
  }
  abi::Task<void> wait_after_being_woken() {
    Wakeup wakeup(t.turn);
    wakeup.wake();
    t.finish_turn();
    co_await wakeup;
    reached = 2;
  }
};

TEST_F(WakeupTest, GoesOnInTheDeferredPhaseOnly) {
  auto task = wait_once();
  task.start([] {});
  EXPECT_EQ(reached, 1);
  t.turn.finish();
  EXPECT_EQ(reached, 1);
  waiting->wake();
  EXPECT_EQ(reached, 1);
  t.turn.hold([this] { EXPECT_EQ(reached, 2); });
  t.turn.finish();
  EXPECT_EQ(reached, 2);
  EXPECT_TRUE(task.done());
}

TEST_F(WakeupTest, CountsOnlyItsFirstWake) {
  auto task = wait_once();
  task.start([] {});
  waiting->wake();
  waiting->wake();
  t.finish_turn();
  EXPECT_EQ(reached, 2);
}

TEST_F(WakeupTest, DoesNothingForACoroutineThatWasDestroyed) {
  auto task = wait_once();
  task.start([] {});
  waiting->wake();
  task.reset();
  t.finish_turn();
  EXPECT_EQ(reached, 1);
}

TEST_F(WakeupTest, LetsTheCoroutineEndItself) {
  auto task = wait_once();
  task.start([&] { task.reset(); });
  waiting->wake();
  t.finish_turn();
  EXPECT_EQ(reached, 2);
  EXPECT_FALSE(task);
}

TEST_F(WakeupTest, IsNotLostWhenItComesBeforeTheWait) {
  auto task = wait_after_being_woken();
  task.start([] {});
  EXPECT_EQ(reached, 2);
}

}  // namespace
}  // namespace votemu::core
