// What happened to a stack, in the order in which it happened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/stack_record.h"
#include "core/ids.h"
#include "core/runtime.h"

namespace votemu::cloudformation {

inline constexpr std::string_view stack_type = "AWS::CloudFormation::Stack";

struct ResourceEvent {
  std::string logical_id;
  std::string physical_id;
  std::string type;
  std::string status;
  std::string reason = {};
  const Json* properties = nullptr;
};

// Gathers the events of one operation: a deployment that is rolled back in the store keeps them.
// Events of a stack have times of their own, each after the last, so that a tool that asks for what
// is newer than what it has seen misses none.
class EventLog {
 public:
  EventLog(core::Runtime& runtime, const StackRecord& stack, std::string client_token);

  // Also what the stack's status is from here on.
  void stack(const std::string& status, const std::string& reason = "");
  void resource(const ResourceEvent& event);

  bool empty() const { return rows_.empty(); }
  std::int64_t last_ms() const { return last_ms_; }

  // Writes the rows, forgets those that are too many, and gives the stack its status.
  void save(core::Store& store, const core::Scope& scope, StackRecord& stack) const;

 private:
  std::int64_t next_ms();
  Json row(const ResourceEvent& event, const std::string& event_id, std::int64_t time_ms) const;

  core::Runtime& runtime_;
  const std::string stack_name_;
  const std::string stack_id_;
  const std::string client_token_;
  std::uint64_t next_number_;
  std::int64_t last_ms_;
  std::string status_;
  std::string reason_;
  std::vector<Json> rows_;
};

// The shapes of DescribeStackEvents, newest first, beginning below event number `before`. The
// number of the last one is left in `before`.
std::vector<Json> events_before(const core::Store& store, const core::Scope& scope,
                                std::string_view stack_id, std::uint64_t& before, std::size_t most);

void erase_events(core::Store& store, const core::Scope& scope, std::string_view stack_id);

}  // namespace votemu::cloudformation
