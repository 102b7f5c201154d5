// What one turn changes in several services is there altogether or not at all, and in order.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/random.h"
#include "tests/sim/coverage.h"
#include "tests/sim/machine.h"

namespace votemu::sim {

// Writes ever higher numbers to an item, an object, a queue's tag, a retained message and a
// function's description, some of them at a time, beside writes that are refused. Throws Violation.
class Together {
 public:
  Together(Machine& machine, core::Random& random, Coverage& coverage)
      : machine_(machine), random_(random), coverage_(coverage) {}

  // After each start, when the queue of Jobs is there.
  void set_up();
  // All in this turn.
  void write();
  // Reads what is there; between turns. `lost`: the newest turns may be gone, answered or not.
  void check(bool lost);

 private:
  enum Place { item, object, tag, retained, description, places };
  using Values = std::array<std::uint64_t, places>;
  struct Write {
    std::uint64_t number = 0;
    std::array<bool, places> to{};
    void apply(Values& values) const;
  };

  void write_to(Place place, std::uint64_t number);
  void write_what_is_refused();
  std::optional<std::uint64_t> read(Place place);
  std::uint64_t number_in(Place place, const std::string& body) const;

  Machine& machine_;
  core::Random& random_;
  Coverage& coverage_;
  std::uint64_t last_number_ = 0;
  std::vector<Write> writes_;  // those that are there, and those that may be
  std::size_t least_ = 0;      // so many of them must be there
};

}  // namespace votemu::sim
