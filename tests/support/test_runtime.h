// A whole core in memory: virtual clock, seeded randomness, a store that writes nothing.
#pragma once

#include <algorithm>

#include "core/runtime.h"

namespace votemu::test {

// Ends turns until nothing is deferred.
inline void finish_turns(core::Turn& turn) {
  while (turn.finish()) {
  }
}

// Lets time pass in one step, running every timer that falls due and the work that it causes.
inline void advance(core::VirtualClock& clock, core::Timers& timers, core::Turn& turn,
                    std::int64_t duration_ms) {
  const std::int64_t end_ms = clock.steady_ms() + duration_ms;
  finish_turns(turn);
  while (timers.next_due_ms().value_or(end_ms + 1) <= end_ms) {
    clock.advance(std::max<std::int64_t>(*timers.next_due_ms() - clock.steady_ms(), 0));
    timers.run_due();
    finish_turns(turn);
  }
  clock.advance(end_ms - clock.steady_ms());
}

struct TestRuntime {
  core::Store store{{.data_directory = "", .durability = core::Durability::memory}};
  core::Turn turn{store};
  core::VirtualClock clock;
  core::Timers timers{clock};
  core::SeededRandom random{1};
  core::Log log{core::LogLevel::error};
  core::Runtime runtime{store, turn, clock, timers, random, log};

  void finish_turn() { finish_turns(turn); }
  void advance(std::int64_t duration_ms) { test::advance(clock, timers, turn, duration_ms); }
};

}  // namespace votemu::test
