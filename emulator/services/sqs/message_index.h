// Where a queue's messages stand, in memory: which are visible, delayed or in flight, in the order
// in which that changes, and when each expires. About 90 bytes a message; everything in it is also
// in the messages' rows.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace votemu::sqs {

enum class Standing : std::uint8_t { visible, delayed, in_flight };

struct Place {
  std::int64_t visible_at_ms = 0;  // since when, or from when, the message is visible
  std::uint64_t sequence = 0;
  std::int64_t sent_ms = 0;

  // Receivers get what has been visible longest.
  std::strong_ordering operator<=>(const Place& other) const {
    if (const auto order = visible_at_ms <=> other.visible_at_ms; order != 0) return order;
    return sequence <=> other.sequence;
  }
  bool operator==(const Place& other) const { return (*this <=> other) == 0; }
};

class MessageIndex {
 public:
  void add(Standing standing, const Place& place);
  // Once a message leaves or moves: where it stands is found by its place. False when it is
  // unknown.
  bool remove(const Place& place);
  bool move(const Place& from, Standing standing, std::int64_t visible_at_ms);
  void clear();

  std::size_t count(Standing standing) const { return set(standing).size(); }
  std::size_t total() const;

  std::optional<Place> first_visible() const { return first(Standing::visible); }
  // The next message whose delay or visibility timeout ends.
  std::optional<Place> next_to_appear() const;

  // The message that was sent first, as a bound: it may have been removed already.
  std::optional<std::int64_t> oldest_sent_ms() const;
  // Takes that message off the order of expiry; it stays in the index if it is still there.
  std::uint64_t pop_oldest();

 private:
  using Places = std::set<Place>;
  struct Sent {
    std::int64_t sent_ms;
    std::uint64_t sequence;
    bool operator>(const Sent& other) const {
      return sent_ms != other.sent_ms ? sent_ms > other.sent_ms : sequence > other.sequence;
    }
  };

  const Places& set(Standing standing) const { return sets_[static_cast<std::size_t>(standing)]; }
  Places& set(Standing standing) { return sets_[static_cast<std::size_t>(standing)]; }
  std::optional<Place> first(Standing standing) const;
  void forget_removed();

  std::array<Places, 3> sets_;
  // A heap, oldest first. Removed messages stay in it until they are as many as the others.
  std::vector<Sent> by_age_;
};

}  // namespace votemu::sqs
