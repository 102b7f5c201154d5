// How the state comes from the store and goes there.
#include <algorithm>

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
  if (unwritten.events.empty()) return;
  // Its events may have been dropped meanwhile.
  if (group.rows.contains(unwritten.row)) {
    rows_.put_events(group, unwritten.row, unwritten.events);
  }
  unwritten.events.clear();
}

void State::write_later(Group& group) {
  if (!to_write_.emplace(group.scope, group.name).second || to_write_.size() > 1) return;
  runtime_.turn.defer([state = std::weak_ptr<State*>(self_)] {
    if (const auto alive = state.lock()) (*alive)->write_all();
  });
}

void State::write_all() {
  for (const auto& [scope, name] : to_write_) {
    if (Group* group = find_group(scope, name)) write_rest(*group);
  }
  to_write_.clear();
}

void State::load() {
  rows_.each_group([this](Group group) {
    ++group_count_;
    Group& slot = groups_[group.scope][group.name];
    slot = std::move(group);
  });
  for (auto& [scope, groups] : groups_) {
    for (auto& [name, group] : groups) {
      rows_.each_stream(group, [&](Stream stream) {
        last_id_ = std::max(last_id_, stream.id);
        auto& slot = group.streams[stream.name];
        slot = std::make_unique<Stream>(std::move(stream));
      });
      load_events(group);
    }
  }
}

void State::load_events(Group& group) {
  std::map<std::uint64_t, Stream*> streams;
  for (auto& [name, stream] : group.streams) streams[stream->id] = stream.get();
  std::set<std::uint64_t> rows;
  rows_.each_event(group, [&](std::uint64_t row, const ReadEvent& read) {
    rows.insert(row);
    last_id_ = std::max(last_id_, read.id);
    const auto stream = streams.find(read.stream);
    if (stream == streams.end()) return;  // it was deleted
    Event event{{read.timestamp, read.id},
                read.ingestion_ms,
                stream->second,
                row,
                std::string(read.message)};
    stream->second->note(read.timestamp, read.ingestion_ms);
    insert(group, std::move(event));
  });
  for (const std::uint64_t row : rows) {
    if (!group.rows.contains(row)) rows_.erase_events(group, row);
  }
  drop_expired(group);
  drop_over_bounds(group);
}

}  // namespace votemu::logs
