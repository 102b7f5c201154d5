// One run of a handler: its context, its log lines, and what became of it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/wakeup.h"
#include "services/lambda/state.h"

namespace votemu::lambda {

class Invocation final : public abi::Context {
 public:
  // Throws TooManyRequestsException when too many invocations are under way.
  Invocation(State& state, FunctionPtr function, std::string payload, std::string request_id);
  ~Invocation() override;

  // Runs the handler until it finishes or first waits for something.
  void start();
  bool done() const { return !task_ || task_.done(); }
  // Wakes when the handler finishes.
  void wake_when_done(core::Wakeup* waiting) { waiting_ = waiting; }
  // What the handler returned or threw; a handler that has not finished is abandoned and has timed
  // out.
  InvokeResult finish();

  const std::string& aws_request_id() const override { return request_id_; }
  const std::string& function_name() const override { return function_->name; }
  const std::string& invoked_function_arn() const override { return function_->arn; }
  std::int64_t remaining_time_ms() const override;
  std::string environment(std::string_view name) const override;
  void log(std::string_view line) override;
  abi::DynamoDbClient& dynamodb() override { return function_->clients->dynamodb(); }
  abi::SqsClient& sqs() override { return function_->clients->sqs(); }
  abi::IotDataClient& iot_data(std::string_view) override { return function_->clients->iot_data(); }

 private:
  std::string take_outcome(std::string& function_error);
  std::string timed_out();
  std::string failed(std::string_view type, std::string_view message);
  std::string timestamp() const;
  void log_report(bool timeout);
  void log(std::initializer_list<std::string_view> parts);
  void pass_on_log();

  State& state_;
  FunctionPtr function_;
  std::string payload_;
  std::string request_id_;
  std::string log_tail_;
  std::size_t passed_on_ = 0;           // how much of it has reached the function's log group
  std::vector<std::size_t> line_ends_;  // in the rest of it
  std::int64_t started_ms_;             // steady
  bool first_;
  bool waited_ = false;  // since it began: its lines are passed on one by one
  core::Wakeup* waiting_ = nullptr;
  abi::Task<std::string> task_;  // last: it uses everything above
};

}  // namespace votemu::lambda
