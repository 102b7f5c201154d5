// What ends by itself: delays, visibility timeouts and retention.
#include <algorithm>

#include "services/sqs/limits.h"
#include "services/sqs/queue.h"

namespace votemu::sqs {

void Queue::run_due() {
  const std::size_t expired = expire_due(limits::max_due_per_turn);
  const std::size_t revealed = reveal_due(limits::max_due_per_turn - expired);
  arm();
  if (revealed > 0) tell_visible();
}

std::size_t Queue::reveal_due(std::size_t most) {
  const std::int64_t now = runtime_.clock.now_ms();
  std::size_t revealed = 0;
  for (; revealed < most; ++revealed) {
    const auto place = index_.next_to_appear();
    if (!place || place->time_ms > now) break;
    index_.move(place->sequence, Standing::visible, place->time_ms);
  }
  return revealed;
}

std::size_t Queue::expire_due(std::size_t most) {
  const std::int64_t sent_before = runtime_.clock.now_ms() - settings_.retention_ms;
  std::size_t expired = 0;
  for (; expired < most; ++expired) {
    const auto oldest = index_.oldest();
    if (oldest && oldest->time_ms <= sent_before) {
      drop(oldest->sequence);
    } else if (!expire_waiting(sent_before)) {
      break;
    }
  }
  return expired;
}

bool Queue::expire_waiting(std::int64_t sent_before_ms) {
  if (waiting_ == 0 || waiting_since_ms_ > sent_before_ms) return false;
  const auto row = waiting_row();
  if (!row) return false;
  waiting_since_ms_ = decode_sent_ms(*row);
  if (waiting_since_ms_ > sent_before_ms) return false;
  drop(first_waiting_);
  return true;
}

std::optional<std::int64_t> Queue::next_due_ms() {
  std::optional<std::int64_t> due;
  const auto consider = [&due](std::int64_t time_ms) {
    due = due ? std::min(*due, time_ms) : time_ms;
  };
  if (const auto next = index_.next_to_appear()) consider(next->time_ms);
  if (const auto oldest = index_.oldest()) consider(oldest->time_ms + settings_.retention_ms);
  if (waiting_ > 0) consider(waiting_since_ms_ + settings_.retention_ms);
  return due;
}

// A timer that is armed for an earlier moment stays: arming it anew with every receive and delete
// would cost more than its one empty run.
void Queue::arm() {
  const auto due = next_due_ms();
  if (!due) return timer_.cancel();
  if (timer_.pending() && armed_for_ms_ <= *due) return;
  armed_for_ms_ = *due;
  timer_ = runtime_.timers.after(*due - runtime_.clock.now_ms(), [this] { run_due(); });
}

}  // namespace votemu::sqs
