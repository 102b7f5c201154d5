#include "services/logs/state.h"

#include <algorithm>

#include "services/logs/limits.h"

namespace votemu::logs {
namespace {

// The longest beginning that fits without splitting a UTF-8 sequence.
std::string_view cut(std::string_view message) {
  if (message.size() <= limits::max_message_bytes) return message;
  std::size_t end = limits::max_message_bytes;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0U) == 0x80U) --end;
  return message.substr(0, end);
}

}  // namespace

void Stream::note(std::int64_t timestamp, std::int64_t ingestion) {
  first_event_ms = std::min(first_event_ms.value_or(timestamp), timestamp);
  last_event_ms = std::max(last_event_ms.value_or(timestamp), timestamp);
  last_ingestion_ms = std::max(last_ingestion_ms.value_or(ingestion), ingestion);
}

void Row::note(const WrittenEvent& event) {
  first = events == 0 ? event.position : std::min(first, event.position);
  last = events == 0 ? event.position : std::max(last, event.position);
  ++events;
  bytes += event.message.size() + limits::event_overhead_bytes;
}

State::State(core::Runtime& runtime)
    : runtime_(runtime), rows_(runtime.store), self_(std::make_shared<State*>(this)) {
  load();
}

Group* State::find_group(const core::Scope& scope, std::string_view name) {
  const auto in_scope = groups_.find(scope);
  if (in_scope == groups_.end()) return nullptr;
  const auto found = in_scope->second.find(name);
  return found == in_scope->second.end() ? nullptr : &found->second;
}

Group* State::create_group(const core::Scope& scope, std::string_view name, std::int64_t now_ms) {
  if (group_count_ >= limits::max_groups) return nullptr;
  Group& group = groups_[scope][std::string(name)];
  group.scope = scope;
  group.name = name;
  group.created_ms = now_ms;
  group.unwritten.group = true;
  ++group_count_;
  return &group;
}

Stream* State::create_stream(Group& group, std::string_view name, std::int64_t now_ms) {
  if (group.streams.size() >= limits::max_streams_per_group) return nullptr;
  auto stream = std::make_unique<Stream>();
  stream->name = name;
  stream->id = ++last_id_;
  stream->created_ms = now_ms;
  stream->unwritten = true;
  group.unwritten.streams = true;
  Stream* created = stream.get();
  add_stream(group, std::move(stream));
  return created;
}

void State::add_stream(Group& group, std::unique_ptr<Stream> stream) {
  group.streams_by_id[stream->id] = stream.get();
  const std::string& name = stream->name;
  group.streams[name] = std::move(stream);
}

std::pair<Group*, Stream*> State::place(const core::Scope& scope, std::string_view group_name,
                                        std::string_view stream_name, std::int64_t now_ms) {
  Group* group = find_group(scope, group_name);
  if (!group) group = create_group(scope, group_name, now_ms);
  if (!group) return {nullptr, nullptr};
  const auto found = group->streams.find(stream_name);
  if (found != group->streams.end()) return {group, found->second.get()};
  if (group->streams.size() >= limits::max_streams_per_group) delete_oldest_stream(*group);
  return {group, create_stream(*group, stream_name, now_ms)};
}

void State::delete_group(const core::Scope& scope, std::string_view name) {
  Group* group = find_group(scope, name);
  if (!group) return;
  rows_.erase_group(*group);
  total_events_ -= group->events;
  total_bytes_ -= group->bytes;
  std::erase(to_write_, group);
  groups_[scope].erase(group->name);
  --group_count_;
}

void State::delete_stream(Group& group, std::string_view name) {
  const auto found = group.streams.find(name);
  if (found == group.streams.end()) return;
  write_events(group);
  drop_events_of(group, *found->second);
  rows_.erase_stream(group, *found->second);
  group.streams_by_id.erase(found->second->id);
  group.streams.erase(found);
}

