#include "handlers/abi/task.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace votemu::abi {
namespace {

// Suspends whoever awaits it until it is opened.
struct Gate {
  std::coroutine_handle<> waiting;

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) noexcept { waiting = coroutine; }
  void await_resume() const noexcept {}
  void open() { std::exchange(waiting, {}).resume(); }
};

Task<std::string> text_of(int number) {
  co_return std::to_string(number);
}
Task<void> fail(std::string why) {
  throw std::runtime_error(why);
  co_return;
}
Task<std::string> after(Gate& gate, std::string text) {
  co_await gate;
  co_return text;
}
Task<std::string> twice(Gate& gate, std::string text) {
  auto first_half = after(gate, text);
  const auto first = co_await std::move(first_half);
  auto second_half = after(gate, text);
  const auto second = co_await std::move(second_half);
  co_return first + second;
}
Task<std::string> caught(std::string why) {
  std::string what = "nothing";
  try {
    auto failing = fail(std::move(why));
    co_await std::move(failing);
  } catch (const std::runtime_error& error) {
    what = error.what();
  }
  co_return what;
}
Task<void> forward_failure() {
  auto failing = fail("inner");
  co_await std::move(failing);
}
Task<void> keep_while_waiting(Gate& gate, std::shared_ptr<int> owned) {
  co_await gate;
  ++*owned;
}
Task<void> nest(Gate& gate, std::shared_ptr<int> owned) {
  auto inner = keep_while_waiting(gate, owned);
  co_await std::move(inner);
}
Task<int> countdown(int from) {
  if (from == 0) co_return 0;
  auto rest = countdown(from - 1);
  const int below = co_await std::move(rest);
  co_return below + 1;
}

TEST(Task, DoesNothingBeforeItIsStarted) {
  Gate gate;
  const auto task = after(gate, "x");
  EXPECT_TRUE(task);
  EXPECT_FALSE(task.done());
  EXPECT_FALSE(gate.waiting);
}

TEST(Task, YieldsItsValue) {
  EXPECT_EQ(run_now(text_of(7)), "7");
}

TEST(Task, ThrowsWhatItThrew) {
  EXPECT_THROW(run_now(fail("x")), std::runtime_error);
  EXPECT_THROW(run_now(forward_failure()), std::runtime_error);
  EXPECT_EQ(run_now(caught("inner")), "inner");
}

TEST(Task, CallsBackWithinStartWhenItDoesNotWait) {
  auto task = text_of(7);
  bool called = false;
  task.start([&] { called = true; });
  EXPECT_TRUE(called);
  EXPECT_TRUE(task.done());
  EXPECT_EQ(task.outcome().take(), "7");
}

TEST(Task, CallsBackLaterWhenItWaits) {
  Gate gate;
  auto task = twice(gate, "x");
  int called = 0;
  task.start([&] { ++called; });
  gate.open();
  EXPECT_EQ(called, 0);
  gate.open();
  EXPECT_EQ(called, 1);
  EXPECT_EQ(task.outcome().take(), "xx");
}

TEST(Task, CallsBackAlsoWhenItFails) {
  auto task = fail("x");
  bool called = false;
  task.start([&] { called = true; });
  EXPECT_TRUE(called);
  EXPECT_THROW(task.outcome().take(), std::runtime_error);
}

TEST(Task, MayBeDestroyedByItsCallback) {
  Gate gate;
  for (const bool waits : {false, true}) {
    auto task = std::make_unique<Task<std::string>>(waits ? after(gate, "x") : text_of(1));
    std::string value;
    task->start([&] {
      auto outcome = task->outcome();
      task.reset();
      value = outcome.take();
    });
    if (waits) gate.open();
    EXPECT_FALSE(task);
    EXPECT_EQ(value, waits ? "x" : "1");
  }
}

TEST(Task, FreesEverythingWhenItIsDestroyedWhileItWaits) {
  Gate gate;
  const auto owned = std::make_shared<int>(0);
  auto task = nest(gate, owned);
  bool called = false;
  task.start([&] { called = true; });
  EXPECT_GT(owned.use_count(), 1);
  task.reset();
  EXPECT_EQ(owned.use_count(), 1);
  EXPECT_FALSE(called);
  EXPECT_FALSE(task);
}

TEST(Task, FreesEverythingWhenItIsNeverStarted) {
  Gate gate;
  const auto owned = std::make_shared<int>(0);
  { const auto task = nest(gate, owned); }
  EXPECT_EQ(owned.use_count(), 1);
}

TEST(Task, MovesWithItsFrame) {
  Gate gate;
  auto source = after(gate, "x");
  source.start([] {});
  Task<std::string> target = std::move(source);
  EXPECT_FALSE(source);  // NOLINT(bugprone-use-after-move)
  auto& itself = target;
  target = std::move(itself);
  gate.open();
  EXPECT_EQ(target.outcome().take(), "x");
  target = text_of(1);
  EXPECT_FALSE(target.done());
}

TEST(Task, NestsAThousandDeep) {
  EXPECT_EQ(run_now(countdown(1'000)), 1'000);
}

TEST(Task, CannotBeRunNowWhenItWaits) {
  Gate gate;
  const auto owned = std::make_shared<int>(0);
  EXPECT_THROW(run_now(nest(gate, owned)), std::logic_error);
  EXPECT_EQ(owned.use_count(), 1);
}

TEST(Task, MayBeEmpty) {
  Task<int> task;
  EXPECT_FALSE(task);
  EXPECT_FALSE(task.done());
  task.reset();
}

}  // namespace
}  // namespace votemu::abi
