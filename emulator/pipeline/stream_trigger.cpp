#include "pipeline/stream_trigger.h"

#include <algorithm>
#include <utility>

#include "core/aws_error.h"
#include "core/json.h"
#include "core/keys.h"
#include "handlers/abi/json_text.h"
#include "pipeline/batch_response.h"
#include "pipeline/failure_destination.h"
#include "pipeline/limits.h"

namespace votemu::pipeline {
namespace {

// The stored records are the event's but for the ARN of where they came from.
std::string stream_event(const std::string& stream_arn,
                         const std::vector<dynamodb::StreamRecord>& records) {
  std::string source;
  abi::append_member(source, "eventSourceARN", stream_arn);
  source.append("},");
  std::size_t bytes = 0;
  for (const auto& record : records) bytes += record.json.size() + source.size();
  std::string out = R"({"Records":[)";
  out.reserve(out.size() + bytes + 1);
  for (const auto& record : records) {
    out.append(record.json, 0, record.json.size() - 1).append(source);
  }
  out.back() = ']';
  out.push_back('}');
  return out;
}

std::int64_t created_at_ms(const dynamodb::StreamRecord& record) {
  const auto json = core::parse_json(record.json);
  return 1000 * json["dynamodb"].value("ApproximateCreationDateTime", std::int64_t{0});
}

}  // namespace

StreamTrigger::StreamTrigger(core::Runtime& runtime, lambda::EventSourceMapping mapping,
                             dynamodb::Service& dynamodb, sqs::Service& sqs,
                             lambda::Service& lambda, Schedule schedule)
    : runtime_(runtime),
      mapping_(std::move(mapping)),
      filter_(mapping_.filter_criteria),
      dynamodb_(dynamodb),
      sqs_(sqs),
      lambda_(lambda),
      schedule_(std::move(schedule)),
      checkpoint_key_(core::Key(core::Table::pipeline_checkpoint).text(mapping_.uuid).bytes()),
      batch_limit_(static_cast<std::size_t>(mapping_.batch_size)) {
  if (const auto kept = runtime_.store.get(checkpoint_key_)) {
    checkpoint_ = *kept;
  } else if (mapping_.starting_position == "LATEST" &&
             dynamodb_.stream_exists(mapping_.event_source_arn)) {
    move_checkpoint(dynamodb_.latest_sequence_number(mapping_.event_source_arn));
  }
}

void StreamTrigger::forget() {
  runtime_.store.erase(checkpoint_key_);
}

void StreamTrigger::run() {
  if (invocation_ || retry_pause_.pending()) return;
  auto records = read();
  if (records.empty() || waits_for_more(records)) return;
  batching_window_.cancel();
  window_over_ = false;
  const std::string last_read = records.back().sequence_number;
  skip_filtered(records);
  if (!records.empty()) return process(std::move(records));
  move_checkpoint(last_read);
  schedule_();
}

StreamTrigger::Records StreamTrigger::read() const {
  if (!dynamodb_.stream_exists(mapping_.event_source_arn)) return {};
  auto records = dynamodb_.read_stream(mapping_.event_source_arn, checkpoint_, batch_limit_);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    bytes += records[i].json.size() + mapping_.event_source_arn.size();
    if (i > 0 && bytes > limits::max_event_bytes) {
      records.resize(i);
      break;
    }
  }
  return records;
}

void StreamTrigger::skip_filtered(Records& records) {
  if (filter_.empty()) return;
  std::erase_if(records, [this](const dynamodb::StreamRecord& record) {
    return !filter_.passes(core::parse_json(record.json));
  });
}

bool StreamTrigger::waits_for_more(const Records& records) {
  if (mapping_.maximum_batching_window_s == 0 || window_over_ || records.size() >= batch_limit_) {
    return false;
  }
  if (!batching_window_.pending()) {
    const std::int64_t window_ms = std::int64_t{1000} * mapping_.maximum_batching_window_s;
    batching_window_ = runtime_.timers.after(window_ms, [this] {
      window_over_ = true;
      schedule_();
    });
  }
  return true;
}

