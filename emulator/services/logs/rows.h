// Groups, streams and events as rows of the store.
//
// Events are written many to a row: what a turn logged to a group.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/store.h"

namespace votemu::logs {

struct Group;
struct Stream;

// Where an event stands among all events of its group.
struct Position {
  std::int64_t timestamp = 0;
  std::uint64_t id = 0;
  auto operator<=>(const Position&) const = default;
};

// An event as its row has it.
struct WrittenEvent {
  std::uint64_t stream = 0;
  Position position;
  std::int64_t ingestion_ms = 0;
  std::string_view message;
};

void append_event(std::string& row, const WrittenEvent& event);

// Takes the events of a row, which outlives them, in the order in which they were written. Throws
// std::runtime_error when it is malformed.
class EventReader {
 public:
  explicit EventReader(std::string_view row) : rest_(row) {}

  bool at_end() const { return rest_.empty(); }
  WrittenEvent next();

 private:
  std::uint64_t number();
  std::string_view take(std::uint64_t size);

  std::string_view rest_;
};

class Rows {
 public:
  explicit Rows(core::Store& store) : store_(store) {}

  void put_group(const Group& group);
  void erase_group(const Group& group);  // with its streams and events
  void put_stream(const Group& group, const Stream& stream);
  void erase_stream(const Group& group, const Stream& stream);

  // `events` is what append_event() made.
  void put_events(const Group& group, std::uint64_t row, std::string_view events);
  void erase_events(const Group& group, std::uint64_t row);
  std::string events(const Group& group, std::uint64_t row) const;  // "" when there are none

  // In the order of their keys; the store must not be written to meanwhile.
  void each_group(const std::function<void(Group)>& visit) const;
  void each_stream(const Group& group, const std::function<void(Stream)>& visit) const;
  void each_row(const Group& group,
                const std::function<void(std::uint64_t row, std::string_view events)>& visit) const;

 private:
  core::Store& store_;
};

}  // namespace votemu::logs
