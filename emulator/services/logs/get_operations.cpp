// GetLogEvents: a stream's events, forwards and backwards.
#include <algorithm>
#include <vector>

#include "core/aws_error.h"
#include "core/members.h"
#include "services/logs/limits.h"
#include "services/logs/operations.h"
#include "services/logs/position_token.h"
#include "services/logs/time_range.h"
#include "services/logs/validation.h"

namespace votemu::logs {
namespace {

using core::Json;
using core::RequestContext;

// Where a page begins: after `from` going forward, before it going back.
struct Cursor {
  bool forward;
  Position from;
};

constexpr Position before_all{0, 0};
constexpr Position after_all{INT64_MAX, UINT64_MAX};

Cursor cursor_member(const Json& request) {
  const auto token = core::string_member(request, "nextToken");
  if (!token) {
    const bool head = core::boolean_member(request, "startFromHead").value_or(false);
    return head ? Cursor{true, before_all} : Cursor{false, after_all};
  }
  std::string_view text = *token;
  const bool forward = text.starts_with("f/");
  if (forward || text.starts_with("b/")) {
    text.remove_prefix(2);
    if (text.ends_with("/s")) text.remove_suffix(2);
    if (const auto position = parse_position(text)) return {forward, *position};
  }
  throw invalid_parameter("The specified nextToken is invalid.");
}

class Page {
 public:
  explicit Page(std::int64_t limit) : limit_(static_cast<std::size_t>(limit)) {}

  // False when the event no longer fits.
  bool add(const Event& event) {
    const std::size_t bytes = event.message.size() + limits::event_overhead_bytes;
    if (events_.size() == limit_ || (!events_.empty() && bytes_ + bytes > limits::max_page_bytes)) {
      return false;
    }
    bytes_ += bytes;
    events_.push_back(&event);
    return true;
  }
  std::vector<const Event*>& events() { return events_; }

 private:
  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::vector<const Event*> events_;
};

std::vector<const Event*> read_page(const Group& group, const Stream& stream, TimeRange range,
                                    Cursor cursor, std::int64_t limit) {
  Page page(limit);
  const auto& all = group.events;
  const auto wanted = [&](const Event& event) {
    return event.stream == &stream && range.contains(event.position.timestamp);
  };
  if (cursor.forward) {
    const auto first =
        std::upper_bound(all.begin(), all.end(), cursor.from,
                         [](const Position& p, const Event& e) { return p < e.position; });
    for (auto at = first; at != all.end(); ++at) {
      if (wanted(*at) && !page.add(*at)) break;
    }
  } else {
    auto at = std::lower_bound(all.begin(), all.end(), cursor.from,
                               [](const Event& e, const Position& p) { return e.position < p; });
    while (at != all.begin()) {
      --at;
      if (wanted(*at) && !page.add(*at)) break;
    }
    std::reverse(page.events().begin(), page.events().end());
  }
  return std::move(page.events());
}

std::string token_text(char direction, const Position& position) {
  return std::string(1, direction) + "/" + position_text(position) + "/s";
}

// The tokens around a page that came out empty: in its own direction the same again; the other way,
// everything that lies on the other side of where the page began.
Json tokens_around_nothing(Cursor cursor) {
  Position position = cursor.from == after_all ? before_all : cursor.from;
  const std::string own = token_text(cursor.forward ? 'f' : 'b', position);
  if (cursor.forward) {
    ++position.id;
    return {{"nextForwardToken", own}, {"nextBackwardToken", token_text('b', position)}};
  }
  if (position.id > 0) --position.id;
  return {{"nextForwardToken", token_text('f', position)}, {"nextBackwardToken", own}};
}

Json get_log_events(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::string stream_name = required_stream_name(request, "logStreamName");
  const std::int64_t limit = limit_member(request, limits::max_page_events);
  const TimeRange range = time_range(request);
  const Cursor cursor = cursor_member(request);
  Group& group = existing_group(shelf.state, context.scope, request);
  const Stream& stream = existing_stream(group, stream_name);

  const auto page = read_page(group, stream, range, cursor, limit);
  Json response = page.empty() ? tokens_around_nothing(cursor) : Json::object();
  Json events = Json::array();
  for (const Event* event : page) {
    events.push_back({{"timestamp", event->position.timestamp},
                      {"message", event->message},
                      {"ingestionTime", event->ingestion_ms}});
  }
  if (!page.empty()) {
    response["nextForwardToken"] = token_text('f', page.back()->position);
    response["nextBackwardToken"] = token_text('b', page.front()->position);
  }
  response["events"] = std::move(events);
  return response;
}

}  // namespace

void add_get_operations(core::OperationTable& table, Shelf shelf) {
  table["GetLogEvents"] = [shelf](const RequestContext& context, const Json& request) {
    return get_log_events(shelf, context, request);
  };
}

}  // namespace votemu::logs
