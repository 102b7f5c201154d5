#include "net/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

#include "net/limits.h"

namespace votemu::net {

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return limits::other_descriptors;
  const rlim_t wanted = limits::max_connections + limits::other_descriptors;
  if (limit.rlim_cur < wanted) {
    rlimit raised = limit;
    raised.rlim_cur = std::min(wanted, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return static_cast<std::size_t>(std::min(limit.rlim_cur, wanted));
}

std::size_t connections_within(std::size_t descriptors) {
  const std::size_t others = std::min(limits::other_descriptors, descriptors / 2);
  return std::min(limits::max_connections, descriptors - others);
}

}  // namespace votemu::net
