#include "core/clock.h"

#include <chrono>

namespace votemu::core {
namespace {

template <class StdClock>
std::int64_t milliseconds_now() {
  const auto since_epoch = StdClock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

}  // namespace

std::int64_t SystemClock::now_ms() const {
  return milliseconds_now<std::chrono::system_clock>();
}
std::int64_t SystemClock::steady_ms() const {
  return milliseconds_now<std::chrono::steady_clock>();
}

}  // namespace votemu::core
