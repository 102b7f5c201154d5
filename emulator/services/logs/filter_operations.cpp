// FilterLogEvents: a group's events over all its streams, in order of time. `aws logs tail` reads
// these.
#include <algorithm>
#include <set>

#include "core/aws_error.h"
#include "core/members.h"
#include "services/logs/filter_pattern.h"
#include "services/logs/limits.h"
#include "services/logs/operations.h"
#include "services/logs/position_token.h"
#include "services/logs/time_range.h"
#include "services/logs/validation.h"

namespace votemu::logs {
namespace {

using core::Json;
using core::RequestContext;

// Which streams of a group a request is about.
struct StreamChoice {
  std::set<std::string, std::less<>> names;  // empty: all
  std::optional<std::string> prefix;

  bool contains(const Stream& stream) const {
    if (!names.empty()) return names.contains(stream.name);
    return !prefix || stream.name.starts_with(*prefix);
  }
};

StreamChoice stream_choice(const Json& request) {
  StreamChoice choice;
  choice.prefix = optional_stream_name(request, "logStreamNamePrefix");
  const Json* names = core::array_member(request, "logStreamNames");
  if (!names) return choice;
  if (choice.prefix) {
    throw invalid_parameter(
        "logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");
  }
  if (names->empty() || names->size() > limits::max_filter_streams) {
    throw constraint_error("[" + std::to_string(names->size()) + " names]", "logStreamNames",
                           names->empty() ? "Member must have length greater than or equal to 1"
                                          : "Member must have length less than or equal to 100");
  }
  for (const Json& name : *names) {
    choice.names.insert(required_stream_name({{"logStreamNames", name}}, "logStreamNames"));
  }
  return choice;
}

FilterPattern filter_member(const Json& request) {
  const std::string pattern = core::string_member(request, "filterPattern").value_or("");
  if (pattern.size() > limits::max_filter_pattern_length) {
    throw constraint_error(pattern, "filterPattern",
                           "Member must have length less than or equal to 1024");
  }
  return FilterPattern(pattern);
}

// The token is the id of the last event that the page before has looked at.
Position start_member(const Json& request) {
  const auto token = core::string_member(request, "nextToken");
  if (!token) return {0, 0};
  const auto position = parse_position(*token);
  if (!position) throw invalid_parameter("The specified nextToken is invalid.");
  return *position;
}

TimeRange inclusive_range(const Json& request) {
  TimeRange range = time_range(request);
  if (range.start_ms > range.end_ms) {
    throw invalid_parameter("endTime must be greater than or equal to startTime");
  }
  if (range.end_ms < INT64_MAX) ++range.end_ms;
  return range;
}

Json filtered(const Event& event) {
  return {{"logStreamName", event.stream->name},
          {"timestamp", event.position.timestamp},
          {"message", event.message},
          {"ingestionTime", event.ingestion_ms},
          {"eventId", position_text(event.position)}};
}

Json filter_log_events(Shelf shelf, const RequestContext& context, const Json& request) {
  const auto limit = static_cast<std::size_t>(limit_member(request, limits::max_page_events));
  const StreamChoice streams = stream_choice(request);
  const FilterPattern filter = filter_member(request);
  const TimeRange range = inclusive_range(request);
  const Position start = start_member(request);
  Group& group = existing_group(shelf.state, context.scope, request);
  for (const auto& name : streams.names) existing_stream(group, name);

  Json events = Json::array();
  Json response = {{"searchedLogStreams", Json::array()}};
  std::size_t bytes = 0;
  Position last = start;
  const Position first = std::max(start, Position{range.start_ms, 0});
  shelf.state.read(group, first, State::Order::ascending, [&](const Event& event) {
    if (event.position.timestamp >= range.end_ms) return false;
    if (!streams.contains(*event.stream) || !filter.matches(event.message)) return true;
    const std::size_t more = event.message.size() + limits::event_overhead_bytes;
    if (events.size() == limit || (!events.empty() && bytes + more > limits::max_page_bytes)) {
      response["nextToken"] = position_text(last);
      return false;
    }
    bytes += more;
    events.push_back(filtered(event));
    last = event.position;
    return true;
  });
  response["events"] = std::move(events);
  return response;
}

}  // namespace

void add_filter_operations(core::OperationTable& table, Shelf shelf) {
  table["FilterLogEvents"] = [shelf](const RequestContext& context, const Json& request) {
    return filter_log_events(shelf, context, request);
  };
}

}  // namespace votemu::logs
