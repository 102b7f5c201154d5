// Groups, their streams and events, and what is dropped when there are too many.
//
// Of events memory knows where they are, the store has what they say. What operations change is
// written at once. What is logged is written at the end of the turn, all lines of a group in one
// row.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// An event that is read, good as long as its visit.
struct Event {
  Position position;
  std::int64_t ingestion_ms = 0;
  const Stream* stream = nullptr;
  std::string_view message;
};

// Events that are, or will be, one row of the store.
struct Row {
  std::uint64_t id = 0;
  Position first = {};
  Position last = {};
  std::size_t events = 0;
  std::size_t bytes = 0;

  void note(const WrittenEvent& event);
};

// What is to be written of a group at the end of the turn.
struct Unwritten {
  Row row;
  std::string events;
  bool group = false;
  bool streams = false;
  bool later = false;  // it is among those that the end of the turn writes
};

struct Group {
  core::Scope scope;
  std::string name;
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> retention_days;
  std::map<std::string, std::string, std::less<>> tags;
  std::map<std::string, std::unique_ptr<Stream>, std::less<>> streams;
  std::map<std::uint64_t, Stream*> streams_by_id;
  std::deque<Row> rows;    // written, ascending by their first event
  std::size_t events = 0;  // in all, the unwritten ones too
  std::size_t bytes = 0;
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

  // Cuts what is too long. The oldest rows over the bounds go, and those that the group's retention
  // has outlived.
  void add_event(Group& group, Stream& stream, std::int64_t timestamp, std::int64_t now_ms,
                 std::string_view message);

  // In order of position or against it, from what lies behind `from` on, until a visit says false.
  enum class Order { ascending, descending };
  void read(Group& group, Position from, Order order,
            const std::function<bool(const Event&)>& visit);

  // Writes the group's own row, and what else of it is not written.
  void write(Group& group);

 private:
  void load();
  void load_events(Group& group);
  void add_stream(Group& group, std::unique_ptr<Stream> stream);
  void add_row(Group& group, const Row& row);
  void count(Group& group, const Row& row);
  void discount(Group& group, const Row& row);
  void drop_over_bounds(Group& group);
  void drop_expired(Group& group);
  void drop_oldest(Group& group);
  void drop_events_of(Group& group, const Stream& stream);
  void delete_oldest_stream(Group& group);
  Group* group_with_oldest_event();
  std::int64_t oldest_kept_ms(const Group& group) const;
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
  std::vector<Group*> to_write_;
  std::shared_ptr<State*> self_;  // deferred writes ask it whether the state still lives
};

}  // namespace votemu::logs
