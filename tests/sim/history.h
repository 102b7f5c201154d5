// One simulated history: what a seed makes clients, operators, clocks, disks and power do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/random.h"
#include "tests/sim/audit.h"
#include "tests/sim/chat.h"
#include "tests/sim/coverage.h"
#include "tests/sim/events.h"
#include "tests/sim/faulty_handlers.h"
#include "tests/sim/jobs.h"
#include "tests/sim/machine.h"
#include "tests/sim/subscriber.h"
#include "tests/sim/together.h"
#include "tests/sim/trace.h"
#include "tests/sim/vote_ledger.h"

namespace votemu::sim {

// The disk of a machine on which the stack was deployed once; `directory` as for Machine.
SimulatedDisk::Image deployed_image(const std::string& directory);

class History {
 public:
  History(std::uint64_t seed, const std::string& directory, const SimulatedDisk::Image& deployed,
          Coverage& coverage, Trace& trace);

  // Throws Violation, and whatever else votemu should not throw.
  void run();

 private:
  // What the seed decides of the history as a whole.
  struct Plan {
    explicit Plan(core::Random& random);
    core::Durability durability;
    bool loses_power;
    bool loses_unsynced;  // and votes with it
    Faults faults;
    bool starts_empty;
    std::uint64_t steps;
    std::uint64_t calm;  // the higher, the fewer crashes
  };

  bool one_in(std::uint64_t count) { return random_.below(count) == 0; }

  void step();
  void act();
  void vote();
  void attempt(const std::string& candidate, int retries);
  void read_totals();
  void act_as_subscriber();
  void change_settings();
  void let_time_pass();
  void set_clock();
  void note_time();
  void plan_fault();
  void end_turn();
  void flush();

  // Starts the machine again until it runs, and looks at what it kept.
  void recover();
  void audit();
  void check_deployment();
  void note_fault(Happened death);
  void call_lambda(const std::string& mapping_uuid, const core::Json& change);

  // At the end everything is made good, and must come to rest.
  void settle();
  void count_log_lines();
  std::uint64_t log_lines_with(const std::string& pattern);

  core::SeededRandom random_;
  Plan plan_;
  Coverage& coverage_;
  Trace& trace_;
  Machine machine_;
  VoteLedger votes_;
  Jobs jobs_;
  Events events_;
  Together together_;
  Chat chat_;
  std::vector<Subscriber> subscribers_;
  std::uint64_t candidates_ = 0;
  std::vector<std::pair<std::string, int>> retries_;  // candidates, and the tries that are left
  std::optional<Fault> planned_;
  std::string iot_endpoint_ = "localhost:4566";  // of the stack as it is deployed
  bool faults_on_ = true;
  bool lossy_ = false;  // power was lost without syncs since the last audit
  std::string checkpoint_;
  std::int64_t latest_ms_ = 0;  // the furthest that wall time went
};

}  // namespace votemu::sim
