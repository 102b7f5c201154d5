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

Group* State::find_group(const core::Scope& scope, std::string_view name) {
  const auto in_scope = groups_.find(scope);
  if (in_scope == groups_.end()) return nullptr;
  const auto found = in_scope->second.find(name);
  return found == in_scope->second.end() ? nullptr : &found->second;
}

Group* State::create_group(const core::Scope& scope, std::string_view name, std::int64_t now_ms) {
  if (group_count_ >= limits::max_groups) return nullptr;
  Group& group = groups_[scope][std::string(name)];
  group.name = name;
  group.created_ms = now_ms;
  ++group_count_;
  return &group;
}

Stream* State::create_stream(Group& group, std::string_view name, std::int64_t now_ms) {
  if (group.streams.size() >= limits::max_streams_per_group) return nullptr;
  auto stream = std::make_unique<Stream>();
  stream->name = name;
  stream->created_ms = now_ms;
  return group.streams.emplace(name, std::move(stream)).first->second.get();
}

void State::delete_group(const core::Scope& scope, std::string_view name) {
  const auto in_scope = groups_.find(scope);
  if (in_scope == groups_.end()) return;
  const auto found = in_scope->second.find(name);
  if (found == in_scope->second.end()) return;
  total_events_ -= found->second.events.size();
  total_bytes_ -= found->second.bytes;
  in_scope->second.erase(found);
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
    return true;
  });
  group.streams.erase(found);
}

void State::add_event(Group& group, Stream& stream, std::int64_t timestamp, std::int64_t now_ms,
                      std::string_view message) {
  Event event{{timestamp, ++last_event_id_}, now_ms, &stream, std::string(cut(message))};
  group.bytes += weight(event);
  total_bytes_ += weight(event);
  ++total_events_;
  stream.first_event_ms = std::min(stream.first_event_ms.value_or(timestamp), timestamp);
  stream.last_event_ms = std::max(stream.last_event_ms.value_or(timestamp), timestamp);
  stream.last_ingestion_ms = now_ms;

  auto& events = group.events;
  if (events.empty() || events.back().position < event.position) {
    events.push_back(std::move(event));
  } else {
    const auto place =
        std::upper_bound(events.begin(), events.end(), event.position,
                         [](const Position& p, const Event& e) { return p < e.position; });
    events.insert(place, std::move(event));
  }

  while (events.size() > limits::max_group_events || group.bytes > limits::max_group_bytes) {
    drop_oldest(group);
  }
  while (total_events_ > limits::max_total_events || total_bytes_ > limits::max_total_bytes) {
    drop_oldest(group_with_oldest_event());
  }
}

void State::drop_oldest(Group& group) {
  const std::size_t bytes = weight(group.events.front());
  group.bytes -= bytes;
  total_bytes_ -= bytes;
  --total_events_;
  group.events.pop_front();
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
