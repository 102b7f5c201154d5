#include "tests/sim/vote_ledger.h"

#include <algorithm>

#include "tests/sim/violation.h"

namespace votemu::sim {
namespace {

void require(bool holds, const std::string& what, const std::string& candidate, std::uint64_t there,
             std::uint64_t expected) {
  if (holds) return;
  throw Violation(what + ": candidate " + candidate + " has " + std::to_string(there) + ", not " +
                  std::to_string(expected));
}

}  // namespace

void VoteLedger::begin(const std::string& candidate) {
  ++tallies_[candidate].pending;
}

void VoteLedger::acknowledge(const std::string& candidate) {
  auto& tally = tallies_[candidate];
  --tally.pending;
  ++tally.least;
  ++tally.most;
}

void VoteLedger::refuse(const std::string& candidate) {
  --tallies_[candidate].pending;
}

void VoteLedger::lose(const std::string& candidate) {
  auto& tally = tallies_[candidate];
  --tally.pending;
  ++tally.most;
}

void VoteLedger::tell(const std::string& candidate, std::uint64_t total) {
  auto& tally = tallies_[candidate];
  const auto most = tally.most + tally.pending;
  require(total <= most, "a total is more than the votes", candidate, total, most);
  tally.told = std::max(tally.told, total);
}

void VoteLedger::read(const std::map<std::string, std::uint64_t>& totals) {
  for (const auto& [candidate, total] : totals) tell(candidate, total);
  for (auto& [candidate, tally] : tallies_) {
    const auto found = totals.find(candidate);
    const auto total = found == totals.end() ? 0 : found->second;
    require(total >= tally.read, "a total that was read went back", candidate, total, tally.read);
    tally.read = total;
  }
}

void VoteLedger::check(const StoredByCandidate& stored) {
  for (const auto& [candidate, votes] : stored) tallies_[candidate];
  for (auto& [candidate, tally] : tallies_) {
    const auto found = stored.find(candidate);
    const auto votes = found == stored.end() ? StoredVotes{} : found->second;
    const auto most = tally.most + tally.pending;
    require(votes.all() >= tally.least, "votes were lost", candidate, votes.all(), tally.least);
    require(votes.all() <= most, "votes were doubled", candidate, votes.all(), most);
    require(votes.counted >= tally.told, "a told total was lost", candidate, votes.counted,
            tally.told);
    if (tally.pending == 0) tally.least = tally.most = votes.all();
  }
}

void VoteLedger::check_after_loss(const StoredByCandidate& stored) {
  for (auto& [candidate, tally] : tallies_) {
    const auto found = stored.find(candidate);
    tally.least = 0;
    tally.told = tally.read = found == stored.end() ? 0 : found->second.counted;
  }
  check(stored);
}

}  // namespace votemu::sim
