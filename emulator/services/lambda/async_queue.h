// Event invocations: accepted now, run at the end of the turn, and tried again when they fail.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
//
// The queue is in memory: what waits in it is lost when the process ends.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/ids.h"
#include "core/timers.h"
#include "handlers/abi/task.h"
#include "services/lambda/service.h"

namespace votemu::lambda {

class State;

class AsyncQueue {
 public:
  explicit AsyncQueue(State& state);
  ~AsyncQueue();
  AsyncQueue(const AsyncQueue&) = delete;
  AsyncQueue& operator=(const AsyncQueue&) = delete;

  // Throws TooManyRequestsException when too much waits already.
  void add(core::Scope scope, std::string function_name, std::string payload);

 private:
  struct Job {
    core::Scope scope;
    std::string function_name;
    std::string payload;
    std::string request_id;  // the same for every attempt
    int attempts = 0;
    std::int64_t accepted_ms = 0;  // steady
    core::Timer retry;
    abi::Task<InvokeResult> task;
  };

  void defer(std::uint64_t id, void (AsyncQueue::*step)(std::uint64_t));
  void run(std::uint64_t id);
  void finish(std::uint64_t id);
  bool tries_again(const Job& job) const;

  State& state_;
  std::map<std::uint64_t, Job> jobs_;
  std::uint64_t last_id_ = 0;
  std::size_t bytes_ = 0;
  std::shared_ptr<AsyncQueue*> self_;  // deferred steps ask it whether the queue still lives
};

}  // namespace votemu::lambda
