// PutLogEvents.
#include <vector>

#include "core/aws_error.h"
#include "core/constraints.h"
#include "core/members.h"
#include "services/logs/limits.h"
#include "services/logs/operations.h"
#include "services/logs/validation.h"

namespace votemu::logs {
namespace {

using core::AwsError;
using core::Json;
using core::RequestContext;

// AWS ignores the token since 2023, and still answers with one.
constexpr const char* any_sequence_token =
    "49000000000000000000000000000000000000000000000000000000";

struct InputEvent {
  std::int64_t timestamp;
  std::string message;
};

InputEvent decode_event(const Json& given, std::size_t number) {
  const std::string member = "logEvents." + std::to_string(number) + ".member.";
  const auto timestamp = core::integer_member(given, "timestamp");
  const auto message = core::string_member(given, "message");
  if (!timestamp || !message) {
    throw invalid_parameter(core::null_violation(member + (timestamp ? "message" : "timestamp")));
  }
  if (*timestamp < 0) {
    throw constraint_error(std::to_string(*timestamp), member + "timestamp",
                           "Member must have value greater than or equal to 0");
  }
  if (message->empty()) {
    throw constraint_error("", member + "message",
                           "Member must have length greater than or equal to 1");
  }
  return {*timestamp, *message};
}

std::vector<InputEvent> decode_events(const Json& request) {
  const Json* given = core::array_member(request, "logEvents");
  if (!given || given->empty()) {
    throw constraint_error("[]", "logEvents", "Member must have length greater than or equal to 1");
  }
  if (given->size() > limits::max_put_events) {
    throw constraint_error("[" + std::to_string(given->size()) + " events]", "logEvents",
                           "Member must have length less than or equal to 10000");
  }
  std::vector<InputEvent> events;
  events.reserve(given->size());
  std::size_t bytes = 0;
  for (const Json& event : *given) {
    events.push_back(decode_event(event, events.size() + 1));
    bytes += events.back().message.size() + limits::event_overhead_bytes;
  }
  if (bytes > limits::max_put_bytes) {
    throw invalid_parameter("Upload too large: " + std::to_string(bytes) +
                            " bytes exceeds limit of 1048576");
  }
  return events;
}

void check_times(const std::vector<InputEvent>& events) {
  for (std::size_t i = 1; i < events.size(); ++i) {
    if (events[i].timestamp < events[i - 1].timestamp) {
      throw invalid_parameter(
          "Log events in a single PutLogEvents request must be in chronological order.");
    }
  }
  if (events.back().timestamp - events.front().timestamp > limits::max_put_span_ms) {
    throw invalid_parameter(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
}

Json put_log_events(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::string stream_name = required_stream_name(request, "logStreamName");
  const std::vector<InputEvent> events = decode_events(request);
  Group& group = existing_group(shelf.state, context.scope, request);
  Stream& stream = existing_stream(group, stream_name);
  check_times(events);

  const std::int64_t now = shelf.clock.now_ms();
  const std::int64_t kept_for = group.retention_days.value_or(INT32_MAX) * 86'400'000LL;
  Json rejected = Json::object();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const std::int64_t age = now - events[i].timestamp;
    if (age > limits::max_event_age_ms) {
      rejected["tooOldLogEventEndIndex"] = i + 1;
    } else if (age > kept_for) {
      rejected["expiredLogEventEndIndex"] = i + 1;
    } else if (-age > limits::max_event_lead_ms) {
      rejected["tooNewLogEventStartIndex"] = i;
      break;
    } else {
      shelf.state.add_event(group, stream, events[i].timestamp, now, events[i].message);
    }
  }
  shelf.state.write(group);
  Json response = {{"nextSequenceToken", any_sequence_token}};
  if (!rejected.empty()) response["rejectedLogEventsInfo"] = std::move(rejected);
  return response;
}

}  // namespace

void add_put_operations(core::OperationTable& table, Shelf shelf) {
  table["PutLogEvents"] = [shelf](const RequestContext& context, const Json& request) {
    return put_log_events(shelf, context, request);
  };
}

}  // namespace votemu::logs
