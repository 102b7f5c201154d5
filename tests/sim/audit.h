// What is stored, read past the API and held against itself.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "app/cloud.h"
#include "tests/sim/events.h"
#include "tests/sim/vote_ledger.h"

namespace votemu::sim {

struct Stored {
  StoredByCandidate votes;
  std::map<std::string, std::uint64_t> totals;
  std::set<std::string> jobs;  // bodies of the messages in the queue "jobs"
  Events::Stored events;
  std::size_t waiting_votes = 0;
  std::size_t dead_votes = 0;
  std::string checkpoint;   // of the stream's mapping; "" when there is none
  std::string last_record;  // its sequence number
};

// Between turns. Throws Violation when the parts do not agree: a queue's counts and its rows, a
// table's totals and its stream, which has each total once and in order, the checkpoint and the
// stream.
Stored read_stored(app::Cloud& cloud);

}  // namespace votemu::sim
