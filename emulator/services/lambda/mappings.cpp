#include "services/lambda/mappings.h"

#include <algorithm>

#include "core/keys.h"
#include "core/members.h"

namespace votemu::lambda {
namespace {

using core::Json;

core::Key row_key(const core::Scope& scope, const std::string& uuid) {
  return std::move(core::Key(core::Table::lambda_event_source_mapping, scope).text(uuid));
}

EventSourceMapping mapping_of(const core::Scope& scope, const std::string& uuid, const Json& row) {
  const auto text = [&](std::string_view name) {
    return core::string_member(row, name).value_or("");
  };
  const auto number = [&](std::string_view name, int absent) {
    return static_cast<int>(core::integer_member(row, name).value_or(absent));
  };
  EventSourceMapping mapping;
  mapping.uuid = uuid;
  mapping.scope = scope;
  mapping.function_arn = text("FunctionArn");
  mapping.function_name = mapping.function_arn.substr(mapping.function_arn.rfind(':') + 1);
  mapping.event_source_arn = text("EventSourceArn");
  mapping.enabled = text("State") == "Enabled";
  mapping.batch_size = number("BatchSize", mapping.batch_size);
  mapping.maximum_batching_window_s = number("MaximumBatchingWindowInSeconds", 0);
  if (const Json* types = core::find_member(row, "FunctionResponseTypes")) {
    mapping.report_batch_item_failures =
        std::find(types->begin(), types->end(), "ReportBatchItemFailures") != types->end();
  }
  mapping.starting_position = text("StartingPosition");
  mapping.maximum_retry_attempts = number("MaximumRetryAttempts", -1);
  mapping.maximum_record_age_s = number("MaximumRecordAgeInSeconds", -1);
  mapping.bisect_batch_on_function_error =
      core::boolean_member(row, "BisectBatchOnFunctionError").value_or(false);
  if (const Json* destinations = core::find_member(row, "DestinationConfig")) {
    if (const Json* on_failure = core::find_member(*destinations, "OnFailure")) {
      mapping.on_failure_destination_arn =
          core::string_member(*on_failure, "Destination").value_or("");
    }
  }
  mapping.created_at_ms = core::integer_member(row, "CreatedAt").value_or(0);
  if (const Json* criteria = core::find_member(row, "FilterCriteria")) {
    mapping.filter_criteria = *criteria;
  }
  return mapping;
}

}  // namespace

Mappings::Mappings(core::Store& store) : store_(store) {
  const core::Key table(core::Table::lambda_event_source_mapping);
  for (auto row = store_.scan(table); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    core::Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    rows_[{scope, key.text()}] = core::parse_own_json(row.value());
  }
}

const Json* Mappings::find(const core::Scope& scope, const std::string& uuid) const {
  const auto found = rows_.find({scope, uuid});
  return found == rows_.end() ? nullptr : &found->second;
}

void Mappings::put(const core::Scope& scope, const std::string& uuid, Json row) {
  store_.put(row_key(scope, uuid), core::dump_json(row));
  rows_[{scope, uuid}] = std::move(row);
  tell_listeners();
}

void Mappings::erase(const core::Scope& scope, const std::string& uuid) {
  store_.erase(row_key(scope, uuid));
  rows_.erase({scope, uuid});
  last_results_.erase(uuid);
  tell_listeners();
}

void Mappings::tell_listeners() const {
  for (const auto& listener : listeners_) listener();
}

std::vector<EventSourceMapping> Mappings::all() const {
  std::vector<EventSourceMapping> mappings;
  for (const auto& [key, row] : rows_) mappings.push_back(mapping_of(key.first, key.second, row));
  return mappings;
}

void Mappings::set_last_result(const std::string& uuid, std::string_view text) {
  const auto found = last_results_.find(uuid);
  if (found != last_results_.end()) {
    if (found->second != text) found->second = text;
    return;
  }
  const bool known = std::any_of(rows_.begin(), rows_.end(),
                                 [&](const auto& row) { return row.first.second == uuid; });
  if (known) last_results_[uuid] = text;
}

const std::string* Mappings::last_result(const std::string& uuid) const {
  const auto found = last_results_.find(uuid);
  return found == last_results_.end() ? nullptr : &found->second;
}

}  // namespace votemu::lambda
