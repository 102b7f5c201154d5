// A function that is invoked with the type Event: each event that was accepted does its work once,
// whenever the process ends. The work is a message to a queue that nobody reads.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "core/random.h"
#include "handlers/abi/handler.h"
#include "tests/sim/coverage.h"
#include "tests/sim/machine.h"

namespace votemu::sim {

class Events {
 public:
  static constexpr const char* queue = "events";
  static constexpr const char* handler_name = "events.handler";

  // What is stored of them, by their payloads.
  struct Stored {
    std::set<std::string> waiting;
    std::set<std::string> done;
  };

  Events(Machine& machine, core::Random& random, Coverage& coverage)
      : machine_(machine), random_(random), coverage_(coverage) {}

  static abi::Task<std::string> handle(std::string_view event, abi::Context& context);

  // After each start.
  void set_up();
  // An event, or an invocation that keeps the function busy for a while: it may run once at a time.
  void act();

  // Throws Violation.
  void check(const Stored& stored) const;
  void check_done(const Stored& stored) const;
  // After power was lost without syncs.
  void expect_anything() { accepted_.clear(); }

 private:
  Machine& machine_;
  core::Random& random_;
  Coverage& coverage_;
  std::uint64_t events_ = 0;
  std::set<std::string> accepted_;
};

}  // namespace votemu::sim
