// How a group's events are read back from the store.
#include <algorithm>
#include <vector>

#include "services/logs/state.h"

namespace votemu::logs {
namespace {

// Rows one after the other that overlap in time: their events are put in order together.
struct Stretch {
  std::size_t begin;
  std::size_t end;
  Position last;
};

// Mostly each row is a stretch of its own.
std::vector<Stretch> stretches(const std::deque<Row>& rows) {
  std::vector<Stretch> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (found.empty() || found.back().last < rows[i].first) found.push_back({i, i, rows[i].last});
    found.back().end = i + 1;
    found.back().last = std::max(found.back().last, rows[i].last);
  }
  return found;
}

}  // namespace

void State::read(Group& group, Position from, Order order,
                 const std::function<bool(const Event&)>& visit) {
  write_events(group);
  const bool ascending = order == Order::ascending;
  const std::int64_t oldest = oldest_kept_ms(group);
  const auto is_wanted = [&](const Position& position) {
    return position.timestamp >= oldest && (ascending ? from < position : position < from);
  };
  auto all = stretches(group.rows);
  if (!ascending) std::reverse(all.begin(), all.end());
  for (const Stretch& stretch : all) {
    if (!is_wanted(ascending ? stretch.last : group.rows[stretch.begin].first)) continue;
    std::vector<std::string> rows;
    std::vector<Event> events;
    rows.reserve(stretch.end - stretch.begin);
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      rows.push_back(rows_.events(group, group.rows[i].id));
      for (EventReader reader(rows.back()); !reader.at_end();) {
        const WrittenEvent event = reader.next();
        const auto stream = group.streams_by_id.find(event.stream);
        if (stream == group.streams_by_id.end() || !is_wanted(event.position)) continue;
        events.push_back({event.position, event.ingestion_ms, stream->second, event.message});
      }
    }
    std::sort(events.begin(), events.end(), [&](const Event& a, const Event& b) {
      return ascending ? a.position < b.position : b.position < a.position;
    });
    for (const Event& event : events) {
      if (!visit(event)) return;
    }
  }
}

}  // namespace votemu::logs
