// A queue with its users: what they were told of its messages, and what they must not see then.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>

#include "core/json.h"
#include "core/random.h"
#include "tests/sim/coverage.h"
#include "tests/sim/machine.h"

namespace votemu::sim {

// Messages are not received before their delay or visibility timeout is over, not after their
// deletion was confirmed, and none whose sending was confirmed is lost. Times are wall time, as the
// server's are: what has become visible stays so when the clock is set back. Throws Violation.
class Jobs {
 public:
  static constexpr const char* queue = "jobs";

  Jobs(Machine& machine, core::Random& random, Coverage& coverage)
      : machine_(machine), random_(random), coverage_(coverage) {}

  // After each start.
  void create_queue();
  // One request of a random kind.
  void act();

  // The clock has moved.
  void note_time();
  // The bodies of the messages that are stored.
  void check(const std::set<std::string>& stored) const;
  // After power was lost without syncs anything may come again, or be gone, and what was received
  // may never have been.
  void expect_anything();
  // Receives all that is left; at the end, when every timeout is over.
  void drain();
  void check_drained() const;

 private:
  enum class Known { no, perhaps, yes };
  struct Job {
    std::string body;
    Known sent = Known::perhaps;
    Known deleted = Known::no;
    std::int64_t not_before_ms = 0;
    std::int64_t latest_ms = 0;  // the furthest that wall time went since not_before_ms was set
    std::string receipt_handle = {};
    std::int64_t receives = 0;
    bool drained = false;
  };

  void call(const char* operation, core::Json members,
            std::function<void(const core::Json*)> on_answer);
  void send();
  void receive(std::int64_t wait_s, std::optional<std::int64_t> visibility_s);
  void take(const core::Json& message, std::int64_t visibility_s);
  void remove(Job& job);
  void change_visibility(Job& job);
  void change_default_visibility();
  void hide(Job& job, std::int64_t seconds) const;
  Job* received();

  Machine& machine_;
  core::Random& random_;
  Coverage& coverage_;
  std::deque<Job> jobs_;
  std::set<std::int64_t> default_visibility_s_{30};  // what the queue's may be
  bool draining_ = false;
};

}  // namespace votemu::sim
