#include "core/timers.h"

#include <algorithm>

namespace votemu::core {

// What the callback owned may own this Timer: it is not touched once the callback is destroyed.
void Timer::cancel() {
  const auto owner = std::exchange(owner_, {}).lock();
  if (!owner) return;
  const auto cancelled = (*owner)->queue_.extract(key_);
}

bool Timer::pending() const {
  const auto owner = owner_.lock();
  return owner && (*owner)->queue_.contains(key_);
}

Timers::Timers(const Clock& clock) : clock_(clock), self_(std::make_shared<Timers*>(this)) {}

Timer Timers::after(std::int64_t delay_ms, std::function<void()> expire) {
  const Timer::Key key{clock_.steady_ms() + std::max<std::int64_t>(delay_ms, 0), ++created_};
  queue_.emplace(key, std::move(expire));
  return Timer(self_, key);
}

std::optional<std::int64_t> Timers::next_due_ms() const {
  if (queue_.empty()) return std::nullopt;
  return queue_.begin()->first.first;
}

void Timers::run_due() {
  const std::int64_t now = clock_.steady_ms();
  const std::uint64_t last_created = created_;
  auto next = queue_.begin();
  while (next != queue_.end() && next->first.first <= now) {
    if (next->first.second > last_created) {
      ++next;
      continue;
    }
    const Timer::Key key = next->first;
    const auto expire = std::move(next->second);
    queue_.erase(next);
    expire();
    next = queue_.lower_bound(key);  // expire() may have cancelled or created any timer
  }
}

}  // namespace votemu::core
