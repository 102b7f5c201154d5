// Drives the turn from an Asio io_context: sockets and the machine's clock become turns here.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <limits>

#include "core/clock.h"
#include "core/timers.h"
#include "core/turn.h"

namespace votemu::core {

class Loop {
 public:
  Loop(boost::asio::io_context& io, Turn& turn, Timers& timers, const Clock& clock);

  // One turn after another until stop(); sleeps while nothing is ready. Throws StoreError when a
  // commit failed.
  void run();

  // Ends run() after the turn that is under way.
  void stop() { stopped_ = true; }

 private:
  void take_ready_work(bool wait);
  void arm_timer();

  boost::asio::io_context& io_;
  Turn& turn_;
  Timers& timers_;
  const Clock& clock_;
  boost::asio::steady_timer alarm_;
  std::int64_t alarm_due_ms_ = std::numeric_limits<std::int64_t>::max();
  bool stopped_ = false;
};

}  // namespace votemu::core
