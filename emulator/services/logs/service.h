// CloudWatch Logs: what functions write, readable with `aws logs tail` and the SDKs.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
//
// What is logged is kept in the store, across restarts, and bounded by limits.h: the oldest events
// go first. It is written at the end of the turn, one row for all lines of a group.
#pragma once

#include <memory>
#include <span>
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

  // Events stamped now, in order. Creates the group and the stream as Lambda does. Never throws for
  // a name: the caller vouches for it. A message over limits::max_message_bytes is cut.
  void append(const core::Scope& scope, std::string_view group, std::string_view stream,
              std::span<const std::string_view> messages);

 private:
  core::Clock& clock_;
  std::unique_ptr<State> state_;
};

}  // namespace votemu::logs
