// A turn: take whatever is ready, run it, commit once, then let out what was held.
//
// Nothing leaves the process before the commit that it depends on. Work that belongs at the end of
// the ready work (triggers, waiters) is deferred into the same turn; what does not fit its bound is
// carried into the next.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <vector>

#include "core/store.h"

namespace votemu::core {

class Turn {
 public:
  // How much deferred work one turn runs: bounds its batch and the time until outputs leave.
  static constexpr std::size_t max_deferred = 100;

  explicit Turn(Store& store) : store_(store) {}

  // Runs `work` at the end of this turn's ready work, before the commit. It must not throw.
  void defer(std::function<void()> work) { deferred_.push_back(std::move(work)); }

  // Runs `output` after this turn's commit. It must not throw or touch the store.
  void hold(std::function<void()> output) { held_.push_back(std::move(output)); }

  // Ends the turn. True when there is work for another one, which must not wait for events then:
  // deferred work beyond the bound, or what the outputs themselves caused.
  // Throws StoreError when the commit failed; nothing was let out then.
  bool finish();

  // Nothing is deferred or held: between turns, the process is at rest until an event or a timer.
  bool idle() const { return deferred_.empty() && held_.empty(); }

 private:
  Store& store_;
  std::deque<std::function<void()>> deferred_;
  std::vector<std::function<void()>> held_;
};

}  // namespace votemu::core
