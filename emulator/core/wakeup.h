// Something a coroutine waits for until someone wakes it: a long poll, a delay.
#pragma once

#include <coroutine>
#include <memory>
#include <utility>

#include "core/turn.h"

namespace votemu::core {

// Lives in the frame of the one coroutine that awaits it; when that frame is destroyed, waking it
// does nothing. The coroutine goes on at the end of the turn's ready work, never inside wake(), so
// that whoever wakes it is not interrupted between a check and a change.
class Wakeup {
 public:
  explicit Wakeup(Turn& turn) : turn_(turn), state_(std::make_shared<State>()) {}
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  void wake() {
    if (state_->woken) return;
    state_->woken = true;
    turn_.defer([waiting = std::weak_ptr<State>(state_)] {
      const auto state = waiting.lock();
      if (!state) return;
      state->due = true;
      if (state->coroutine) std::exchange(state->coroutine, {}).resume();
    });
  }

  auto operator co_await() {
    struct Awaiter {
      State& state;
      bool await_ready() const noexcept { return state.due; }
      void await_suspend(std::coroutine_handle<> coroutine) const noexcept {
        state.coroutine = coroutine;
      }
      void await_resume() const noexcept {}
    };
    return Awaiter{*state_};
  }

 private:
  struct State {
    std::coroutine_handle<> coroutine;
    bool woken = false;
    bool due = false;  // whoever awaits from now on need not wait
  };
  Turn& turn_;
  std::shared_ptr<State> state_;
};

}  // namespace votemu::core
