// What must hold in a fuzz target, whatever the input is.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace votemu::fuzz {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace votemu::fuzz
