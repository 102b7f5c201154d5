// Groups, their streams and events, and what is dropped when there are too many.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"

namespace votemu::logs {

struct Stream {
  std::string name;
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> first_event_ms;
  std::optional<std::int64_t> last_event_ms;
  std::optional<std::int64_t> last_ingestion_ms;
};

// Where an event stands among all events of its group.
struct Position {
  std::int64_t timestamp = 0;
  std::uint64_t id = 0;
  auto operator<=>(const Position&) const = default;
};

struct Event {
  Position position;
  std::int64_t ingestion_ms = 0;
  const Stream* stream = nullptr;
  std::string message;
};

struct Group {
  std::string name;
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> retention_days;
  std::map<std::string, std::string, std::less<>> tags;
  std::map<std::string, std::unique_ptr<Stream>, std::less<>> streams;
  std::deque<Event> events;  // ascending by position
  std::size_t bytes = 0;
};

class State {
 public:
  using Groups = std::map<std::string, Group, std::less<>>;

  Groups& groups(const core::Scope& scope) { return groups_[scope]; }
  // nullptr when there is none.
  Group* find_group(const core::Scope& scope, std::string_view name);

  // nullptr when a bound forbids one more. The name must be new.
  Group* create_group(const core::Scope& scope, std::string_view name, std::int64_t now_ms);
  Stream* create_stream(Group& group, std::string_view name, std::int64_t now_ms);

  void delete_group(const core::Scope& scope, std::string_view name);
  void delete_stream(Group& group, std::string_view name);

  // Keeps the group's order, cuts what is too long, then drops the oldest events over the bounds.
  void add_event(Group& group, Stream& stream, std::int64_t timestamp, std::int64_t now_ms,
                 std::string_view message);

 private:
  void drop_oldest(Group& group);
  Group& group_with_oldest_event();

  std::map<core::Scope, Groups> groups_;
  std::size_t group_count_ = 0;
  std::size_t total_events_ = 0;
  std::size_t total_bytes_ = 0;
  std::uint64_t last_event_id_ = 0;
};

}  // namespace votemu::logs
