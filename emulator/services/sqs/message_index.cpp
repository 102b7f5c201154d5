#include "services/sqs/message_index.h"

#include <algorithm>
#include <functional>

namespace votemu::sqs {
namespace {

// Below this many, removed messages in the order of expiry are not worth clearing out.
constexpr std::size_t tolerated_removed = 1'024;

}  // namespace

void MessageIndex::add(Standing standing, const Place& place) {
  set(standing).insert(place);
  by_age_.push_back({place.sent_ms, place.sequence});
  std::push_heap(by_age_.begin(), by_age_.end(), std::greater<>());
  if (by_age_.size() > 2 * total() + tolerated_removed) forget_removed();
}

bool MessageIndex::remove(const Place& place) {
  for (const auto standing : {Standing::in_flight, Standing::visible, Standing::delayed}) {
    if (set(standing).erase(place) == 0) continue;
    if (total() == 0) by_age_.clear();
    return true;
  }
  return false;
}

bool MessageIndex::move(const Place& from, Standing standing, std::int64_t visible_at_ms) {
  for (auto& places : sets_) {
    auto node = places.extract(from);
    if (node.empty()) continue;
    node.value().visible_at_ms = visible_at_ms;
    set(standing).insert(std::move(node));
    return true;
  }
  return false;
}

void MessageIndex::clear() {
  for (auto& places : sets_) places.clear();
  by_age_.clear();
  by_age_.shrink_to_fit();
}

std::size_t MessageIndex::total() const {
  return sets_[0].size() + sets_[1].size() + sets_[2].size();
}

std::optional<Place> MessageIndex::first(Standing standing) const {
  const auto& places = set(standing);
  if (places.empty()) return std::nullopt;
  return *places.begin();
}

std::optional<Place> MessageIndex::next_to_appear() const {
  const auto delayed = first(Standing::delayed);
  const auto in_flight = first(Standing::in_flight);
  if (!delayed) return in_flight;
  if (!in_flight) return delayed;
  return std::min(*delayed, *in_flight);
}

std::optional<std::int64_t> MessageIndex::oldest_sent_ms() const {
  if (by_age_.empty()) return std::nullopt;
  return by_age_.front().sent_ms;
}

std::uint64_t MessageIndex::pop_oldest() {
  std::pop_heap(by_age_.begin(), by_age_.end(), std::greater<>());
  const auto sequence = by_age_.back().sequence;
  by_age_.pop_back();
  return sequence;
}

void MessageIndex::forget_removed() {
  by_age_.clear();
  for (const auto& places : sets_) {
    for (const auto& place : places) by_age_.push_back({place.sent_ms, place.sequence});
  }
  std::make_heap(by_age_.begin(), by_age_.end(), std::greater<>());
}

}  // namespace votemu::sqs
