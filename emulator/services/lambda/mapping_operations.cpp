// CreateEventSourceMapping, GetEventSourceMapping, UpdateEventSourceMapping,
// DeleteEventSourceMapping, ListEventSourceMappings.
#include "core/aws_error.h"
#include "core/calendar.h"
#include "core/constraints.h"
#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/mapping_settings.h"
#include "services/lambda/operations.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;
using core::RequestContext;

// A row as clients see it, in the given state.
Json described(const State& state, const Json& row, std::string_view as = {}) {
  Json description = row;
  description.erase("CreatedAt");
  if (!as.empty()) description["State"] = as;
  if (description.contains("StartingPosition")) {
    const std::string* result = state.mappings.last_result(row["UUID"].get<std::string>());
    description["LastProcessingResult"] = result ? *result : "No records processed";
  }
  return description;
}

// LastModified is in seconds, as a REST-JSON timestamp.
Json seconds_now(State& state) {
  return core::epoch_seconds(state.runtime.clock.now_ms());
}

const Json& existing_row(State& state, const RequestContext& context, const Json& request) {
  const Json* row = state.mappings.find(context.scope, required_string(request, "UUID"));
  if (!row) throw not_found("The resource you requested does not exist.");
  return *row;
}

FunctionPtr target_function(State& state, const RequestContext& context, const Json& request) {
  const FunctionName name =
      parse_function_name(context.scope, required_string(request, "FunctionName"));
  FunctionPtr function = state.functions.find(name.scope, name.name);
  if (!function) throw invalid_parameter("Function does not exist");
  return function;
}

std::string starting_position_member(const Json& request, const std::string& source) {
  const auto position = core::string_member(request, "StartingPosition");
  if (!position) {
    throw invalid_parameter(core::null_violation("startingPosition") + ".");
  }
  if (*position == "AT_TIMESTAMP") {
    throw invalid_parameter("Unsupported starting position for arn type: " + source);
  }
  if (*position != "TRIM_HORIZON" && *position != "LATEST") {
    throw constraint_error(
        *position, "startingPosition",
        "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]");
  }
  return *position;
}

void check_not_mapped(State& state, const RequestContext& context, SourceKind kind,
                      const std::string& source, const Function& function) {
  for (const auto& [key, row] : state.mappings.rows()) {
    if (key.first != context.scope || row["EventSourceArn"] != source ||
        row["FunctionArn"] != function.arn) {
      continue;
    }
    const std::string names = "(\" " + source + " \") and function (\" " + function.name + " \") ";
    const std::string rest =
        "already exists. Please update or delete the existing mapping with UUID " + key.second;
    throw conflict(kind == SourceKind::stream
                       ? "The event source arn " + names + "provided mapping " + rest
                       : "An event source mapping with SQS arn " + names + rest);
  }
}

Json create_event_source_mapping(State& state, const RequestContext& context, const Json& request) {
  const auto source = core::string_member(request, "EventSourceArn");
  if (!source) throw invalid_parameter("Unrecognized event source.");
  const SourceKind kind = source_kind(*source);
  Json row = default_settings(kind);
  row["State"] = "Enabled";
  if (kind == SourceKind::stream) {
    row["StartingPosition"] = starting_position_member(request, *source);
  }
  apply_settings(request, kind, row);
  const FunctionPtr function = target_function(state, context, request);
  check_not_mapped(state, context, kind, *source, *function);
  if (state.check_event_source) {
    state.check_event_source({context.scope, *source, function->name, function->role});
  }
  if (state.mappings.rows().size() >= limits::max_event_source_mappings) {
    throw core::AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
  }

  const std::string uuid = state.runtime.random.uuid();
  row["UUID"] = uuid;
  row["EventSourceArn"] = *source;
  row["FunctionArn"] = function->arn;
  row["EventSourceMappingArn"] =
      core::Arn::in(context.scope, "lambda", "event-source-mapping:" + uuid).text();
  row["LastModified"] = seconds_now(state);
  row["CreatedAt"] = state.runtime.clock.now_ms();
  state.mappings.put(context.scope, uuid, row);
  return described(state, row, row["State"] == "Enabled" ? "Creating" : "");
}

Json get_event_source_mapping(State& state, const RequestContext& context, const Json& request) {
  return described(state, existing_row(state, context, request));
}

Json update_event_source_mapping(State& state, const RequestContext& context, const Json& request) {
  const Json& before = existing_row(state, context, request);
  Json row = before;
  apply_settings(request, source_kind(row["EventSourceArn"].get<std::string>()), row);
  if (core::find_member(request, "FunctionName")) {
    row["FunctionArn"] = target_function(state, context, request)->arn;
  }
  std::string_view transition = "Updating";
  if (row["State"] != before["State"]) {
    transition = row["State"] == "Enabled" ? "Enabling" : "Disabling";
  }
  row["LastModified"] = seconds_now(state);
  state.mappings.put(context.scope, row["UUID"].get<std::string>(), row);
  return described(state, row, transition);
}

Json delete_event_source_mapping(State& state, const RequestContext& context, const Json& request) {
  const Json row = existing_row(state, context, request);
  const Json answer = described(state, row, "Deleting");
  state.mappings.erase(context.scope, row["UUID"].get<std::string>());
  return answer;
}

Json list_event_source_mappings(State& state, const RequestContext& context, const Json& request) {
  const std::size_t size = page_size(request, limits::listed_mappings);
  const auto source = core::string_member(request, "EventSourceArn");
  const auto after = core::string_member(request, "Marker").value_or("");
  std::string function;
  if (const auto name = core::string_member(request, "FunctionName")) {
    function = parse_function_name(context.scope, *name).arn();
  }
  Json page = Json::array();
  Json response = Json::object();
  std::string last;
  const auto& rows = state.mappings.rows();
  for (auto at = rows.upper_bound({context.scope, after}); at != rows.end(); ++at) {
    const auto& [key, row] = *at;
    if (key.first != context.scope) break;
    if (source && row["EventSourceArn"] != *source) continue;
    if (!function.empty() && row["FunctionArn"] != function) continue;
    if (page.size() == size) {
      response["NextMarker"] = last;
      break;
    }
    page.push_back(described(state, row));
    last = key.second;
  }
  response["EventSourceMappings"] = std::move(page);
  return response;
}

}  // namespace

void add_mapping_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "CreateEventSourceMapping", create_event_source_mapping);
  add_operation(table, state, "GetEventSourceMapping", get_event_source_mapping);
  add_operation(table, state, "UpdateEventSourceMapping", update_event_source_mapping);
  add_operation(table, state, "DeleteEventSourceMapping", delete_event_source_mapping);
  add_operation(table, state, "ListEventSourceMappings", list_event_source_mappings);
}

}  // namespace votemu::lambda
