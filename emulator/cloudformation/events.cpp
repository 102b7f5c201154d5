#include "cloudformation/events.h"

#include <algorithm>
#include <utility>

#include "cloudformation/limits.h"
#include "core/calendar.h"
#include "core/keys.h"

namespace votemu::cloudformation {
namespace {

core::Key prefix_of(const core::Scope& scope, std::string_view stack_id) {
  return core::Key(core::Table::cloudformation_stack_event, scope).text(stack_id);
}

}  // namespace

EventLog::EventLog(core::Runtime& runtime, const StackRecord& stack, std::string client_token)
    : runtime_(runtime),
      stack_name_(stack.name),
      stack_id_(stack.id),
      client_token_(std::move(client_token)),
      next_number_(stack.next_event),
      last_ms_(stack.last_event_ms),
      status_(stack.status),
      reason_(stack.status_reason) {}

void EventLog::stack(const std::string& status, const std::string& reason) {
  status_ = status;
  reason_ = reason;
  rows_.push_back(row({stack_name_, stack_id_, std::string(stack_type), status, reason, nullptr},
                      runtime_.random.uuid(), next_ms()));
}

void EventLog::resource(const ResourceEvent& event) {
  const auto time_ms = next_ms();
  rows_.push_back(
      row(event, event.logical_id + "-" + event.status + "-" + core::iso8601_ms(time_ms), time_ms));
}

std::int64_t EventLog::next_ms() {
  last_ms_ = std::max(runtime_.clock.now_ms(), last_ms_ + 1);
  return last_ms_;
}

Json EventLog::row(const ResourceEvent& event, const std::string& event_id,
                   std::int64_t time_ms) const {
  Json made{{"StackId", stack_id_},
            {"EventId", event_id},
            {"StackName", stack_name_},
            {"LogicalResourceId", event.logical_id},
            {"PhysicalResourceId", event.physical_id},
            {"ResourceType", event.type},
            {"Timestamp", core::iso8601_ms(time_ms)},
            {"ResourceStatus", event.status}};
  if (!event.reason.empty()) made["ResourceStatusReason"] = event.reason;
  if (event.properties != nullptr) {
    std::string text = core::dump_json(*event.properties);
    if (text.size() > limits::max_event_properties_bytes) text.clear();
    if (!text.empty()) made["ResourceProperties"] = std::move(text);
  }
  if (!client_token_.empty()) made["ClientRequestToken"] = client_token_;
  return made;
}

void EventLog::save(core::Store& store, const core::Scope& scope, StackRecord& stack) const {
  std::uint64_t number = next_number_;
  for (const auto& row : rows_) {
    store.put(prefix_of(scope, stack_id_).number(number), core::dump_json(row));
    if (number >= limits::max_events_per_stack) {
      store.erase(prefix_of(scope, stack_id_).number(number - limits::max_events_per_stack));
    }
    ++number;
  }
  stack.next_event = number;
  stack.last_event_ms = last_ms_;
  stack.status = status_;
  stack.status_reason = reason_;
}

std::vector<Json> events_before(const core::Store& store, const core::Scope& scope,
                                std::string_view stack_id, std::uint64_t& before,
                                std::size_t most) {
  std::vector<Json> events;
  if (before == 0) return events;
  const auto prefix = prefix_of(scope, stack_id);
  const auto from = prefix_of(scope, stack_id).number(before - 1);
  for (auto row = store.scan_back(prefix, from.bytes()); row.valid() && events.size() < most;
       row.next()) {
    core::KeyReader number(row.key().substr(prefix.bytes().size() - 1));
    before = number.number();
    events.push_back(core::parse_own_json(row.value()));
  }
  return events;
}

void erase_events(core::Store& store, const core::Scope& scope, std::string_view stack_id) {
  store.erase_prefix(prefix_of(scope, stack_id));
}

}  // namespace votemu::cloudformation
