// Groups, their streams and events, and what is dropped when there are too many.
//
// Memory is what is read; the store follows it. What operations change is written at once. What is
// logged is written at the end of the turn, all lines of a group in one row.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/ids.h"
#include "core/runtime.h"
#include "services/logs/rows.h"

namespace votemu::logs {

struct Stream {
  std::string name;
  std::uint64_t id = 0;  // of all streams ever: another one of the same name has another
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> first_event_ms;
  std::optional<std::int64_t> last_event_ms;
  std::optional<std::int64_t> last_ingestion_ms;
  bool unwritten = false;

  void note(std::int64_t timestamp, std::int64_t ingestion_ms);  // an event of its
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
  std::uint64_t row = 0;
  std::string message;
};

// What is to be written of a group at the end of the turn.
struct Unwritten {
  std::uint64_t row = 0;
  std::string events;
  bool group = false;
  bool streams = false;
};

struct Group {
  core::Scope scope;
  std::string name;
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> retention_days;
  std::map<std::string, std::string, std::less<>> tags;
  std::map<std::string, std::unique_ptr<Stream>, std::less<>> streams;
  std::deque<Event> events;  // ascending by position
  std::size_t bytes = 0;
  std::map<std::uint64_t, std::size_t> rows;  // how many kept events each has
  Unwritten unwritten;
};

class State {
 public:
  using Groups = std::map<std::string, Group, std::less<>>;

  // Takes up what the store holds.
  explicit State(core::Runtime& runtime);

  Groups& groups(const core::Scope& scope) { return groups_[scope]; }
  // nullptr when there is none.
  Group* find_group(const core::Scope& scope, std::string_view name);

  // nullptr when a bound forbids one more. The name must be new. Neither is written yet.
  Group* create_group(const core::Scope& scope, std::string_view name, std::int64_t now_ms);
  Stream* create_stream(Group& group, std::string_view name, std::int64_t now_ms);

  // What a line is logged to, made when it is missing; nullptr when there are too many groups. The
  // oldest of too many streams makes room.
  std::pair<Group*, Stream*> place(const core::Scope& scope, std::string_view group,
                                   std::string_view stream, std::int64_t now_ms);

  void delete_group(const core::Scope& scope, std::string_view name);
  void delete_stream(Group& group, std::string_view name);

  // Keeps the group's order, cuts what is too long, then drops the oldest events over the bounds
  // and those that the group's retention has outlived.
  void add_event(Group& group, Stream& stream, std::int64_t timestamp, std::int64_t now_ms,
                 std::string_view message);

  // Writes the group's own row, and what else of it is not written.
  void write(Group& group);

 private:
  void load();
  void load_events(Group& group);
  void insert(Group& group, Event event);
  void drop_over_bounds(Group& group);
  void drop_expired(Group& group);
  void drop_oldest(Group& group);
  void forget_row_of(Group& group, const Event& event);
  void delete_oldest_stream(Group& group);
  Group& group_with_oldest_event();
  void write_later(Group& group);
  void write_rest(Group& group);  // what is unwritten of it
  void write_streams(Group& group);
  void write_events(Group& group);
  void write_all();

  core::Runtime& runtime_;
  Rows rows_;
  std::map<core::Scope, Groups> groups_;
  std::size_t group_count_ = 0;
  std::size_t total_events_ = 0;
  std::size_t total_bytes_ = 0;
  std::uint64_t last_id_ = 0;  // of events and streams
  std::set<std::pair<core::Scope, std::string>> to_write_;
  std::shared_ptr<State*> self_;  // deferred writes ask it whether the state still lives
};

}  // namespace votemu::logs
