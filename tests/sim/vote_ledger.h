// What the clients were told of their votes, and what may therefore be stored.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "tests/sim/coverage.h"

namespace votemu::sim {

// A candidate's votes where they are stored.
struct StoredVotes {
  std::uint64_t counted = 0;  // the table's total
  std::uint64_t waiting = 0;  // in the queue
  std::uint64_t dead = 0;     // in the dead-letter queue
  std::uint64_t all() const { return counted + waiting + dead; }
};
using StoredByCandidate = std::map<std::string, StoredVotes>;

// All members throw Violation.
class VoteLedger {
 public:
  // An attempt to vote ends in one of these.
  void begin(const std::string& candidate);
  void acknowledge(const std::string& candidate);
  void refuse(const std::string& candidate);  // it was said that nothing was done
  void lose(const std::string& candidate);    // nobody knows

  // A total left the process: it is not more than there can be, and what was told cannot be lost.
  void tell(const std::string& candidate, std::uint64_t total);
  // A reader was told all totals. Readers never see one go back.
  void read(const std::map<std::string, std::uint64_t>& totals);

  // Every acknowledged vote is stored once, every other at most once, no told total was lost.
  void check(const StoredByCandidate& stored);
  // The same after power was lost without syncs: any number of the newest votes may be gone.
  void check_after_loss(const StoredByCandidate& stored);

 private:
  struct Tally {
    std::uint64_t least = 0;  // votes that are stored for certain
    std::uint64_t most = 0;
    std::uint64_t pending = 0;  // attempts that are not over
    std::uint64_t told = 0;     // the highest total that left
    std::uint64_t read = 0;     // the highest that a reader saw
  };
  std::map<std::string, Tally> tallies_;
};

}  // namespace votemu::sim
