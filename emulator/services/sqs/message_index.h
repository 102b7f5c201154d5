// Where those of a queue's messages stand that are delayed, in flight or were received before, in
// memory: some 130 bytes a message. Everything in it is also in the messages' state rows. Messages
// that wait for their first receive are not in it, however many there are.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace votemu::sqs {

// What the index knows of a message's id.
inline std::size_t id_hash(std::string_view message_id) {
  return std::hash<std::string_view>()(message_id);
}

enum class Standing : std::uint8_t { visible, delayed, in_flight };

// A message in an order of time; all times are milliseconds since the epoch.
struct Place {
  std::int64_t time_ms = 0;
  std::uint64_t sequence = 0;
  std::strong_ordering operator<=>(const Place&) const = default;
};

class MessageIndex {
 public:
  struct Entry {
    std::int64_t visible_at_ms = 0;  // since when, or from when, the message is visible
    std::int64_t sent_ms = 0;
    std::size_t id_hash = 0;
    Standing standing = Standing::visible;
  };

  const Entry* find(std::uint64_t sequence) const;  // nullptr when it is not in the index
  void add(std::uint64_t sequence, const Entry& entry);
  void move(std::uint64_t sequence, Standing standing, std::int64_t visible_at_ms);
  void remove(std::uint64_t sequence);
  void clear();

  std::size_t count(Standing standing) const { return counts_[static_cast<std::size_t>(standing)]; }
  // Of those with this sequence number or a higher one.
  std::size_t count_from(std::uint64_t sequence) const;

  // What has been visible longest, since when; what becomes visible next, when; what was sent
  // first, when.
  std::optional<Place> first_visible();
  std::optional<Place> next_to_appear();
  std::optional<Place> oldest();

 private:
  // A heap, earliest first. Places that messages have left stay in it until they come to its front
  // or are as many as the others.
  using Order = std::vector<Place>;
  using IsTrue = bool (MessageIndex::*)(const Place&) const;

  std::size_t& count_of(Standing standing) { return counts_[static_cast<std::size_t>(standing)]; }
  void enter_order(std::uint64_t sequence, const Entry& entry);
  void push(Order& order, const Place& place, IsTrue is_true);
  std::optional<Place> first(Order& order, IsTrue is_true) const;
  bool is_visible(const Place& place) const;
  bool is_hidden(const Place& place) const;
  bool is_there(const Place& place) const { return find(place.sequence) != nullptr; }

  std::unordered_map<std::uint64_t, Entry> entries_;
  std::array<std::size_t, 3> counts_{};
  Order visible_;  // by the time since when
  Order hidden_;   // by the time until when
  Order by_age_;   // by the time sent
};

}  // namespace votemu::sqs
