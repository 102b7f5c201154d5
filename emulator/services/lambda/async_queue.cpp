#include "services/lambda/async_queue.h"

#include <algorithm>

#include "core/aws_error.h"
#include "core/keys.h"
#include "services/lambda/invoke.h"
#include "services/lambda/limits.h"
#include "services/lambda/state.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;

core::Key row_key(const core::Scope& scope, std::uint64_t id) {
  return std::move(core::Key(core::Table::lambda_async_invocation, scope).number(id));
}

}  // namespace

AsyncQueue::AsyncQueue(State& state) : state_(state), self_(std::make_shared<AsyncQueue*>(this)) {
  const core::Key table(core::Table::lambda_async_invocation);
  for (auto row = state_.runtime.store.scan(table); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    core::Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    take_up(key.number(), std::move(scope), core::parse_own_json(row.value()));
  }
}

AsyncQueue::~AsyncQueue() = default;

void AsyncQueue::add(core::Scope scope, const std::string& function_name,
                     const std::string& payload) {
  if (jobs_.size() >= limits::max_async_invocations ||
      payload_bytes_ + payload.size() > limits::max_async_bytes) {
    throw throttled("CallerRateLimitExceeded");
  }
  const auto now_ms = state_.runtime.clock.now_ms();
  const Json row{{"FunctionName", function_name},
                 {"Payload", payload},
                 {"RequestId", state_.runtime.random.uuid()},  // the same for every attempt
                 {"AcceptedAt", now_ms},
                 {"DueAt", now_ms},
                 {"Attempts", 0},
                 {"Throttles", 0}};
  const auto id = last_id_ + 1;
  state_.runtime.store.put(row_key(scope, id), core::dump_json(row));
  take_up(id, std::move(scope), row);
}

void AsyncQueue::take_up(std::uint64_t id, core::Scope scope, const Json& row) {
  last_id_ = std::max(last_id_, id);
  Job& job = jobs_[id];
  job.scope = std::move(scope);
  job.payload_bytes = row.at("Payload").get_ref<const std::string&>().size();
  payload_bytes_ += job.payload_bytes;
  run_when_due(id, row.at("DueAt").get<std::int64_t>());
}

// A clock that was set back holds up nothing for longer than the longest delay.
void AsyncQueue::run_when_due(std::uint64_t id, std::int64_t due_at_ms) {
  const auto delay_ms =
      std::min(due_at_ms - state_.runtime.clock.now_ms(), limits::longest_async_delay_ms);
  if (delay_ms <= 0) return defer(id, &AsyncQueue::run);
  jobs_.at(id).due =
      state_.runtime.timers.after(delay_ms, [this, id] { defer(id, &AsyncQueue::run); });
}

void AsyncQueue::defer(std::uint64_t id, void (AsyncQueue::*step)(std::uint64_t)) {
  state_.runtime.turn.defer([queue = std::weak_ptr<AsyncQueue*>(self_), id, step] {
    if (const auto alive = queue.lock()) ((*alive)->*step)(id);
  });
}

void AsyncQueue::run(std::uint64_t id) {
  Job& job = jobs_.at(id);
  const Json row = row_of(id);
  auto function_name = row.at("FunctionName").get<std::string>();
  auto payload = row.at("Payload").get<std::string>();
  auto request_id = row.at("RequestId").get<std::string>();
  job.task = invoke_function(state_, job.scope, std::move(function_name), std::move(payload),
                             std::move(request_id));
  job.task.start([this, id] { finish(id); });
}

// In the turn of what the function did: none of its work is done twice when the process ends.
void AsyncQueue::finish(std::uint64_t id) {
  Job& job = jobs_.at(id);
  const auto key = row_key(job.scope, id);
  const auto attempt = attempt_of(job);
  if (attempt != Attempt::succeeded) {
    Json row = row_of(id);
    auto& count = row.at(attempt == Attempt::failed ? "Attempts" : "Throttles");
    const auto times = count.get<std::int64_t>() + 1;
    count = times;
    row["DueAt"] = state_.runtime.clock.now_ms() + delay_ms(attempt, times);
    if (tries_again(job.scope, row, attempt)) {
      state_.runtime.store.put(key, core::dump_json(row));
      return run_when_due(id, row["DueAt"].get<std::int64_t>());
    }
  }
  state_.runtime.store.erase(key);
  payload_bytes_ -= job.payload_bytes;
  jobs_.erase(id);
}

AsyncQueue::Attempt AsyncQueue::attempt_of(Job& job) const {
  auto attempt = Attempt::failed;
  try {
    if (job.task.outcome().take().function_error.empty()) attempt = Attempt::succeeded;
  } catch (const core::AwsError& error) {
    if (error.code() == "TooManyRequestsException") attempt = Attempt::throttled;
    state_.runtime.log.debug(error.what());
  } catch (const std::exception& error) {
    state_.runtime.log.debug(error.what());
  }
  job.task.reset();
  return attempt;
}

std::int64_t AsyncQueue::delay_ms(Attempt attempt, std::int64_t times) {
  if (attempt == Attempt::failed) return limits::async_retry_delay_ms * times;
  auto delay_ms = limits::throttled_retry_delay_ms;
  while (--times > 0 && delay_ms < limits::longest_async_delay_ms) delay_ms *= 2;
  return std::min(delay_ms, limits::longest_async_delay_ms);
}

// Not when the next attempt would find the event too old, or no function, or one that may not run.
bool AsyncQueue::tries_again(const core::Scope& scope, const Json& row, Attempt attempt) const {
  const FunctionPtr function =
      state_.functions.find(scope, row.at("FunctionName").get_ref<const std::string&>());
  if (!function) return false;
  if (attempt == Attempt::throttled && function->reserved_concurrency == 0) return false;
  if (row.at("Attempts").get<std::int64_t>() > function->event_retries) return false;
  const auto age_ms =
      row.at("DueAt").get<std::int64_t>() - row.at("AcceptedAt").get<std::int64_t>();
  return age_ms <= function->max_event_age_s * 1000;
}

Json AsyncQueue::row_of(std::uint64_t id) const {
  return core::parse_own_json(*state_.runtime.store.get(row_key(jobs_.at(id).scope, id)));
}

}  // namespace votemu::lambda
