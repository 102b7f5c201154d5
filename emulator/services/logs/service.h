// CloudWatch Logs: what functions write, readable with `aws logs tail` and the SDKs.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
//
// Everything is kept in memory, bounded by limits.h, and gone after a restart: a function's log is
// for whoever looks on, and writing it to the store would make every invocation pay for it. Groups
// that a restart forgot come back with the first line that is appended to them.
#pragma once

#include <memory>
#include <string_view>

#include "core/operation.h"
#include "core/runtime.h"

namespace votemu::logs {

class State;

class Service {
 public:
  explicit Service(core::Runtime& runtime);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  core::OperationTable operations();

  // One event, stamped now. Creates the group and the stream as Lambda does. Never throws for a
  // name: the caller vouches for it. A message over limits::max_message_bytes is cut.
  void append(const core::Scope& scope, std::string_view group, std::string_view stream,
              std::string_view message);

 private:
  core::Clock& clock_;
  std::unique_ptr<State> state_;
};

}  // namespace votemu::logs
