// How the state comes from the store and goes there.
#include <algorithm>
#include <utility>

#include "services/logs/limits.h"
#include "services/logs/state.h"

namespace votemu::logs {

void State::write(Group& group) {
  group.unwritten.group = true;
  write_rest(group);
}

void State::write_rest(Group& group) {
  if (group.unwritten.group) rows_.put_group(group);
  group.unwritten.group = false;
  write_streams(group);
  write_events(group);
}

void State::write_streams(Group& group) {
  if (!group.unwritten.streams) return;
  for (auto& [name, stream] : group.streams) {
    if (stream->unwritten) rows_.put_stream(group, *stream);
    stream->unwritten = false;
  }
  group.unwritten.streams = false;
}

void State::write_events(Group& group) {
  Unwritten& unwritten = group.unwritten;
  if (unwritten.row.events == 0) return;
  rows_.put_events(group, unwritten.row.id, unwritten.events);
  add_row(group, unwritten.row);
  unwritten.row = Row();
  unwritten.events = std::string();
  drop_expired(group);
  drop_over_bounds(group);
}

void State::write_later(Group& group) {
  if (group.unwritten.later) return;
  group.unwritten.later = true;
  to_write_.push_back(&group);
  if (to_write_.size() > 1) return;
  runtime_.turn.defer([state = std::weak_ptr<State*>(self_)] {
    if (const auto alive = state.lock()) (*alive)->write_all();
  });
}

void State::write_all() {
  for (Group* group : std::exchange(to_write_, {})) {
    group->unwritten.later = false;
    write_rest(*group);
  }
}

void State::load() {
  rows_.each_group([this](Group group) {
    ++group_count_;
    Group& slot = groups_[group.scope][group.name];
    slot = std::move(group);
  });
  for (auto& [scope, groups] : groups_) {
    for (auto& [name, group] : groups) {
      rows_.each_stream(group, [this, &of = group](Stream stream) {
        last_id_ = std::max(last_id_, stream.id);
        add_stream(of, std::make_unique<Stream>(std::move(stream)));
      });
      load_events(group);
    }
  }
}

// Of streams that were deleted nothing counts.
void State::load_events(Group& group) {
  std::vector<std::uint64_t> empty;
  rows_.each_row(group, [&](std::uint64_t id, std::string_view events) {
    Row row{.id = id};
    for (EventReader reader(events); !reader.at_end();) {
      const WrittenEvent event = reader.next();
      last_id_ = std::max(last_id_, event.position.id);
      const auto stream = group.streams_by_id.find(event.stream);
      if (stream == group.streams_by_id.end()) continue;
      row.note(event);
      stream->second->note(event.position.timestamp, event.ingestion_ms);
    }
    if (row.events == 0) return empty.push_back(id);
    count(group, row);
    add_row(group, row);
  });
  for (const std::uint64_t id : empty) rows_.erase_events(group, id);
  drop_expired(group);
  drop_over_bounds(group);
}

}  // namespace votemu::logs
