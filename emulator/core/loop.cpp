#include "core/loop.h"

#include <boost/asio/executor_work_guard.hpp>

#include "core/limits.h"

namespace votemu::core {

Loop::Loop(boost::asio::io_context& io, Turn& turn, Timers& timers, const Clock& clock)
    : io_(io), turn_(turn), timers_(timers), clock_(clock), alarm_(io) {}

void Loop::run() {
  const auto keep_running = boost::asio::make_work_guard(io_);
  bool carried_over = !turn_.idle();
  while (!stopped_) {
    arm_timer();
    take_ready_work(!carried_over);
    timers_.run_due();
    carried_over = turn_.finish();
  }
}

void Loop::take_ready_work(bool wait) {
  std::size_t taken = wait ? io_.run_one() : 0;
  const auto end_ms = clock_.steady_ms() + limits::max_turn_ms;
  while (taken < limits::max_ready_per_turn && clock_.steady_ms() < end_ms && io_.poll_one() > 0) {
    ++taken;
  }
}

// The alarm may ring early, for a timer that has been cancelled; that only costs an empty turn.
void Loop::arm_timer() {
  const auto due_ms = timers_.next_due_ms();
  if (!due_ms || *due_ms >= alarm_due_ms_) return;
  alarm_due_ms_ = *due_ms;
  alarm_.expires_after(std::chrono::milliseconds(*due_ms - clock_.steady_ms()));
  alarm_.async_wait([this](const boost::system::error_code& error) {
    if (!error) alarm_due_ms_ = std::numeric_limits<std::int64_t>::max();
  });
}

}  // namespace votemu::core
