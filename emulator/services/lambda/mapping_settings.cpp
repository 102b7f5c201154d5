#include "services/lambda/mapping_settings.h"

#include "core/aws_error.h"
#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;

struct RangedSetting {
  const char* name;
  std::int64_t least;
  std::int64_t most;
  bool streams_only;
};

constexpr RangedSetting ranged_settings[] = {
    {"BatchSize", 1, limits::max_batch_size, false},
    {"MaximumBatchingWindowInSeconds", 0, limits::max_batching_window_s, false},
    {"MaximumRetryAttempts", -1, 10'000, true},
    {"MaximumRecordAgeInSeconds", -1, 604'800, true},
    {"ParallelizationFactor", 1, 10, true},
    {"TumblingWindowInSeconds", 0, 900, true},
};

// A pattern is an object whose leaves are lists of what may match.
bool is_pattern(const Json& pattern, int depth) {
  if (!pattern.is_object() || pattern.empty() || depth > core::max_json_depth) return false;
  for (const auto& [name, value] : pattern.items()) {
    if (value.is_array() ? value.empty() : !is_pattern(value, depth + 1)) return false;
  }
  return true;
}

bool is_pattern_text(const std::string& text) {
  try {
    return is_pattern(core::parse_json(text), 0);
  } catch (const core::AwsError&) {
    return false;
  }
}

void check_filters(const Json& criteria) {
  const Json* filters = core::array_member(criteria, "Filters");
  if (!filters) return;
  if (filters->size() > limits::max_filters) {
    throw constraint_error(core::dump_json(*filters), "filterCriteria.filters",
                           "Member must have length less than or equal to 10");
  }
  for (const Json& filter : *filters) {
    const auto pattern = core::string_member(filter, "Pattern");
    if (!pattern || !is_pattern_text(*pattern)) {
      throw invalid_parameter("Invalid filter pattern definition.");
    }
  }
}

void apply_response_types(const Json& request, Json& row) {
  const Json* types = core::array_member(request, "FunctionResponseTypes");
  if (!types) return;
  for (const Json& type : *types) {
    if (type != "ReportBatchItemFailures") {
      throw constraint_error(core::dump_json(*types), "functionResponseTypes",
                             "Member must satisfy constraint: [Member must satisfy enum value "
                             "set: [ReportBatchItemFailures]]");
    }
  }
  row["FunctionResponseTypes"] = *types;
}

void apply_destination(const Json& request, Json& row) {
  const Json* destinations = core::object_member(request, "DestinationConfig");
  if (!destinations) return;
  if (const Json* on_failure = core::object_member(*destinations, "OnFailure")) {
    core::string_member(*on_failure, "Destination");
  }
  row["DestinationConfig"] = *destinations;
}

void check_batching(SourceKind kind, const Json& row) {
  if (kind == SourceKind::stream) return;
  const auto batch = core::integer_member(row, "BatchSize").value_or(0);
  const auto window = core::integer_member(row, "MaximumBatchingWindowInSeconds").value_or(0);
  if (kind == SourceKind::fifo_queue && window > 0) {
    throw invalid_parameter("Batching window is not supported for FIFO queues");
  }
  if (batch > limits::max_batch_size_without_window && window == 0) {
    throw invalid_parameter(
        "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater "
        "than 10");
  }
}

}  // namespace

SourceKind source_kind(const std::string& text) {
  const auto arn = core::Arn::parse(text);
  if (!arn) {
    throw constraint_error(
        text, "eventSourceArn",
        "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
        "([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
  }
  if (arn->service == "sqs") {
    return arn->resource.ends_with(".fifo") ? SourceKind::fifo_queue : SourceKind::queue;
  }
  if (arn->service == "dynamodb" && arn->resource.find("/stream/") != std::string::npos) {
    return SourceKind::stream;
  }
  throw invalid_parameter(
      "Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn "
      ": " +
      text);
}

Json default_settings(SourceKind kind) {
  if (kind != SourceKind::stream) {
    return {{"BatchSize", 10},
            {"MaximumBatchingWindowInSeconds", 0},
            {"FunctionResponseTypes", Json::array()},
            {"StateTransitionReason", "USER_INITIATED"}};
  }
  return {{"BatchSize", 100},
          {"MaximumBatchingWindowInSeconds", 0},
          {"FunctionResponseTypes", Json::array()},
          {"StateTransitionReason", "User action"},
          {"BisectBatchOnFunctionError", false},
          {"DestinationConfig", {{"OnFailure", Json::object()}}},
          {"MaximumRecordAgeInSeconds", -1},
          {"MaximumRetryAttempts", -1},
          {"ParallelizationFactor", 1},
          {"TumblingWindowInSeconds", 0}};
}

void apply_settings(const Json& request, SourceKind kind, Json& row) {
  for (const auto& setting : ranged_settings) {
    const auto value = ranged_member(request, setting.name, setting.least, setting.most);
    if (!value || (setting.streams_only && kind != SourceKind::stream)) continue;
    row[setting.name] = *value;
  }
  const auto bisect = core::boolean_member(request, "BisectBatchOnFunctionError");
  if (bisect && kind == SourceKind::stream) row["BisectBatchOnFunctionError"] = *bisect;
  apply_response_types(request, row);
  apply_destination(request, row);
  if (const Json* scaling = core::object_member(request, "ScalingConfig")) {
    row["ScalingConfig"] = *scaling;
  }
  if (const Json* criteria = core::object_member(request, "FilterCriteria")) {
    check_filters(*criteria);
    row["FilterCriteria"] = *criteria;
    const Json* filters = core::array_member(*criteria, "Filters");
    if (!filters || filters->empty()) row.erase("FilterCriteria");
  }
  if (const auto enabled = core::boolean_member(request, "Enabled")) {
    row["State"] = *enabled ? "Enabled" : "Disabled";
  }
  check_batching(kind, row);
}

}  // namespace votemu::lambda
