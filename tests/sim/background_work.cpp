#include "tests/sim/background_work.h"

#include <rocksdb/env.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <future>

// RocksDB's threads rest a second after an error. Here they need not: nobody else uses the disk.
extern "C" int usleep(useconds_t microseconds) {
  constexpr useconds_t most = 200;
  const timespec duration{0, static_cast<long>(std::min(microseconds, most)) * 1'000};
  return nanosleep(&duration, nullptr);
}

namespace votemu::sim {
namespace {

// What is scheduled is done in order.
void wait_for_background_thread() {
  std::promise<void> done;
  rocksdb::Env::Default()->Schedule(
      [](void* promise) { static_cast<std::promise<void>*>(promise)->set_value(); }, &done);
  done.get_future().wait();
}

}  // namespace

// Without threads of high priority, flushes are done by those of low priority.
void use_one_background_thread() {
  rocksdb::Env::Default()->SetBackgroundThreads(0, rocksdb::Env::HIGH);
  rocksdb::Env::Default()->SetBackgroundThreads(1, rocksdb::Env::LOW);
}

// Work that ends may schedule more.
void finish_background_work(const SimulatedDisk& disk) {
  auto before = disk.changes();
  for (int quiet_rounds = 0; quiet_rounds < 2 && !disk.fault_happened();) {
    wait_for_background_thread();
    const auto now = disk.changes();
    quiet_rounds = now == before ? quiet_rounds + 1 : 0;
    before = now;
  }
}

}  // namespace votemu::sim
