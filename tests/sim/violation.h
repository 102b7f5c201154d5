// An invariant does not hold: the history ends here, and its seed is the proof.
#pragma once

#include <stdexcept>

namespace votemu::sim {

class Violation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace votemu::sim
