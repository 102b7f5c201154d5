// All timers of the process, on the steady clock. Whoever drives the loop asks when the next one is
// due and runs those that are; under a virtual clock that is the test.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "core/clock.h"

namespace votemu::core {

class Timers;

// Cancels its timer when it is destroyed. An empty Timer is fine.
class [[nodiscard]] Timer {
 public:
  Timer() = default;
  Timer(Timer&& other) noexcept { swap(other); }
  Timer& operator=(Timer&& other) noexcept {
    Timer taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Timer() { cancel(); }

  void cancel();
  bool pending() const;

 private:
  friend class Timers;
  using Key = std::pair<std::int64_t, std::uint64_t>;  // due (steady ms), order of creation
  Timer(std::weak_ptr<Timers*> owner, Key key) : owner_(std::move(owner)), key_(key) {}
  void swap(Timer& other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(key_, other.key_);
  }

  std::weak_ptr<Timers*> owner_;
  Key key_{};
};

class Timers {
 public:
  explicit Timers(const Clock& clock);

  // Calls `expire` once, `delay_ms` from now (negative counts as 0), from run_due().
  Timer after(std::int64_t delay_ms, std::function<void()> expire);

  // Steady time at which the next timer is due.
  std::optional<std::int64_t> next_due_ms() const;

  // Runs what is due now, in order of due time and creation; timers created meanwhile wait for the
  // next call.
  void run_due();

 private:
  friend class Timer;
  const Clock& clock_;
  std::uint64_t created_ = 0;
  std::map<Timer::Key, std::function<void()>> queue_;
  std::shared_ptr<Timers*> self_;
};

}  // namespace votemu::core
