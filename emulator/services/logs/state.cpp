#include "services/logs/state.h"

#include <algorithm>

#include "services/logs/limits.h"

namespace votemu::logs {
namespace {

std::size_t weight(const Event& event) {
  return event.message.size() + limits::event_overhead_bytes;
}

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
  return group.streams.emplace(name, std::move(stream)).first->second.get();
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
  total_events_ -= group->events.size();
  total_bytes_ -= group->bytes;
  groups_[scope].erase(group->name);
  --group_count_;
}

void State::delete_stream(Group& group, std::string_view name) {
  const auto found = group.streams.find(name);
  if (found == group.streams.end()) return;
  const Stream* stream = found->second.get();
  std::erase_if(group.events, [&](const Event& event) {
    if (event.stream != stream) return false;
    group.bytes -= weight(event);
    total_bytes_ -= weight(event);
    --total_events_;
    forget_row_of(group, event);
    return true;
  });
  rows_.erase_stream(group, *stream);
  group.streams.erase(found);
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
  const std::uint64_t id = ++last_id_;
  if (group.unwritten.events.empty()) group.unwritten.row = id;
  Event event{{timestamp, id}, now_ms, &stream, group.unwritten.row, std::string(cut(message))};
  stream.note(timestamp, now_ms);
  append_event(group.unwritten.events, event);
  insert(group, std::move(event));
  if (group.unwritten.events.size() > limits::max_row_bytes) write_events(group);
  write_later(group);
  drop_expired(group);
  drop_over_bounds(group);
}

void State::insert(Group& group, Event event) {
  group.bytes += weight(event);
  total_bytes_ += weight(event);
  ++total_events_;
  ++group.rows[event.row];
  auto& events = group.events;
  if (events.empty() || events.back().position < event.position) {
    events.push_back(std::move(event));
    return;
  }
  const auto place =
      std::upper_bound(events.begin(), events.end(), event.position,
                       [](const Position& p, const Event& e) { return p < e.position; });
  events.insert(place, std::move(event));
}

void State::drop_over_bounds(Group& group) {
  while (group.events.size() > limits::max_group_events || group.bytes > limits::max_group_bytes) {
    drop_oldest(group);
  }
  while (total_events_ > limits::max_total_events || total_bytes_ > limits::max_total_bytes) {
    drop_oldest(group_with_oldest_event());
  }
}

void State::drop_expired(Group& group) {
  if (!group.retention_days) return;
  constexpr std::int64_t day_ms = 86'400'000;
  const std::int64_t oldest = runtime_.clock.now_ms() - *group.retention_days * day_ms;
  while (!group.events.empty() && group.events.front().position.timestamp < oldest) {
    drop_oldest(group);
  }
}

void State::drop_oldest(Group& group) {
  const Event& event = group.events.front();
  group.bytes -= weight(event);
  total_bytes_ -= weight(event);
  --total_events_;
  forget_row_of(group, event);
  group.events.pop_front();
}

void State::forget_row_of(Group& group, const Event& event) {
  const auto row = group.rows.find(event.row);
  if (--row->second > 0) return;
  rows_.erase_events(group, event.row);
  group.rows.erase(row);
}

Group& State::group_with_oldest_event() {
  Group* oldest = nullptr;
  for (auto& [scope, groups] : groups_) {
    for (auto& [name, group] : groups) {
      if (group.events.empty()) continue;
      if (!oldest || group.events.front().position < oldest->events.front().position) {
        oldest = &group;
      }
    }
  }
  return *oldest;
}

}  // namespace votemu::logs
