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

struct Page {
  std::vector<Json> events;  // in time
  Position first;
  Position last;
};

Json described(const Event& event) {
  return {{"timestamp", event.position.timestamp},
          {"message", event.message},
          {"ingestionTime", event.ingestion_ms}};
}

Page read_page(State& state, Group& group, const Stream& stream, TimeRange range, Cursor cursor,
               std::size_t limit) {
  Page page;
  std::size_t bytes = 0;
  const auto order = cursor.forward ? State::Order::ascending : State::Order::descending;
  state.read(group, cursor.from, order, [&](const Event& event) {
    if (event.stream != &stream || !range.contains(event.position.timestamp)) return true;
    const std::size_t more = event.message.size() + limits::event_overhead_bytes;
    if (page.events.size() == limit) return false;
    if (!page.events.empty() && bytes + more > limits::max_page_bytes) return false;
    bytes += more;
    if (page.events.empty()) page.first = event.position;
    page.last = event.position;
    page.events.push_back(described(event));
    return true;
  });
  if (!cursor.forward) {
    std::reverse(page.events.begin(), page.events.end());
    std::swap(page.first, page.last);
  }
  return page;
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
  const auto limit = static_cast<std::size_t>(limit_member(request, limits::max_page_events));
  const TimeRange range = time_range(request);
  const Cursor cursor = cursor_member(request);
  Group& group = existing_group(shelf.state, context.scope, request);
  const Stream& stream = existing_stream(group, stream_name);

  Page page = read_page(shelf.state, group, stream, range, cursor, limit);
  Json response = page.events.empty() ? tokens_around_nothing(cursor) : Json::object();
  if (!page.events.empty()) {
    response["nextForwardToken"] = token_text('f', page.last);
    response["nextBackwardToken"] = token_text('b', page.first);
  }
  response["events"] = std::move(page.events);
  return response;
}

}  // namespace

void add_get_operations(core::OperationTable& table, Shelf shelf) {
  table["GetLogEvents"] = [shelf](const RequestContext& context, const Json& request) {
    return get_log_events(shelf, context, request);
  };
}

}  // namespace votemu::logs
