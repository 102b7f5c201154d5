// Time as an input: nothing else in the project asks the machine what time it is.
#pragma once

#include <cstdint>

namespace votemu::core {

class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since the Unix epoch; may jump when the machine's clock is set.
  virtual std::int64_t now_ms() const = 0;
  // Milliseconds since some start; never goes back. For durations and timers.
  virtual std::int64_t steady_ms() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::int64_t now_ms() const override;
  std::int64_t steady_ms() const override;
};

// Stands still until it is told otherwise. Timers do not run by themselves: see Timers::run_due.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(std::int64_t now_ms = 1'750'000'000'000) : now_ms_(now_ms) {}
  std::int64_t now_ms() const override { return now_ms_; }
  std::int64_t steady_ms() const override { return steady_ms_; }

  void advance(std::int64_t duration_ms) {
    now_ms_ += duration_ms;
    steady_ms_ += duration_ms;
  }
  // As when someone sets the machine's clock: steady time does not move.
  void jump(std::int64_t offset_ms) { now_ms_ += offset_ms; }

 private:
  std::int64_t now_ms_;
  std::int64_t steady_ms_ = 0;
};

}  // namespace votemu::core
