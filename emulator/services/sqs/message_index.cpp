#include "services/sqs/message_index.h"

#include <algorithm>
#include <functional>

namespace votemu::sqs {
namespace {

// Below this many, places that messages have left are not worth clearing out.
constexpr std::size_t tolerated_left = 1'024;

}  // namespace

const MessageIndex::Entry* MessageIndex::find(std::uint64_t sequence) const {
  const auto found = entries_.find(sequence);
  return found == entries_.end() ? nullptr : &found->second;
}

void MessageIndex::add(std::uint64_t sequence, const Entry& entry) {
  entries_.emplace(sequence, entry);
  ++count_of(entry.standing);
  enter_order(sequence, entry);
  push(by_age_, {entry.sent_ms, sequence}, &MessageIndex::is_there);
}

void MessageIndex::move(std::uint64_t sequence, Standing standing, std::int64_t visible_at_ms) {
  const auto found = entries_.find(sequence);
  if (found == entries_.end()) return;
  Entry& entry = found->second;
  --count_of(entry.standing);
  ++count_of(standing);
  entry.standing = standing;
  entry.visible_at_ms = visible_at_ms;
  enter_order(sequence, entry);
}

void MessageIndex::remove(std::uint64_t sequence) {
  const auto found = entries_.find(sequence);
  if (found == entries_.end()) return;
  --count_of(found->second.standing);
  entries_.erase(found);
  if (!entries_.empty()) return;
  for (Order* order : {&visible_, &hidden_, &by_age_}) order->clear();
}

void MessageIndex::clear() {
  *this = MessageIndex();
}

std::size_t MessageIndex::count_from(std::uint64_t sequence) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      entries_, [sequence](const auto& entry) { return entry.first >= sequence; }));
}

std::optional<Place> MessageIndex::first_visible() {
  return first(visible_, &MessageIndex::is_visible);
}

std::optional<Place> MessageIndex::next_to_appear() {
  return first(hidden_, &MessageIndex::is_hidden);
}

std::optional<Place> MessageIndex::oldest() {
  return first(by_age_, &MessageIndex::is_there);
}

void MessageIndex::enter_order(std::uint64_t sequence, const Entry& entry) {
  const Place place{entry.visible_at_ms, sequence};
  if (entry.standing == Standing::visible) {
    push(visible_, place, &MessageIndex::is_visible);
  } else {
    push(hidden_, place, &MessageIndex::is_hidden);
  }
}

void MessageIndex::push(Order& order, const Place& place, IsTrue is_true) {
  if (order.size() > 2 * entries_.size() + tolerated_left) {
    std::erase_if(order, [&](const Place& left) { return !(this->*is_true)(left); });
    std::ranges::make_heap(order, std::greater<>());
  }
  order.push_back(place);
  std::ranges::push_heap(order, std::greater<>());
}

std::optional<Place> MessageIndex::first(Order& order, IsTrue is_true) const {
  while (!order.empty() && !(this->*is_true)(order.front())) {
    std::ranges::pop_heap(order, std::greater<>());
    order.pop_back();
  }
  if (order.empty()) return std::nullopt;
  return order.front();
}

bool MessageIndex::is_visible(const Place& place) const {
  const Entry* entry = find(place.sequence);
  return entry && entry->standing == Standing::visible && entry->visible_at_ms == place.time_ms;
}

bool MessageIndex::is_hidden(const Place& place) const {
  const Entry* entry = find(place.sequence);
  return entry && entry->standing != Standing::visible && entry->visible_at_ms == place.time_ms;
}

}  // namespace votemu::sqs
