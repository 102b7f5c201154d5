#include "services/logs/service.h"

#include "services/logs/operations.h"
#include "services/logs/state.h"

namespace votemu::logs {

Service::Service(core::Runtime& runtime)
    : clock_(runtime.clock), state_(std::make_unique<State>(runtime)) {}

Service::~Service() = default;

core::OperationTable Service::operations() {
  core::OperationTable table;
  const Shelf shelf{*state_, clock_};
  add_group_operations(table, shelf);
  add_stream_operations(table, shelf);
  add_tag_operations(table, shelf);
  add_put_operations(table, shelf);
  add_get_operations(table, shelf);
  add_filter_operations(table, shelf);
  return table;
}

void Service::append(const core::Scope& scope, std::string_view group_name,
                     std::string_view stream_name, std::span<const std::string_view> messages) {
  const std::int64_t now = clock_.now_ms();
  const auto [group, stream] = state_->place(scope, group_name, stream_name, now);
  if (!stream) return;
  for (const std::string_view message : messages) {
    state_->add_event(*group, *stream, now, now, message);
  }
}

}  // namespace votemu::logs
