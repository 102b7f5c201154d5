#include "core/turn.h"

namespace votemu::core {

bool Turn::finish() {
  for (std::size_t ran = 0; !deferred_.empty() && ran < max_deferred; ++ran) {
    const auto work = std::move(deferred_.front());
    deferred_.pop_front();
    work();
  }
  store_.commit();
  std::vector<std::function<void()>> outputs;
  outputs.swap(held_);
  for (const auto& output : outputs) output();
  return !idle();
}

}  // namespace votemu::core
