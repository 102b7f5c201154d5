#include "services/lambda/invocation.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/calendar.h"
#include "services/lambda/limits.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

void check_concurrency(const State& state, const Function& function) {
  if (state.running >= limits::account_concurrency)
    throw throttled("ConcurrentInvocationLimitExceeded");
  if (function.reserved_concurrency &&
      function.activity->running >= *function.reserved_concurrency) {
    throw throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
  }
}

// "2025/05/22/[$LATEST]0123…": one per function and run of the process.
std::string new_stream_name(core::Runtime& runtime) {
  const core::CalendarTime now = core::calendar_time(runtime.clock.now_ms());
  std::array<char, 64> date;
  std::snprintf(date.data(), date.size(), "%04d/%02d/%02d/[$LATEST]", now.year, now.month, now.day);
  return date.data() + runtime.random.hex(32);
}

std::string error_payload(std::string_view type, std::string_view message,
                          std::string_view more = "") {
  return "{\"errorType\":" + core::json_quote(type) +
         ",\"errorMessage\":" + core::json_quote(message) + std::string(more) + "}";
}

// A handler need not be a coroutine, and may throw before it has made a task.
abi::Task<std::string> failed_task(std::exception_ptr error) {
  std::rethrow_exception(error);
  co_return "";
}

}  // namespace

Invocation::Invocation(State& state, FunctionPtr function, std::string payload,
                       std::string request_id)
    : state_(state),
      function_(std::move(function)),
      payload_(std::move(payload)),
      request_id_(std::move(request_id)),
      started_ms_(state.runtime.clock.steady_ms()) {
  check_concurrency(state_, *function_);
  log_tail_.reserve(limits::usual_log_bytes);
  line_ends_.reserve(limits::usual_log_lines);
  Activity& activity = *function_->activity;
  first_ = activity.log_stream.empty();
  if (first_) activity.log_stream = new_stream_name(state_.runtime);
  ++activity.running;
  ++state_.running;
}

Invocation::~Invocation() {
  --function_->activity->running;
  --state_.running;
}

void Invocation::start() {
  log({"START RequestId: ", request_id_, " Version: $LATEST"});
  if (!function_->handler) return;
  try {
    task_ = function_->handler(payload_, *this);
  } catch (...) {
    task_ = failed_task(std::current_exception());
  }
  task_.start([this] {
    if (waiting_) waiting_->wake();
  });
  waited_ = !task_.done();
  if (waited_) pass_on_log();
}

InvokeResult Invocation::finish() {
  const bool timeout = !done();
  InvokeResult result;
  if (timeout) {
    task_.reset();
    result.payload = timed_out();
    result.function_error = "Unhandled";
  } else {
    result.payload = take_outcome(result.function_error);
  }
  log({"END RequestId: ", request_id_});
  log_report(timeout);
  pass_on_log();
  if (log_tail_.size() > limits::log_tail_bytes) {
    log_tail_.erase(0, log_tail_.size() - limits::log_tail_bytes);
  }
  result.log_tail = std::move(log_tail_);
  result.request_id = request_id_;
  return result;
}

std::string Invocation::take_outcome(std::string& function_error) {
  function_error = "Unhandled";
  if (!task_) {
    return error_payload("Runtime.HandlerNotFound",
                         function_->handler_name + " is undefined or not exported");
  }
  try {
    std::string payload = task_.outcome().take();
    if (payload.size() > limits::max_result_bytes) {
      return error_payload("Function.ResponseSizeTooLarge",
                           "Response payload size exceeded maximum allowed payload size (6291556 "
                           "bytes).");
    }
    function_error.clear();
    return payload;
  } catch (const abi::AwsError& error) {
    return failed(error.code(), error.what());
  } catch (const std::exception& error) {
    return failed("Error", error.what());
  } catch (...) {
    return failed("Error", "Unknown error");
  }
}

std::string Invocation::failed(std::string_view type, std::string_view message) {
  std::string payload = error_payload(type, message, ",\"trace\":[]");
  log({timestamp(), "\t", request_id_, "\tERROR\tInvoke Error \t", payload});
  return payload;
}

std::string Invocation::timed_out() {
  const std::string text =
      "Task timed out after " + std::to_string(function_->timeout_s) + ".00 seconds";
  log({timestamp(), " ", request_id_, " ", text});
  return error_payload("Sandbox.Timedout", "RequestId: " + request_id_ + " Error: " + text);
}

std::string Invocation::timestamp() const {
  return core::iso8601_ms(state_.runtime.clock.now_ms());
}

void Invocation::log_report(bool timeout) {
  const std::int64_t duration = state_.runtime.clock.steady_ms() - started_ms_;
  log({"REPORT RequestId: ", request_id_, "\tDuration: ", std::to_string(duration),
       ".00 ms\tBilled Duration: ", std::to_string(std::max<std::int64_t>(duration, 1)),
       " ms\tMemory Size: ", std::to_string(function_->memory_mb),
       " MB\tMax Memory Used: ", std::to_string(limits::reported_memory_mb), " MB\t",
       first_ ? "Init Duration: 0.00 ms\t" : "", timeout ? "Status: timeout" : ""});
}

std::int64_t Invocation::remaining_time_ms() const {
  const std::int64_t elapsed = state_.runtime.clock.steady_ms() - started_ms_;
  return std::max<std::int64_t>(function_->timeout_s * 1000 - elapsed, 0);
}

std::string Invocation::environment(std::string_view name) const {
  if (name == "AWS_LAMBDA_LOG_STREAM_NAME") return function_->activity->log_stream;
  const auto found = function_->environment.find(name);
  return found == function_->environment.end() ? std::string() : found->second;
}

void Invocation::log(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  log({line});
}

void Invocation::log(std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) log_tail_ += part;
  log_tail_ += '\n';
  line_ends_.push_back(log_tail_.size());
  if (waited_ || log_tail_.size() > limits::max_kept_log_bytes) pass_on_log();
}

// The lines that the function's log group has not got yet.
void Invocation::pass_on_log() {
  std::vector<std::string_view> lines;
  lines.reserve(line_ends_.size());
  for (const std::size_t end : line_ends_) {
    lines.push_back(std::string_view(log_tail_).substr(passed_on_, end - passed_on_));
    passed_on_ = end;
  }
  line_ends_.clear();
  if (function_->clients->may_log(function_->log_group)) {
    state_.log(function_->scope, function_->log_group, function_->activity->log_stream, lines);
  }
  if (log_tail_.size() > limits::max_kept_log_bytes) {
    log_tail_.erase(0, log_tail_.size() - limits::log_tail_bytes);
    passed_on_ = log_tail_.size();
  }
}

}  // namespace votemu::lambda