void StreamTrigger::process(Records records) {
  batch_ = std::move(records);
  invocation_ = lambda_.invoke(mapping_.scope, mapping_.function_name,
                               stream_event(mapping_.event_source_arn, batch_));
  invocation_.start([this] { finish(); });
}

void StreamTrigger::finish() {
  lambda::InvokeResult result;
  std::string failure = failure_of(invocation_, result);
  invocation_.reset();
  std::size_t failed_from = 0;
  if (failure.empty()) {
    failed_from = first_failure(result.payload);
    if (failed_from > 0) move_checkpoint(batch_[failed_from - 1].sequence_number);
    if (failed_from < batch_.size()) failure = "Function reported failed records";
  }
  lambda_.set_last_processing_result(mapping_.uuid, failure.empty() ? "OK" : "PROBLEM: " + failure);
  if (!failure.empty()) return retry(result.request_id, failed_from);
  failed_attempts_ = 0;
  batch_limit_ = static_cast<std::size_t>(mapping_.batch_size);
  schedule_();
}

std::size_t StreamTrigger::first_failure(const std::string& function_result) const {
  if (!mapping_.report_batch_item_failures) return batch_.size();
  std::vector<std::string_view> known;
  known.reserve(batch_.size());
  for (const auto& record : batch_) known.push_back(record.sequence_number);
  const auto failed = failed_identifiers(function_result, known);
  if (!failed) return 0;
  const auto first = std::find_if(batch_.begin(), batch_.end(), [&](const auto& record) {
    return failed->contains(record.sequence_number);
  });
  return static_cast<std::size_t>(first - batch_.begin());
}

void StreamTrigger::retry(const std::string& request_id, std::size_t failed_from) {
  batch_.erase(batch_.begin(), batch_.begin() + static_cast<std::ptrdiff_t>(failed_from));
  if (mapping_.bisect_batch_on_function_error && failed_from == 0 && batch_.size() > 1) {
    batch_limit_ = batch_.size() / 2;  // which AWS does not count as an attempt
    return schedule_();
  }
  ++failed_attempts_;
  if (exhausted()) return give_up(request_id);
  const int doublings = std::min(failed_attempts_ - 1, 16);
  const std::int64_t pause_ms =
      std::min(limits::first_retry_delay_ms << doublings, limits::last_retry_delay_ms);
  retry_pause_ = runtime_.timers.after(pause_ms, schedule_);
}

bool StreamTrigger::exhausted() const {
  if (mapping_.maximum_retry_attempts >= 0 && failed_attempts_ > mapping_.maximum_retry_attempts) {
    return true;
  }
  if (mapping_.maximum_record_age_s < 0) return false;
  const std::int64_t age_ms = runtime_.clock.now_ms() - created_at_ms(batch_.front());
  return age_ms > std::int64_t{1000} * mapping_.maximum_record_age_s;
}

void StreamTrigger::give_up(const std::string& request_id) {
  if (!mapping_.on_failure_destination_arn.empty()) {
    const auto notice = stream_failure_notice(mapping_, batch_, failed_attempts_, request_id,
                                              runtime_.clock.now_ms());
    abi::SendMessageRequest message{mapping_.on_failure_destination_arn, notice, std::nullopt};
    try {
      runtime_.store.atomically([&] { sqs_.send_message(mapping_.scope, message); });
    } catch (const core::AwsError& error) {
      runtime_.log.warn("event source mapping " + mapping_.uuid + ": " + error.message());
    }
  }
  move_checkpoint(batch_.back().sequence_number);
  failed_attempts_ = 0;
  batch_limit_ = static_cast<std::size_t>(mapping_.batch_size);
  schedule_();
}

void StreamTrigger::move_checkpoint(const std::string& sequence_number) {
  checkpoint_ = sequence_number;
  runtime_.store.put(checkpoint_key_, checkpoint_);
}

}  // namespace votemu::pipeline
