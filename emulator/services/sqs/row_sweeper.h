// Erases the rows of messages that are no longer anyone's, a few each turn: purging or deleting a
// queue with a million messages must not hold up everyone else.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <string>

#include "core/runtime.h"

namespace votemu::sqs {

class RowSweeper {
 public:
  explicit RowSweeper(core::Runtime& runtime) : runtime_(runtime) {}

  // All messages of a queue with lower sequence numbers, and their states.
  void sweep(std::uint64_t queue_number,
             std::uint64_t below = std::numeric_limits<std::uint64_t>::max());

 private:
  struct Range {
    std::string prefix;
    std::string from;  // what is before has been swept: erased rows are slow to walk over
    std::string end;
  };

  void run();

  core::Runtime& runtime_;
  std::deque<Range> ranges_;
  core::Timer next_run_;
};

}  // namespace votemu::sqs
