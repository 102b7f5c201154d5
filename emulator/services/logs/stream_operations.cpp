// CreateLogStream, DeleteLogStream, DescribeLogStreams.
#include <algorithm>
#include <vector>

#include "core/aws_error.h"
#include "core/members.h"
#include "services/logs/limits.h"
#include "services/logs/operations.h"
#include "services/logs/validation.h"

namespace votemu::logs {
namespace {

using core::AwsError;
using core::Json;
using core::RequestContext;

Json create_log_stream(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::string name = required_stream_name(request, "logStreamName");
  Group& group = existing_group(shelf.state, context.scope, request);
  if (group.streams.contains(name)) {
    throw AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
  }
  if (!shelf.state.create_stream(group, name, shelf.clock.now_ms())) {
    throw AwsError("LimitExceededException", "Resource limit exceeded.");
  }
  shelf.state.write(group);
  return Json::object();
}

Json delete_log_stream(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::string name = required_stream_name(request, "logStreamName");
  Group& group = existing_group(shelf.state, context.scope, request);
  existing_stream(group, name);
  shelf.state.delete_stream(group, name);
  return Json::object();
}

Json described(const core::Scope& scope, const Group& group, const Stream& stream) {
  Json description = {{"logStreamName", stream.name},
                      {"creationTime", stream.created_ms},
                      {"arn", group_arn(scope, group.name) + ":log-stream:" + stream.name},
                      {"storedBytes", 0}};
  if (stream.last_event_ms) {
    description["firstEventTimestamp"] = *stream.first_event_ms;
    description["lastEventTimestamp"] = *stream.last_event_ms;
    description["lastIngestionTime"] = *stream.last_ingestion_ms;
  }
  return description;
}

struct StreamOrder {
  bool by_time = false;
  bool descending = false;

  // By time, a stream without events counts as of its creation.
  bool operator()(const Stream* a, const Stream* b) const {
    if (descending) std::swap(a, b);
    if (by_time) {
      const auto time_a = a->last_event_ms.value_or(a->created_ms);
      const auto time_b = b->last_event_ms.value_or(b->created_ms);
      if (time_a != time_b) return time_a < time_b;
    }
    return a->name < b->name;
  }
};

StreamOrder order_member(const Json& request) {
  const std::string by = core::string_member(request, "orderBy").value_or("LogStreamName");
  if (by != "LogStreamName" && by != "LastEventTime") {
    throw constraint_error(by, "orderBy",
                           "Member must satisfy enum value set: [LogStreamName, LastEventTime]");
  }
  return {by == "LastEventTime", core::boolean_member(request, "descending").value_or(false)};
}

Json describe_log_streams(Shelf shelf, const RequestContext& context, const Json& request) {
  const auto prefix = optional_stream_name(request, "logStreamNamePrefix");
  const StreamOrder order = order_member(request);
  const auto limit = static_cast<std::size_t>(limit_member(request, limits::max_described));
  const auto token = core::string_member(request, "nextToken");
  if (prefix && order.by_time) {
    throw invalid_parameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  const Group& group = existing_group(shelf.state, context.scope, request);

  std::vector<const Stream*> streams;
  for (const auto& [name, stream] : group.streams) {
    if (!prefix || name.starts_with(*prefix)) streams.push_back(stream.get());
  }
  std::sort(streams.begin(), streams.end(), order);

  // The token is the last stream of the page before.
  auto next = streams.begin();
  if (token) {
    next = std::find_if(streams.begin(), streams.end(),
                        [&](const Stream* stream) { return stream->name == *token; });
    if (next == streams.end()) throw invalid_parameter("The specified nextToken is invalid.");
    ++next;
  }
  Json page = Json::array();
  Json response = Json::object();
  for (; next != streams.end() && page.size() < limit; ++next) {
    page.push_back(described(context.scope, group, **next));
  }
  if (next != streams.end()) response["nextToken"] = (*std::prev(next))->name;
  response["logStreams"] = std::move(page);
  return response;
}

}  // namespace

void add_stream_operations(core::OperationTable& table, Shelf shelf) {
  const auto add = [&](const char* name, Json (*run)(Shelf, const RequestContext&, const Json&)) {
    table[name] = [shelf, run](const RequestContext& context, const Json& request) {
      return run(shelf, context, request);
    };
  };
  add("CreateLogStream", create_log_stream);
  add("DeleteLogStream", delete_log_stream);
  add("DescribeLogStreams", describe_log_streams);
}

}  // namespace votemu::logs
