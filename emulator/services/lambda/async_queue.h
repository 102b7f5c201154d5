// Event invocations: accepted now, run at the end of the turn, and tried again when they fail or
// are throttled.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
//
// What was accepted is a row of the store until it is done: it survives the process, and an attempt
// that the process's end broke off is made again.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/ids.h"
#include "core/json.h"
#include "core/timers.h"
#include "handlers/abi/task.h"
#include "services/lambda/service.h"

namespace votemu::lambda {

class State;

class AsyncQueue {
 public:
  // Takes up what waits in the store.
  explicit AsyncQueue(State& state);
  ~AsyncQueue();
  AsyncQueue(const AsyncQueue&) = delete;
  AsyncQueue& operator=(const AsyncQueue&) = delete;

  // Throws TooManyRequestsException when too much waits already.
  void add(core::Scope scope, const std::string& function_name, const std::string& payload);

 private:
  struct Job {
    core::Scope scope;
    std::size_t payload_bytes = 0;
    core::Timer due;
    abi::Task<InvokeResult> task;
  };

  enum class Attempt { succeeded, failed, throttled };

  void take_up(std::uint64_t id, core::Scope scope, const core::Json& row);
  void run_when_due(std::uint64_t id, std::int64_t due_at_ms);
  void defer(std::uint64_t id, void (AsyncQueue::*step)(std::uint64_t));
  void run(std::uint64_t id);
  void finish(std::uint64_t id);
  Attempt attempt_of(Job& job) const;
  static std::int64_t delay_ms(Attempt attempt, std::int64_t times);
  bool tries_again(const core::Scope& scope, const core::Json& row, Attempt attempt) const;
  core::Json row_of(std::uint64_t id) const;

  State& state_;
  std::map<std::uint64_t, Job> jobs_;
  std::uint64_t last_id_ = 0;
  std::size_t payload_bytes_ = 0;
  std::shared_ptr<AsyncQueue*> self_;  // deferred steps ask it whether the queue still lives
};

}  // namespace votemu::lambda
