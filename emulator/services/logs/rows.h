// Groups, streams and events as rows of the store.
//
// Events are written many to a row: what a turn logged to a group. A row goes when the last of its
// events is no longer kept.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/store.h"

namespace votemu::logs {

struct Event;
struct Group;
struct Stream;

// An event as it is read back: its stream is still a number.
struct ReadEvent {
  std::uint64_t stream = 0;
  std::int64_t timestamp = 0;
  std::int64_t ingestion_ms = 0;
  std::uint64_t id = 0;
  std::string_view message;
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

  // In the order of their keys; the store must not be written to meanwhile.
  void each_group(const std::function<void(Group)>& visit) const;
  void each_stream(const Group& group, const std::function<void(Stream)>& visit) const;
  void each_event(const Group& group,
                  const std::function<void(std::uint64_t row, const ReadEvent&)>& visit) const;

 private:
  core::Store& store_;
};

void append_event(std::string& events, const Event& event);

}  // namespace votemu::logs
