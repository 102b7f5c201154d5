// A machine whose clock is set: the wall clock is off by as many seconds as the file that
// VOTEMU_SET_CLOCK names holds, a signed integer of 64 bits that a test writes while votemu runs.
// The steady clock is as it was.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

using ClockGettime = int (*)(clockid_t, timespec*);

const volatile std::int64_t* map_offset() {
  const char* path = std::getenv("VOTEMU_SET_CLOCK");
  const int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return nullptr;
  void* mapped = mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  return mapped == MAP_FAILED ? nullptr : static_cast<const std::int64_t*>(mapped);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static const auto real = reinterpret_cast<ClockGettime>(dlsym(RTLD_NEXT, "clock_gettime"));
  static const volatile std::int64_t* offset_s = map_offset();
  const int result = real(clock, time);
  if (clock == CLOCK_REALTIME && result == 0 && offset_s != nullptr) time->tv_sec += *offset_s;
  return result;
}
