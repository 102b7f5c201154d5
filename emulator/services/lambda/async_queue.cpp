#include "services/lambda/async_queue.h"

#include "services/lambda/invoke.h"
#include "services/lambda/limits.h"
#include "services/lambda/state.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {

AsyncQueue::AsyncQueue(State& state) : state_(state), self_(std::make_shared<AsyncQueue*>(this)) {}

AsyncQueue::~AsyncQueue() = default;

void AsyncQueue::add(core::Scope scope, std::string function_name, std::string payload) {
  if (jobs_.size() >= limits::max_async_invocations ||
      bytes_ + payload.size() > limits::max_async_bytes) {
    throw throttled("CallerRateLimitExceeded");
  }
  bytes_ += payload.size();
  const std::uint64_t id = ++last_id_;
  Job& job = jobs_[id];
  job.scope = std::move(scope);
  job.function_name = std::move(function_name);
  job.payload = std::move(payload);
  job.request_id = state_.runtime.random.uuid();
  job.accepted_ms = state_.runtime.clock.steady_ms();
  defer(id, &AsyncQueue::run);
}

void AsyncQueue::defer(std::uint64_t id, void (AsyncQueue::*step)(std::uint64_t)) {
  state_.runtime.turn.defer([queue = std::weak_ptr<AsyncQueue*>(self_), id, step] {
    if (const auto alive = queue.lock()) ((*alive)->*step)(id);
  });
}

void AsyncQueue::run(std::uint64_t id) {
  Job& job = jobs_.at(id);
  ++job.attempts;
  job.task = invoke_function(state_, job.scope, job.function_name, job.payload, job.request_id);
  job.task.start([this, id] { defer(id, &AsyncQueue::finish); });
}

void AsyncQueue::finish(std::uint64_t id) {
  Job& job = jobs_.at(id);
  bool failed = true;
  try {
    failed = !job.task.outcome().take().function_error.empty();
  } catch (const std::exception& error) {
    state_.runtime.log.debug(error.what());
  }
  job.task.reset();
  if (failed && tries_again(job)) {
    job.retry = state_.runtime.timers.after(limits::async_retry_delay_ms * job.attempts,
                                            [this, id] { defer(id, &AsyncQueue::run); });
    return;
  }
  bytes_ -= job.payload.size();
  jobs_.erase(id);
}

// Not when the next attempt would find the event too old, or no function.
bool AsyncQueue::tries_again(const Job& job) const {
  const FunctionPtr function = state_.functions.find(job.scope, job.function_name);
  if (!function || job.attempts > function->event_retries) return false;
  const std::int64_t age_ms = state_.runtime.clock.steady_ms() - job.accepted_ms +
                              limits::async_retry_delay_ms * job.attempts;
  return age_ms <= function->max_event_age_s * 1000;
}

}  // namespace votemu::lambda