// Rows that have some of them are written anew.
void State::drop_events_of(Group& group, const Stream& stream) {
  for (Row& row : group.rows) {
    const std::string events = rows_.events(group, row.id);
    Row left{.id = row.id};
    std::string kept;
    for (EventReader reader(events); !reader.at_end();) {
      const WrittenEvent event = reader.next();
      if (event.stream == stream.id) continue;
      left.note(event);
      append_event(kept, event);
    }
    if (left.events == row.events) continue;
    discount(group, row);
    count(group, left);
    row = left;
    if (left.events > 0) rows_.put_events(group, row.id, kept);
    if (left.events == 0) rows_.erase_events(group, row.id);
  }
  std::erase_if(group.rows, [](const Row& row) { return row.events == 0; });
  std::sort(group.rows.begin(), group.rows.end(),
            [](const Row& a, const Row& b) { return a.first < b.first; });
}

void State::delete_oldest_stream(Group& group) {
  const auto age = [](const auto& entry) {
    return entry.second->last_event_ms.value_or(entry.second->created_ms);
  };
  const auto oldest =
      std::min_element(group.streams.begin(), group.streams.end(),
                       [&](const auto& a, const auto& b) { return age(a) < age(b); });
  const std::string name = oldest->first;
  delete_stream(group, name);
}

void State::add_event(Group& group, Stream& stream, std::int64_t timestamp, std::int64_t now_ms,
                      std::string_view message) {
  const WrittenEvent event{stream.id, {timestamp, ++last_id_}, now_ms, cut(message)};
  Row& row = group.unwritten.row;
  if (row.events == 0) row.id = event.position.id;
  Row added;
  added.note(event);
  count(group, added);
  row.note(event);
  append_event(group.unwritten.events, event);
  stream.note(timestamp, now_ms);
  if (group.unwritten.events.size() >= limits::max_row_bytes) write_events(group);
  write_later(group);
}

void State::count(Group& group, const Row& row) {
  group.events += row.events;
  group.bytes += row.bytes;
  total_events_ += row.events;
  total_bytes_ += row.bytes;
}

void State::discount(Group& group, const Row& row) {
  group.events -= row.events;
  group.bytes -= row.bytes;
  total_events_ -= row.events;
  total_bytes_ -= row.bytes;
}

void State::add_row(Group& group, const Row& row) {
  auto place = group.rows.end();
  while (place != group.rows.begin() && row.first < std::prev(place)->first) --place;
  group.rows.insert(place, row);
}

void State::drop_over_bounds(Group& group) {
  while (!group.rows.empty() &&
         (group.events > limits::max_group_events || group.bytes > limits::max_group_bytes)) {
    drop_oldest(group);
  }
  while (total_events_ > limits::max_total_events || total_bytes_ > limits::max_total_bytes) {
    Group* oldest = group_with_oldest_event();
    if (!oldest) return;
    drop_oldest(*oldest);
  }
}

std::int64_t State::oldest_kept_ms(const Group& group) const {
  constexpr std::int64_t day_ms = 86'400'000;
  return group.retention_days ? runtime_.clock.now_ms() - *group.retention_days * day_ms : 0;
}

void State::drop_expired(Group& group) {
  const std::int64_t oldest = oldest_kept_ms(group);
  while (!group.rows.empty() && group.rows.front().last.timestamp < oldest) drop_oldest(group);
}

void State::drop_oldest(Group& group) {
  const Row& row = group.rows.front();
  discount(group, row);
  rows_.erase_events(group, row.id);
  group.rows.pop_front();
}

// nullptr when nothing is written yet.
Group* State::group_with_oldest_event() {
  Group* oldest = nullptr;
  for (auto& [scope, groups] : groups_) {
    for (auto& [name, group] : groups) {
      if (group.rows.empty()) continue;
      if (!oldest || group.rows.front().first < oldest->rows.front().first) {
        oldest = &group;
      }
    }
  }
  return oldest;
}

}  // namespace votemu::logs
