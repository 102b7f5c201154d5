// DescribeStackEvents
#include <algorithm>

#include "cloudformation/api/operations.h"
#include "cloudformation/api/request.h"
#include "cloudformation/events.h"
#include "cloudformation/limits.h"

namespace votemu::cloudformation::api {
namespace {

// The token is the number of the event that the page before ended with.
std::uint64_t number_in(const std::string& token, std::uint64_t newest) {
  if (token.empty()) return newest;
  return std::min(token_number(token), newest);
}

}  // namespace

Json describe_stack_events(const Engine& engine, const RequestContext& context,
                           const Json& request) {
  const auto stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::in_brackets);
  auto before = number_in(text(request, "NextToken"), stack.next_event);
  const auto events =
      events_before(engine.runtime.store, context.scope, stack.id, before, limits::page_size);
  const bool is_last = before == 0 || events.size() < limits::page_size;
  return paged("StackEvents", events, is_last ? "" : std::to_string(before));
}

}  // namespace votemu::cloudformation::api
