#include "pipeline/sqs_trigger.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "core/aws_error.h"
#include "core/json.h"
#include "pipeline/batch_response.h"
#include "pipeline/limits.h"
#include "pipeline/sqs_event.h"

namespace votemu::pipeline {

SqsTrigger::SqsTrigger(core::Runtime& runtime, lambda::EventSourceMapping mapping,
                       sqs::Service& sqs, lambda::Service& lambda, Schedule schedule)
    : runtime_(runtime),
      mapping_(std::move(mapping)),
      filter_(mapping_.filter_criteria),
      sqs_(sqs),
      lambda_(lambda),
      schedule_(std::move(schedule)) {}

void SqsTrigger::run() {
  if (batches_.size() >= limits::max_concurrent_batches || retry_pause_.pending()) return;
  const std::size_t visible = sqs_.visible_count(mapping_.event_source_arn);
  if (visible == 0 || waits_for_more(visible)) return;
  batching_window_.cancel();
  auto messages = receive();
  if (messages.empty()) return;
  schedule_();
  drop_filtered(messages);
  if (messages.empty()) return;
  std::size_t begin = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (i > begin && bytes + messages[i].body.size() > limits::max_event_bytes) {
      process(std::span(messages).subspan(begin, i - begin));
      begin = i;
      bytes = 0;
    }
    bytes += messages[i].body.size();
  }
  process(std::span(messages).subspan(begin));
}

// The window begins when the first message waits and ends early when the batch is full.
bool SqsTrigger::waits_for_more(std::size_t visible) {
  const auto batch_size = static_cast<std::size_t>(mapping_.batch_size);
  if (mapping_.maximum_batching_window_s == 0 || visible >= batch_size) return false;
  const std::int64_t window_ms = std::int64_t{1000} * mapping_.maximum_batching_window_s;
  const auto since_ms = sqs_.oldest_visible_since_ms(mapping_.event_source_arn);
  const std::int64_t waited_ms = since_ms ? runtime_.clock.now_ms() - *since_ms : window_ms;
  if (waited_ms >= window_ms) return false;
  if (!batching_window_.pending()) {
    batching_window_ =
        runtime_.timers.after(window_ms - std::max<std::int64_t>(waited_ms, 0), schedule_);
  }
  return true;
}

std::vector<sqs::ReceivedMessage> SqsTrigger::receive() {
  try {
    return runtime_.store.atomically([this] {
      return sqs_.receive(mapping_.event_source_arn, static_cast<std::size_t>(mapping_.batch_size));
    });
  } catch (const core::AwsError& error) {
    lambda_.set_last_processing_result(mapping_.uuid, "PROBLEM: " + error.message());
    return {};
  }
}

// What the mapping's filter does not let through is deleted, as Lambda does.
void SqsTrigger::drop_filtered(std::vector<sqs::ReceivedMessage>& messages) {
  if (filter_.empty()) return;
  std::erase_if(messages, [this](const sqs::ReceivedMessage& message) {
    const auto event =
        sqs_event(mapping_.event_source_arn, mapping_.scope.region, std::span(&message, 1));
    if (filter_.passes(core::parse_json(event)["Records"][0])) return false;
    sqs_.delete_message(mapping_.event_source_arn, message.receipt_handle);
    return true;
  });
}

void SqsTrigger::process(std::span<sqs::ReceivedMessage> messages) {
  const auto batch = batches_.emplace(batches_.end());
  batch->invocation =
      lambda_.invoke(mapping_.scope, mapping_.function_name,
                     sqs_event(mapping_.event_source_arn, mapping_.scope.region, messages));
  batch->handles_by_id.reserve(messages.size());
  for (auto& message : messages) {
    batch->handles_by_id.emplace_back(std::move(message.message_id),
                                      std::move(message.receipt_handle));
  }
  batch->invocation.start([this, batch] { finish(batch); });
}

void SqsTrigger::finish(std::list<Batch>::iterator batch) {
  lambda::InvokeResult result;
  std::string failure = failure_of(batch->invocation, result);
  if (failure.empty()) failure = delete_processed(*batch, result.payload);
  lambda_.set_last_processing_result(mapping_.uuid, failure.empty() ? "OK" : "PROBLEM: " + failure);
  const bool rests = !batch->all_deleted && fails_at_once_again();
  batches_.erase(batch);
  if (rests) {
    retry_pause_ = runtime_.timers.after(limits::first_retry_delay_ms, schedule_);
  } else {
    schedule_();
  }
}

// Without a visibility timeout, what failed would be received, and fail, as fast as the machine
// can.
bool SqsTrigger::fails_at_once_again() const {
  return sqs_.visibility_timeout_s(mapping_.event_source_arn) == 0;
}

std::string SqsTrigger::delete_processed(Batch& batch, const std::string& function_result) {
  std::set<std::string> failed;
  if (mapping_.report_batch_item_failures) {
    std::vector<std::string_view> known;
    known.reserve(batch.handles_by_id.size());
    for (const auto& [id, handle] : batch.handles_by_id) known.push_back(id);
    auto reported = failed_identifiers(function_result, known);
    if (!reported) return "Function returned an invalid partial batch response";
    failed = std::move(*reported);
  }
  try {
    for (const auto& [id, handle] : batch.handles_by_id) {
      if (!failed.contains(id)) sqs_.delete_message(mapping_.event_source_arn, handle);
    }
  } catch (const core::AwsError& error) {
    return error.message();  // the queue was deleted meanwhile
  }
  batch.all_deleted = failed.empty();
  return "";
}

}  // namespace votemu::pipeline
