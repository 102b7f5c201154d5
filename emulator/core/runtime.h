// What every room is given instead of globals: the turn and its store, time, chance and the log.
#pragma once

#include "core/clock.h"
#include "core/log.h"
#include "core/random.h"
#include "core/store.h"
#include "core/timers.h"
#include "core/turn.h"

namespace votemu::core {

struct Runtime {
  Store& store;
  Turn& turn;
  Clock& clock;
  Timers& timers;
  Random& random;
  Log& log;
};

}  // namespace votemu::core
